package dev.steward.model;

import java.time.Instant;

/**
 * What of a table was forgotten for its age or its number.
 *
 * @param owner whose rows they were
 * @param rows how many so far
 * @param newest as lists sort it, the youngest of them: a list is whole down to there
 */
public record Forgotten(String table, String owner, long rows, Instant newest) {
  public static String key(String table, String owner) {
    return table + "/" + owner;
  }

  public String key() {
    return key(table, owner);
  }

  public Forgotten and(long more, Instant young) {
    return new Forgotten(table, owner, rows + more, young.isAfter(newest) ? young : newest);
  }
}
