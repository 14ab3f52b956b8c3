package dev.steward.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A check of a whole data folder that nobody runs on: the files, the journal, every row and body,
 * every blob. Nothing in it is changed.
 *
 * @param counted what was looked at, in words
 */
public record Verification(List<String> counted, List<String> faults) {
  public Verification {
    counted = List.copyOf(counted);
    faults = List.copyOf(faults);
  }

  /**
   * @throws StoreOpenException if a platform runs on the folder
   */
  public static Verification of(Path folder) {
    return of(folder, List.of());
  }

  /** Also has the state looked at, if there is one; that look returns its own faults. */
  public static Verification of(Path folder, List<Function<State, List<String>>> more) {
    List<String> counted = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    FolderLock lock = FolderLock.take(folder);
    try {
      state(folder, more, counted, faults);
      blobs(folder.resolve("blobs"), counted, faults);
    } finally {
      try {
        lock.close();
      } catch (IOException e) {
        faults.add("the lock of " + folder + " cannot be given back: " + e.getMessage());
      }
    }
    return new Verification(counted, faults);
  }

  private static void state(
      Path folder,
      List<Function<State, List<String>>> more,
      List<String> counted,
      List<String> faults) {
    Opening opening;
    if (!Files.isDirectory(folder.resolve("state").resolve("channel_0"))) {
      faults.add("EclipseStore's files are missing in " + folder);
      return;
    }
    try {
      opening = Opening.of(folder, Tables.ALL, Migrations.ALL, new ForcedFileWriter(), false);
    } catch (RuntimeException | Error e) {
      String why = e.getMessage();
      faults.add(why == null ? e.toString() : why.replace(Recovery.WHAT_TO_DO, ""));
      return;
    }
    try (Disk disk = opening.disk()) {
      State state = opening.replayed().state();
      if (!disk.isSealed())
        counted.add("no checksums yet: this folder was written by an older version; start it once");
      long rows = 0;
      long bodies = 0;
      for (Table<?> table : Tables.ALL) {
        rows += state.rows(table).size();
        if (table.bodies()) bodies += bodies(state, table, disk.isSealed(), faults);
      }
      counted.add(rows + " rows of " + Tables.ALL.size() + " tables, " + bodies + " bodies");
      counted.add(
          "the journal up to write "
              + opening.recovery().sequence()
              + ", "
              + opening.recovery().writes().size()
              + " rows of it not in EclipseStore's files yet");
      for (Function<State, List<String>> look : more) faults.addAll(look.apply(state));
    }
  }

  private static <V> long bodies(State state, Table<V> table, boolean sealed, List<String> faults) {
    if (!sealed) return 0;
    List<String> keys = state.rows(table).stream().map(table.key()).toList();
    for (String key : keys)
      try {
        state.body(table, key);
      } catch (DamagedException e) {
        faults.add(e.getMessage());
      }
    return keys.size();
  }

  private static void blobs(Path folder, List<String> counted, List<String> faults) {
    long blobs = 0;
    if (Files.isDirectory(folder))
      try (var all = Files.walk(folder)) {
        for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
          String name = String.valueOf(file.getFileName());
          // What a crash left of a blob that was being written.
          if (name.endsWith(".new")) continue;
          blobs++;
          try (var in = Files.newInputStream(file)) {
            if (!Manifest.digest(in).equals(name)) faults.add("the blob " + name + " is damaged");
          }
        }
      } catch (IOException e) {
        faults.add("the blobs cannot be read: " + e.getMessage());
      }
    counted.add(blobs + " blobs");
  }
}
