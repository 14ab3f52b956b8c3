package dev.steward.estate;

import dev.steward.model.Finding.Confidence;
import dev.steward.model.Money;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a check says of one resource. */
public sealed interface Verdict {
  Verdict FINE = new Fine();

  /**
   * It costs money for nothing.
   *
   * @param saving a month's; null where the price is not known: waste it is all the same
   */
  record Waste(@Nullable Money saving, Confidence confidence, Map<String, String> evidence)
      implements Verdict {}

  record Fine() implements Verdict {}

  /** Nobody can tell, and why: the data is missing, not zero. */
  record Unknown(String reason) implements Verdict {}

  static Verdict unknown(String reason) {
    return new Unknown(reason);
  }
}
