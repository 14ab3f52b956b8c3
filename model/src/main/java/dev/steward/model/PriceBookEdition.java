package dev.steward.model;

import java.time.Instant;
import java.util.List;

/**
 * Prices that were asked of AWS, over those that come with the product.
 *
 * @param version the date of its making, and which of that day it is
 * @param content SHA-256 of the blob with the prices, in hex
 * @param prices how many there are
 * @param parts what each question came to
 * @param changes prices that are others than before, the first of them in words
 * @param doubts what was not believed or not answered, so that it stays as it was
 */
public record PriceBookEdition(
    String version,
    PriceRefreshId refresh,
    Instant madeAt,
    String content,
    int prices,
    List<Part> parts,
    List<String> changes,
    List<String> doubts) {
  /**
   * @param kept prices of the book before that were not answered or not believed
   */
  public record Part(String query, int added, int changed, int same, int kept) {}

  public PriceBookEdition {
    parts = List.copyOf(parts);
    changes = List.copyOf(changes);
    doubts = List.copyOf(doubts);
  }
}
