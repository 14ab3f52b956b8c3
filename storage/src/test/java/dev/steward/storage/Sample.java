package dev.steward.storage;

import java.util.List;

/** A record for tests: found by its colour, and part of a pair. */
record Sample(String id, String colour, long number) {
  static final Table<Sample> LEFT =
      Table.named("left", "sample", Sample.class, Sample::id)
          .global("a test's")
          .index(Index.on("colour", Sample::colour))
          .index(Index.counting("count", Sample::colour))
          .kept("as long as the test");
  static final Table<Sample> RIGHT =
      Table.named("right", "sample", Sample.class, Sample::id)
          .global("a test's")
          .withBodies()
          .kept("as long as the test");
  static final List<Table<?>> TABLES = List.of(LEFT, RIGHT);
}
