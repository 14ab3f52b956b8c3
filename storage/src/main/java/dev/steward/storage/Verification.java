package dev.steward.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A check of a whole data folder that nobody runs on: the files, the journal, every row and body,
 * every blob, and that what rows name is there. Nothing in it is changed.
 *
 * @param counted what was looked at, in words
 */
public record Verification(List<String> counted, List<String> faults) {
  /** So many blobs that nothing names are told by their digests. */
  private static final int SHOWN = 20;

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
    return of(folder, more, true);
  }

  /** Only whether bytes are what was written: a backup is taken back with whatever it names. */
  static Verification ofBytes(Path folder) {
    return of(folder, List.of(), false);
  }

  private static Verification of(
      Path folder, List<Function<State, List<String>>> more, boolean named) {
    List<String> counted = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    FolderLock lock = FolderLock.take(folder);
    try {
      Set<String> blobs = blobs(folder.resolve("blobs"), counted, faults);
      state(folder, more, named ? blobs : null, counted, faults);
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
      @Nullable Set<String> blobs,
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
      if (blobs != null) references(state, blobs, counted, faults);
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

  private static void references(
      State state, Set<String> blobs, List<String> counted, List<String> faults) {
    faults.addAll(Integrity.faults(state));
    faults.addAll(Integrity.blobs(state, blobs));
    if (blobs.isEmpty()) return;
    counted.add(
        blobs.size()
            + " blobs that no row names, which harms nothing: "
            + String.join(", ", blobs.stream().limit(SHOWN).toList())
            + (blobs.size() > SHOWN ? ", …" : ""));
  }

  /** The digests of those that are there, damaged or not. */
  private static Set<String> blobs(Path folder, List<String> counted, List<String> faults) {
    Set<String> blobs = new TreeSet<>();
    if (Files.isDirectory(folder))
      try (var all = Files.walk(folder)) {
        for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
          String name = String.valueOf(file.getFileName());
          // What a crash left of a blob that was being written.
          if (name.endsWith(".new")) continue;
          blobs.add(name);
          try (var in = Files.newInputStream(file)) {
            if (!Manifest.digest(in).equals(name)) faults.add("the blob " + name + " is damaged");
          }
        }
      } catch (IOException e) {
        faults.add("the blobs cannot be read: " + e.getMessage());
      }
    counted.add(blobs.size() + " blobs");
    return blobs;
  }
}
