package dev.steward.estate;

import dev.steward.model.Fact;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import java.util.List;
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
  record Waste(@Nullable Money saving, Confidence confidence, Map<String, Fact> evidence)
      implements Verdict {}

  record Fine() implements Verdict {}

  /**
   * Nobody can tell, and why: the data is missing, not zero.
   *
   * @param ask resources whose {@linkplain Kind#doubts() doubts} a scan has to ask about before it
   *     can tell; empty where asking more would not help
   */
  record Unknown(String reason, List<Resource> ask) implements Verdict {
    public Unknown {
      ask = List.copyOf(ask);
    }
  }

  static Verdict unknown(String reason) {
    return new Unknown(reason, List.of());
  }

  /** It is waste unless what is asked of these shows that it is not. */
  static Verdict doubt(String reason, List<Resource> ask) {
    return new Unknown(reason, ask);
  }
}
