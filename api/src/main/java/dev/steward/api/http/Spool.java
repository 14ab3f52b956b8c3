package dev.steward.api.http;

import dev.steward.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A large body that has arrived: in memory as far as it is small, in a file of its own otherwise.
 *
 * @param small the whole of it, where there is no file
 */
record Spool(byte[] small, @Nullable Path file) implements AutoCloseable {
  static final Spool EMPTY = new Spool(new byte[0], null);

  private static final int SMALL = 64 << 10;

  /** A chunk is whole in memory before we see it; a file in one piece has a length instead. */
  private static final long CHUNK = 8L << 20;

  /**
   * @param largest in bytes
   * @throws dev.steward.model.ProblemException TOO_LARGE, or what {@link Incoming} finds
   */
  static Spool of(Arrival arrival, int largest) throws IOException {
    try (InputStream in = arrival.body(CHUNK, false)) {
      byte[] first = Incoming.of(() -> in.readNBytes(SMALL));
      if (first.length < SMALL) return checked(first, largest);
      return write(first, in, largest);
    }
  }

  private static Spool checked(byte[] whole, int largest) {
    if (whole.length > largest) throw Bodies.tooLarge(largest);
    return new Spool(whole, null);
  }

  private static Spool write(byte[] first, InputStream in, int largest) throws IOException {
    Path file = onDisk(() -> Files.createTempFile("steward", ".upload"));
    boolean whole = false;
    try (OutputStream out = onDisk(() -> Files.newOutputStream(file))) {
      byte[] part = first;
      long length = 0;
      while (part.length > 0) {
        length += part.length;
        if (length > largest) throw Bodies.tooLarge(largest);
        byte[] more = part;
        onDisk(() -> {
          out.write(more);
          return more;
        });
        part = Incoming.of(() -> in.readNBytes(SMALL));
      }
      whole = true;
      return new Spool(first, file);
    } finally {
      if (!whole) Files.deleteIfExists(file);
    }
  }

  private static <T> T onDisk(Incoming.Read<T> what) {
    try {
      return what.read();
    } catch (IOException e) {
      throw Problem.of(
          Problem.Type.STORAGE_FULL, "there is no room to receive files at the moment");
    }
  }

  byte[] bytes() {
    return file == null ? small : onDisk(() -> Files.readAllBytes(file));
  }

  @Override
  public void close() throws IOException {
    if (file != null) Files.deleteIfExists(file);
  }
}
