package dev.steward.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What AWS's Price List answered to one question.
 *
 * @param query the question's name
 * @param products entries that were read
 * @param prices that they told of what the book knows
 * @param ignored entries that told none, by why
 * @param content SHA-256 of the blob with the prices, in hex; null where there are none
 * @param detail what went wrong; null if nothing did
 */
public record PriceAnswer(
    String query,
    Coverage coverage,
    int products,
    int prices,
    Map<String, Integer> ignored,
    @Nullable String content,
    @Nullable String detail) {
  public PriceAnswer {
    ignored = Map.copyOf(ignored);
  }

  public static PriceAnswer none(String query, Coverage coverage, @Nullable String detail) {
    return new PriceAnswer(query, coverage, 0, 0, Map.of(), null, detail);
  }
}
