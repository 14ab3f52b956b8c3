package dev.steward.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A data folder as it was read: every row checked, the journal replayed in memory.
 *
 * @param applied as EclipseStore's files hold it
 * @param replayed with what only the journal holds
 */
record Opening(Disk disk, Recovery recovery, State applied, Transaction replayed, int schema) {

  static Path journal(Path folder) {
    return folder.resolve("state").resolve("journal");
  }

  /**
   * @param forWriting whether to bring the folder up to this version; if not, it stays as it is
   * @throws StoreOpenException or {@link DamagedException}, with nothing left open
   */
  static Opening of(
      Path folder,
      List<Table<?>> tables,
      List<Migration> migrations,
      ForcedFileWriter files,
      boolean forWriting) {
    int schema = migrations.isEmpty() ? 1 : migrations.getLast().to();
    Path state = folder.resolve("state");
    boolean isNew = !Files.exists(state.resolve("channel_0"));
    // The journal is there first: files without one are damage, however a first start ended.
    if (isNew) Recovery.of(journal(folder), 0, true);
    if (isNew && forWriting) Journal.prepare(journal(folder));
    Segments segments = Segments.checked(state);
    files.follow(segments);
    Disk disk = disk(state, files, schema);
    try {
      if (disk.schema() > schema)
        throw new StoreOpenException(
            "the data folder "
                + folder
                + " was written by a newer version (schema "
                + disk.schema()
                + ", this one knows "
                + schema
                + "). Nothing was changed. Start that version again, or restore a backup that this"
                + " one wrote into another folder (./steward restore)");
      Recovery recovery = Recovery.of(journal(folder), disk.applied(), isNew);
      // The mark is younger than the checksums are, so where it counts something they are there.
      if (!disk.isSealed()
          && Mark.read(Journal.markOf(journal(folder)))
              .filter(m -> m.acknowledged() > 0)
              .isPresent())
        throw new DamagedException("the list of tables in EclipseStore's files is not the newest");
      if (forWriting) {
        recovery.setAside(folder);
        disk.seal();
        disk.migrate(migrations);
      }
      Map<String, Rows<?>> rows = new HashMap<>();
      for (Table<?> table : tables) rows.put(table.name(), disk.load(table));
      State applied = new State(rows);
      Transaction replayed = new Transaction(applied);
      Journal.replay(recovery.writes(), replayed, tables, migrations);
      if (forWriting) {
        disk.forceTypes();
        segments.follow(disk.files());
      }
      return new Opening(disk, recovery, applied, replayed, schema);
    } catch (RuntimeException | Error e) {
      disk.close();
      throw e;
    }
  }

  private static Disk disk(Path state, ForcedFileWriter files, int schema) {
    try {
      return Disk.open(state, files, schema);
    } catch (RuntimeException | Error e) {
      files.close();
      throw e;
    }
  }

  /** The same in words for an operator. */
  static RuntimeException explained(Path folder, Throwable e) {
    if (e instanceof StoreOpenException known) return known;
    Throwable cause = e.getCause();
    String why = cause == null ? "" : " (" + cause.getMessage() + ")";
    String what =
        e instanceof DamagedException
            ? "the data folder " + folder + " is damaged: "
            : "cannot open the data folder " + folder + ": ";
    return new StoreOpenException(what + e.getMessage() + why + Recovery.WHAT_TO_DO, e);
  }
}
