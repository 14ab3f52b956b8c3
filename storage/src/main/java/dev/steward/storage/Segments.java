package dev.steward.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The checksums of EclipseStore's files, stretch by stretch: EclipseStore 2.1.3 has none, and what
 * it makes of a flipped byte is anything from another object to a fault of the machine. They are
 * checked before it reads a file.
 *
 * <p>A line is written after what it tells was forced, and not forced itself: a power loss may take
 * the last lines, and then a stretch is not covered until the next start; a line never tells of
 * what is not there. A line is its CRC-32C, what happened, from, to, the checksum, the file's name.
 */
final class Segments implements AutoCloseable {
  private static final int STRETCH = 1 << 20;
  private static final int LINE = 96;
  private static final int REWRITE_AFTER = 10_000;
  private static final byte COVERED = 1;
  private static final byte CUT = 2;
  private static final byte GONE = 3;

  private final Path folder;
  private final Map<String, TreeMap<Long, Stretch>> files = new HashMap<>();
  private @Nullable FileChannel log;
  private int lines;

  /** From a file's byte to another one, with the checksum over all between. */
  private static final class Stretch {
    private final CRC32C crc = new CRC32C();
    private final long from;
    private long to;
    private long checksum;

    Stretch(long from) {
      this.from = from;
      this.to = from;
    }

    Stretch(long from, long to, long checksum) {
      this.from = from;
      this.to = to;
      this.checksum = checksum;
    }

    boolean takesMore() {
      // One that was read from the log has no running checksum.
      return crc.getValue() == checksum && to - from < STRETCH;
    }
  }

  private Segments(Path folder) {
    this.folder = folder;
  }

  private static Path log(Path folder) {
    return folder.resolve("segments");
  }

  /**
   * Reads what is known of the files in a folder and checks them.
   *
   * @throws DamagedException naming the file, and where it is damaged
   */
  static Segments checked(Path folder) {
    Segments segments = new Segments(folder);
    try {
      if (Files.exists(log(folder))) segments.read();
      for (String name : segments.files.keySet()) segments.check(name);
      // EclipseStore cuts what it did not complete when it starts.
      if (Files.exists(log(folder))) segments.append();
      return segments;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot check the files of " + folder, e);
    }
  }

