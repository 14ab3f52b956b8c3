package dev.steward.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Series to learn from, frozen.
 *
 * @param frequency how far apart two steps are
 * @param digest SHA-256 of the canonical bytes, in hex; they are a blob by this name
 * @param source {@code upload}, {@code costs} or {@code metrics}
 * @param lineage what it was made from, in words
 * @param testSteps the newest steps of each series, which nothing is learnt from or chosen by: a
 *     training is judged on them once, at its end
 * @param profile of each series, the longest first, at most 100
 */
public record DataSet(
    DataSetId id,
    OrganizationId organization,
    String name,
    Frequency frequency,
    String digest,
    String source,
    String lineage,
    int series,
    long values,
    int testSteps,
    Map<String, String> schema,
    List<Profile> profile,
    String user,
    Instant createdAt) {
  /** How far apart two steps are. */
  public enum Frequency {
    HOURLY,
    DAILY
  }

  /**
   * What a series looks like.
   *
   * @param missing steps without a value
   * @param start of its first step; null if it was not told
   */
  public record Profile(
      String id,
      int length,
      int missing,
      @Nullable Double least,
      @Nullable Double mean,
      @Nullable Double most,
      @Nullable Instant start) {}

  public DataSet {
    schema = Map.copyOf(schema);
    profile = List.copyOf(profile);
  }
}
