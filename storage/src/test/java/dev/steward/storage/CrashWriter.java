package dev.steward.storage;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The child of {@link StoreCrashTest}: writes pairs of rows for ever and says each number once it
 * is acknowledged.
 */
final class CrashWriter {
  private CrashWriter() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    long from = Long.parseLong(arguments[1]);
    Store store =
        Store.open(folder, Sample.TABLES, List.of(), new RecordingWriter(folder.resolve("forced")));
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    for (int writer = 0; writer < 4; writer++) {
      long start = from + writer;
      Thread.ofPlatform().start(() -> writeFrom(store, start, out));
    }
  }

  private static void writeFrom(Store store, long start, FileOutputStream out) {
    for (long n = start; ; n += 4) {
      long number = n;
      // Some keys are new and some overwrite; the two halves of a pair always carry the same
      // number.
      String key = "k" + number % 5_000;
      store.write(t -> {
        t.put(Sample.LEFT, new Sample(key, "c" + number % 7, number));
        if (number % 11 == 0) t.remove(Sample.LEFT, "gone");
        else t.put(Sample.LEFT, new Sample("gone", "", number));
        return t.put(Sample.RIGHT, new Sample(key, "", number), body(number));
      });
      try {
        out.write((number + "\n").getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static byte[] body(long number) {
    return ("body of " + number + " ")
        .repeat((int) (number % 40) + 1)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Notes each file's length when it was last forced, so that a power loss can be played
   * afterwards.
   */
  private static final class RecordingWriter extends ForcedFileWriter {
    private final FileChannel notes;

    RecordingWriter(Path file) throws IOException {
      notes =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
    }

    @Override
    void forced(Path file, long length) {
      try {
        notes.write(ByteBuffer.wrap((length + " " + file + "\n").getBytes(StandardCharsets.UTF_8)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
