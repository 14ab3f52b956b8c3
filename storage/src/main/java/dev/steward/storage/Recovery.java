package dev.steward.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a journal holds beyond EclipseStore's files. Reading it changes nothing. A record that a
 * crash tore was never acknowledged and is left out; anything else that does not fit is damage, and
 * then nothing is opened, so that nothing acknowledged is lost in silence.
 *
 * @param applied the last record that EclipseStore's files hold
 * @param sequence the last record there is
 * @param position where the next one goes
 * @param torn what a crash left of the record after the last
 */
record Recovery(
    long applied,
    long sequence,
    int position,
    List<Journal.Replayed> writes,
    byte @Nullable [] torn) {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  static final String WHAT_TO_DO =
      ". Nothing was opened or changed. Keep a copy of the folder as it is; ./steward verify says"
          + " what else is wrong; then restore the newest backup into another folder"
          + " (./steward restore)";

  /**
   * @param applied what EclipseStore's files say, 0 for new ones
   * @param isNew whether EclipseStore's files were made just now
   * @throws StoreOpenException if writes that were acknowledged are not there
   */
  static Recovery of(Path file, long applied, boolean isNew) {
    Optional<Mark.Reached> reached = Mark.read(Journal.markOf(file));
    if (!Files.exists(file)) return ofMissing(file, applied, isNew, reached);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      // Mapped, because usually only its first page is looked at.
      ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      Recovery found = walk(all, applied);
      reached.ifPresent(r -> found.compare(file, r));
      if (isNew && found.sequence() > 0)
        throw damaged("EclipseStore's files are missing beside " + file + ", which holds writes");
      if (reached.isEmpty() || !reached.get().clean()) found.lookBehind(file, all);
      return found;
    } catch (IOException e) {
      throw new StoreOpenException("cannot read " + file, e);
    }
  }

  private static Recovery ofMissing(
      Path file, long applied, boolean isNew, Optional<Mark.Reached> reached) {
    boolean nothingLost =
        reached.map(r -> r.clean() && r.acknowledged() == applied).orElse(isNew && applied == 0);
    if (!nothingLost)
      throw damaged("the journal " + file + " is missing, which may hold acknowledged writes");
    return new Recovery(applied, applied, 0, List.of(), null);
  }

  private static Recovery walk(ByteBuffer all, long applied) throws IOException {
    List<Journal.Replayed> writes = new ArrayList<>();
    long sequence = applied;
    int position = 0;
    for (byte[] record = record(all, position, sequence + 1);
        record != null;
        record = record(all, position, sequence + 1)) {
      Journal.decode(record, writes);
      position += Journal.HEADER + record.length;
      sequence++;
    }
    return new Recovery(applied, sequence, position, writes, torn(all, position, sequence + 1));
  }

  /** The content of the whole record of that number; null if there is none here. */
  private static byte @Nullable [] record(ByteBuffer all, int position, long number) {
    if (position + Journal.HEADER > all.limit()) return null;
    int length = all.getInt(position);
    if (length <= 0 || length > all.limit() - position - Journal.HEADER) return null;
    if (all.getLong(position + 8) != number) return null;
    byte[] payload = new byte[length];
    all.get(position + Journal.HEADER, payload);
    return Journal.checksum(number, payload) == all.getInt(position + 4) ? payload : null;
  }

  private void compare(Path file, Mark.Reached reached) {
    if (applied < reached.checkpoint())
      throw damaged(
          "EclipseStore's files beside "
              + file
              + " hold the writes up to "
              + applied
              + ", though all up to "
              + reached.checkpoint()
              + " were written to them: they are damaged, or older than the journal");
    if (sequence < reached.acknowledged())
      throw damaged(
          "the journal "
              + file
              + " is damaged, or an older one: it can be read up to write "
              + sequence
              + " (byte "
              + position
              + "), and "
              + reached.acknowledged()
              + " were acknowledged");
  }

  /** A whole later record says that this is no end that a crash made. */
  private void lookBehind(Path file, ByteBuffer all) {
    long farthest = sequence + all.limit() / Journal.HEADER;
    for (int at = position; at + Journal.HEADER <= all.limit(); at++) {
      long number = all.getLong(at + 8);
      if (number <= sequence || number > farthest || record(all, at, number) == null) continue;
      throw damaged(
          "the journal "
              + file
              + " is damaged at byte "
              + position
              + ": write "
              + (sequence + 1)
              + " cannot be read, and write "
              + number
              + " stands whole at byte "
              + at);
    }
  }

  private static byte @Nullable [] torn(ByteBuffer all, int position, long number) {
    int most = all.limit() - position;
    if (most < Journal.HEADER || all.getLong(position + 8) != number) return null;
    int length = all.getInt(position);
    boolean plausible = length > 0 && length <= most - Journal.HEADER;
    byte[] torn = new byte[plausible ? Journal.HEADER + length : Math.min(most, 65_536)];
    all.get(position, torn);
    return torn;
  }

  /** What a crash tore is kept for those who want to look at it, before it is overwritten. */
  void setAside(Path folder) {
    if (torn == null) return;
    Path aside = folder.resolve("set-aside").resolve("journal-" + (sequence + 1) + ".torn");
    Durably.write(aside, torn);
    LOG.warn(
        "write {} was torn by a crash and never acknowledged; its {} bytes are in {}",
        sequence + 1,
        torn.length,
        aside);
  }

  private static StoreOpenException damaged(String what) {
    return new StoreOpenException(what + WHAT_TO_DO);
  }
}