  private void read() throws IOException {
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(log(folder)));
    byte[] line = new byte[LINE - Integer.BYTES];
    while (all.remaining() >= LINE) {
      int checksum = all.getInt();
      all.get(line);
      // A damaged line covers nothing; the others do.
      if (checksum == checksum(line)) apply(ByteBuffer.wrap(line));
    }
  }

  private void apply(ByteBuffer line) {
    byte what = line.get();
    long from = line.getLong();
    long to = line.getLong();
    long checksum = line.getLong();
    byte[] name = new byte[line.get()];
    line.get(name);
    String file = new String(name, StandardCharsets.US_ASCII);
    switch (what) {
      case COVERED -> stretches(file).put(from, new Stretch(from, to, checksum));
      case CUT -> cut(file, to);
      case GONE -> files.remove(file);
      default -> throw new IllegalStateException("a line of " + log(folder) + " is of no kind");
    }
  }

  private void cut(String file, long to) {
    stretches(file).values().removeIf(stretch -> stretch.to > to);
  }

  private TreeMap<Long, Stretch> stretches(String file) {
    return files.computeIfAbsent(file, f -> new TreeMap<>());
  }

  private void check(String name) throws IOException {
    Path file = folder.resolve(name);
    for (Stretch stretch : stretches(name).values()) {
      if (!Files.exists(file)) throw new DamagedException("the file " + file + " is missing");
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        CRC32C crc = new CRC32C();
        boolean whole = update(crc, channel, stretch.from, stretch.to);
        if (!whole || crc.getValue() != stretch.checksum)
          throw new DamagedException(
              String.format(
                  Locale.ROOT,
                  "the file %s is damaged between byte %d and %d",
                  file,
                  stretch.from,
                  stretch.to));
      }
    }
  }

  private static boolean update(CRC32C crc, FileChannel channel, long from, long to)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(to - from, 1 << 18));
    for (long at = from; at < to; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
      while (buffer.hasRemaining())
        if (channel.read(buffer, at + buffer.position()) < 0) return false;
      crc.update(buffer.flip());
    }
    return true;
  }

  /** From now on the files are followed; what nothing is known of yet is covered as it is. */
  void follow(List<Path> known) {
    try {
      List<String> names = new ArrayList<>();
      for (Path file : known) {
        String name = name(file);
        names.add(name);
        coverGaps(file, name);
      }
      files.keySet().retainAll(names);
      rewrite();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + log(folder), e);
    }
  }

  private void coverGaps(Path file, String name) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      TreeMap<Long, Stretch> stretches = stretches(name);
      long at = 0;
      for (Stretch stretch : List.copyOf(stretches.values())) {
        if (stretch.from > at) stretches.put(at, covered(channel, at, stretch.from));
        at = Math.max(at, stretch.to);
      }
      if (channel.size() > at) stretches.put(at, covered(channel, at, channel.size()));
    }
  }

  private static Stretch covered(FileChannel channel, long from, long to) throws IOException {
    Stretch stretch = new Stretch(from);
    extend(stretch, channel, to);
    return stretch;
  }

  private static void extend(Stretch stretch, FileChannel channel, long to) throws IOException {
    if (!update(stretch.crc, channel, stretch.to, to))
      throw new IOException("a file is shorter than what was written to it");
    stretch.to = to;
    stretch.checksum = stretch.crc.getValue();
  }

  private String name(Path file) {
    return folder.toAbsolutePath().relativize(file.toAbsolutePath()).toString();
  }

  /** What was appended to the file, and forced, is covered. */
  void appended(Path file, FileChannel readable) throws IOException {
    if (log == null) return;
    TreeMap<Long, Stretch> stretches = stretches(name(file));
    Stretch last = stretches.isEmpty() ? null : stretches.lastEntry().getValue();
    long from = last == null ? 0 : last.to;
    if (readable.size() <= from) return;
    if (last == null || !last.takesMore()) {
      last = new Stretch(from);
      stretches.put(from, last);
    }
    extend(last, readable, readable.size());
    line(COVERED, last.from, last.to, last.checksum, name(file));
  }

  /** The file is about to be cut there. */
  void cutting(Path file, long to) throws IOException {
    if (log == null) return;
    cut(name(file), to);
    line(CUT, 0, to, 0, name(file));
  }

  /** The file is about to be deleted. */
  void deleting(Path file) throws IOException {
    if (log == null) return;
    files.remove(name(file));
    line(GONE, 0, 0, 0, name(file));
  }

  private void line(byte what, long from, long to, long checksum, String file) throws IOException {
    FileChannel out = log;
    if (out == null) return;
    ByteBuffer line = encoded(what, from, to, checksum, file);
    while (line.hasRemaining()) out.write(line);
    if (++lines > REWRITE_AFTER) rewrite();
  }

  private static ByteBuffer encoded(byte what, long from, long to, long checksum, String file) {
    byte[] name = file.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer line = ByteBuffer.allocate(LINE).position(Integer.BYTES);
    line.put(what).putLong(from).putLong(to).putLong(checksum).put((byte) name.length).put(name);
    byte[] content = new byte[LINE - Integer.BYTES];
    line.get(Integer.BYTES, content);
    return line.putInt(0, checksum(content)).clear();
  }

  private static int checksum(byte[] line) {
    CRC32C crc = new CRC32C();
    crc.update(line);
    return (int) crc.getValue();
  }

  private void rewrite() throws IOException {
    close();
    List<ByteBuffer> all = new ArrayList<>();
    files.forEach((name, stretches) ->
        stretches.values().forEach(s -> all.add(encoded(COVERED, s.from, s.to, s.checksum, name))));
    ByteBuffer content = ByteBuffer.allocate(LINE * all.size());
    all.forEach(content::put);
    Durably.write(log(folder), content.array());
    append();
    lines = all.size();
  }

  private void append() throws IOException {
    FileChannel out = FileChannel.open(log(folder), StandardOpenOption.WRITE);
    // A process may have been killed within a line.
    log = out.position(out.size() - out.size() % LINE);
  }

  @Override
  public void close() throws IOException {
    if (log != null) log.close();
    log = null;
  }
}
