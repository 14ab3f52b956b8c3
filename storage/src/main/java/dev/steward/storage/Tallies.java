package dev.steward.storage;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The tally of each table. */
final class Tallies {
  private final Map<String, Tally> byTable = new HashMap<>();
  private final Set<Tally> kept = new HashSet<>();

  static Tallies none() {
    return new Tallies();
  }

  static Tallies read(Buckets rows) {
    Tallies tallies = new Tallies();
    rows.forEach(slot -> {
      if (!(slot instanceof Row row) || row.bytes == null)
        throw new DamagedException("a tally is no row");
      Tally tally = Tally.of(row, row.bytes);
      tallies.byTable.put(tally.table, tally);
      tallies.kept.add(tally);
    });
    return tallies;
  }

  Tally of(String table) {
    return byTable.computeIfAbsent(table, Tally::new);
  }

  /** Whether the tally has its place on disk. */
  boolean isKept(Tally tally) {
    return kept.contains(tally);
  }

  void keep(Tally tally) {
    kept.add(tally);
  }
}
