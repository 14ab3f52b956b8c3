package dev.steward.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.model.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What was acknowledged and is not in EclipseStore's files yet. A file of fixed length that is
 * overwritten from the front after each checkpoint, so that a force changes no file's length: it
 * costs half of one that does, and EclipseStore needs two of those. A record is its length, a
 * CRC-32C, a sequence number and what a group of writes touched. Reading ends at the first record
 * that is torn or older; whether anything acknowledged lies behind that is what {@link Mark} and a
 * look at the rest of the file tell.
 */
final class Journal implements AutoCloseable {
  static final int LENGTH = 16 << 20;
  static final int HEADER = 16;
  private static final int CHECKPOINT = 2 << 20;

  private final Path file;
  private final ForcedFileWriter forces;
  private final Mark mark;
  private final FileChannel channel;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
  private int position;
  private long sequence;
  private long checkpoint;

  /**
   * A write of one row that was found in the journal; {@code row} null means that it was removed.
   */
  record Replayed(
      int schema, String table, String key, byte @Nullable [] row, byte @Nullable [] body) {}

  private Journal(Path file, ForcedFileWriter forces, Recovery recovered) {
    this.file = file;
    this.forces = forces;
    this.sequence = recovered.sequence();
    this.checkpoint = recovered.applied();
    this.position = recovered.position();
    try {
      allocate(file);
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      // What a killed process wrote and did not force must not be lost behind the mark's back.
      channel.force(false);
      mark = Mark.open(markOf(file));
      mark.writeOpen(sequence, checkpoint);
    } catch (IOException e) {
      throw new StoreOpenException("cannot open " + file, e);
    }
  }

  /** Opens for writing after what was recovered. */
  static Journal open(Path file, ForcedFileWriter forces, Recovery recovered) {
    return new Journal(file, forces, recovered);
  }

  static Path markOf(Path journal) {
    return journal.resolveSibling(journal.getFileName() + ".mark");
  }

  /** Makes the files of a new folder. */
  static void prepare(Path file) {
    try (Mark mark = Mark.open(markOf(file))) {
      allocate(file);
      mark.writeOpen(0, 0);
    } catch (IOException e) {
      throw new StoreOpenException("cannot make " + file, e);
    }
  }

  /** Makes the file, or gives it its length; what it holds stays. */
  private static void allocate(Path file) throws IOException {
    if (Files.exists(file) && Files.size(file) == LENGTH) return;
    byte[] there = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    Durably.write(file, Arrays.copyOf(there, LENGTH));
  }

  /** The number of the last record. */
  long sequence() {
    return sequence;
  }

  /** Whether a record of this length has room before the next checkpoint. */
  boolean hasRoom(int length) {
    return position + HEADER + length <= LENGTH;
  }

  /** Whether enough was written for a checkpoint to be worth its two forces. */
  boolean isDue() {
    return position > CHECKPOINT;
  }

  /** Appends and forces. */
  void append(byte[] payload) {
    try {
      if (buffer.capacity() < HEADER + payload.length)
        buffer = ByteBuffer.allocateDirect(2 * (HEADER + payload.length));
      buffer.clear();
      buffer.putInt(payload.length).putInt(checksum(sequence + 1, payload)).putLong(sequence + 1);
      buffer.put(payload).flip();
      int at = position;
      while (buffer.hasRemaining()) at += channel.write(buffer, at);
      channel.force(false);
      forces.forced(file, LENGTH);
      position = at;
      sequence++;
      mark.write(sequence, checkpoint);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Everything up to {@link #sequence} is in EclipseStore's files now. */
  void checkpointed() {
    position = 0;
    checkpoint = sequence;
    mark.write(sequence, checkpoint);
  }

  /** Nothing is left to do for the next start. */
  void finished() {
    if (checkpoint == sequence) mark.writeClean(sequence);
  }

  /** A record that no journal took, because it is too long, still has a number. */
  void skip() {
    sequence++;
  }

  static int checksum(long sequence, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(8).putLong(0, sequence));
    crc.update(payload);
    return (int) crc.getValue();
  }

  static byte[] encode(int schema, Iterable<Transaction.Touch> touched, State after) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(schema);
      for (Transaction.Touch touch : touched) {
        Entry<?> entry = after.rows(touch.table()).entry(touch.key());
        out.writeUTF(touch.table().name());
        out.writeUTF(touch.key());
        write(out, entry == null ? null : Json.bytes(entry.value()));
        write(out, entry == null ? null : entry.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) out.write(bytes);
  }

  static void decode(byte[] payload, List<Replayed> writes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
      int schema = in.readInt();
      while (in.available() > 0)
        writes.add(new Replayed(schema, in.readUTF(), in.readUTF(), read(in), read(in)));
    }
  }

  private static byte @Nullable [] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : in.readNBytes(length);
  }

  /** Puts what was found into a transaction; rows of an older schema are brought up to this one. */
  static void replay(
      List<Replayed> writes,
      Transaction transaction,
      List<Table<?>> tables,
      List<Migration> migrations) {
    Map<String, Table<?>> known =
        tables.stream().collect(Collectors.toMap(Table::name, table -> table));
    for (Replayed write : writes) {
      Table<?> table = known.get(write.table());
      if (table == null)
        throw new StoreOpenException(
            "the journal names a table " + write.table() + " that this version does not have");
      replay(write, transaction, table, migrations);
    }
  }

  private static <V> void replay(
      Replayed write, Transaction transaction, Table<V> table, List<Migration> migrations) {
    byte[] row = write.row();
    if (row == null) {
      transaction.remove(table, write.key());
      return;
    }
    for (Migration migration : migrations) {
      UnaryOperator<ObjectNode> change = migration.tables().get(table.name());
      if (migration.to() > write.schema() && change != null)
        row = Json.bytes(change.apply(Json.read(row, ObjectNode.class)));
    }
    V value = Json.read(row, table.type());
    byte[] body = write.body();
    if (body == null) transaction.put(table, value);
    else transaction.put(table, value, body);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    mark.close();
  }
}
