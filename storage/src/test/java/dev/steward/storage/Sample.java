package dev.steward.storage;

import java.util.List;

/** A record for tests: found by its colour, and part of a pair. */
record Sample(String id, String colour, long number) {
  static final Table<Sample> LEFT =
      Table.of(
          "left",
          Sample.class,
          Sample::id,
          Index.on("colour", Sample::colour),
          Index.counting("count", Sample::colour));
  static final Table<Sample> RIGHT = Table.withBodies("right", Sample.class, Sample::id);
  static final List<Table<?>> TABLES = List.of(LEFT, RIGHT);
}
