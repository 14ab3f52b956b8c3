package dev.steward.model;

import java.util.Map;

/**
 * A data set that went into a run.
 *
 * @param digest tells two versions of a data set apart
 * @param source where it is, in words of the source type
 * @param schema and {@code profile} as JSON; empty if they were not told
 */
public record RunInput(
    RunId run,
    String name,
    String digest,
    String sourceType,
    String source,
    String schema,
    String profile,
    Map<String, String> tags) {
  public RunInput {
    tags = Map.copyOf(tags);
  }

  public String key() {
    return run.value() + "/" + name + "\n" + digest;
  }
}
