package dev.steward.storage;

import dev.steward.model.Json;
import java.util.Locale;

/**
 * How many rows a table has on disk, and the sum of their checksums. It is stored with every change
 * of the table, so that a row that is missing, there twice or older than it should be is noticed.
 */
final class Tally {
  /** The name that the tallies are kept under; no table has it. */
  static final String TABLE = "tallies";

  final Row row;
  final String table;
  private long rows;
  private long sum;

  /** As it is on disk. */
  record Kept(String table, long rows, long sum) {}

  Tally(String table) {
    this(table, new Row(new byte[0]), 0, 0);
  }

  private Tally(String table, Row row, long rows, long sum) {
    this.table = table;
    this.row = row;
    this.rows = rows;
    this.sum = sum;
  }

  static Tally of(Row row, byte[] sealed) {
    Kept kept = Json.read(Checksums.open(TABLE, sealed).json(), Kept.class);
    return new Tally(kept.table(), row, kept.rows(), kept.sum());
  }

  void add(int checksum) {
    rows++;
    sum += spread(checksum);
  }

  void remove(int checksum) {
    rows--;
    sum -= spread(checksum);
  }

  void replace(int before, int after) {
    remove(before);
    add(after);
  }

  /** So that two checksums which each differ by a bit do not make up for each other. */
  private static long spread(int checksum) {
    long z = (checksum & 0xffffffffL) * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    return z ^ z >>> 27;
  }

  Kept kept() {
    return new Kept(table, rows, sum);
  }

  byte[] sealed() {
    return Checksums.seal(TABLE, Checksums.NO_BODY, Json.bytes(kept()));
  }

  /**
   * @throws DamagedException if that many rows with that sum are not what is here
   */
  void compare(Kept kept) {
    if (kept.equals(kept())) return;
    throw new DamagedException(
        String.format(
            Locale.ROOT,
            "table %s has %d rows and should have %d%s",
            table,
            rows,
            kept.rows(),
            kept.rows() == rows ? ", and some are not the newest" : ""));
  }
}
