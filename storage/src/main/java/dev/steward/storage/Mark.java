package dev.steward.storage;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How far the store has come, beside the journal: so a journal that ends before what was
 * acknowledged, or files that are older than a checkpoint, are known for what they are. It is
 * written through shared memory after each force, and not forced itself: a killed process leaves it
 * right, a power loss may leave it behind, and never ahead.
 */
final class Mark implements AutoCloseable {
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final int LENGTH = 4096;

  /** Two places, written in turn, so that one is whole at any moment. */
  private static final int SLOT = LENGTH / 2;

  private static final int CONTENT = 4 * Long.BYTES;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private long turn;

  /**
   * @param acknowledged the last record that was forced
   * @param checkpoint the last record that EclipseStore's files were brought up to
   * @param clean whether the store was closed after that, with nothing left to do
   */
  record Reached(long acknowledged, long checkpoint, boolean clean) {}

  private record Slot(long turn, Reached reached) {}

  private Mark(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      // Written rather than mapped into being: a full disk must be an error here and no fault
      // later.
      if (channel.size() < LENGTH)
        channel.write(ByteBuffer.allocate(LENGTH - (int) channel.size()), channel.size());
      channel.force(true);
      memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH, arena);
    }
    turn = newest(memory).map(Slot::turn).orElse(0L);
  }

  static Mark open(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) Private.folder(folder);
      return new Mark(file);
    } catch (IOException e) {
      throw new StoreOpenException("cannot open " + file, e);
    }
  }

  /** What the file says; empty if there is none, as in folders of before, or it is damaged. */
  static Optional<Reached> read(Path file) {
    if (!Files.exists(file)) return Optional.empty();
    try {
      byte[] bytes = Files.readAllBytes(file);
      return bytes.length < LENGTH
          ? Optional.empty()
          : newest(MemorySegment.ofArray(bytes)).map(Slot::reached);
    } catch (IOException e) {
      throw new StoreOpenException("cannot read " + file, e);
    }
  }

  private static Optional<Slot> newest(MemorySegment memory) {
    Optional<Slot> first = slot(memory.asSlice(0, SLOT));
    Optional<Slot> second = slot(memory.asSlice(SLOT, SLOT));
    if (first.isEmpty() || second.isEmpty()) return first.isPresent() ? first : second;
    return first.get().turn() > second.get().turn() ? first : second;
  }

  private static Optional<Slot> slot(MemorySegment at) {
    if (at.get(LONG, CONTENT) != checksum(at)) return Optional.empty();
    return Optional.of(
        new Slot(
            at.get(LONG, 0),
            new Reached(at.get(LONG, 8), at.get(LONG, 16), at.get(LONG, 24) == 1)));
  }

  private static long checksum(MemorySegment at) {
    CRC32C crc = new CRC32C();
    crc.update(at.asSlice(0, CONTENT).asByteBuffer());
    // Never what a file of zeros has.
    return ~crc.getValue();
  }

  void write(long acknowledged, long checkpoint) {
    put(acknowledged, checkpoint, false);
  }

  /** The last word of a store that closes; it is forced, so that it outlives the machine. */
  void writeClean(long reached) {
    put(reached, reached, true);
    memory.force();
  }

  /** The first word of a store that opens: from now on a missing last word means something. */
  void writeOpen(long acknowledged, long checkpoint) {
    put(acknowledged, checkpoint, false);
    memory.force();
  }

  private void put(long acknowledged, long checkpoint, boolean clean) {
    MemorySegment at = memory.asSlice(++turn % 2 * SLOT, SLOT);
    at.set(LONG, 0, turn);
    at.set(LONG, 8, acknowledged);
    at.set(LONG, 16, checkpoint);
    at.set(LONG, 24, clean ? 1 : 0);
    at.set(LONG, CONTENT, checksum(at));
  }

  @Override
  public void close() {
    arena.close();
  }
}
