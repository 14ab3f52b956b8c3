package dev.steward.domain.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Values that are equally far apart.
 *
 * @param start of the first; null if it was not told
 * @param values oldest first; NaN where there is none
 */
public record Series(String id, @Nullable Instant start, double[] values) {
  /** How many have no value. */
  public int missing() {
    int missing = 0;
    for (double value : values) if (Double.isNaN(value)) missing++;
    return missing;
  }
}
