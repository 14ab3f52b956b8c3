package dev.steward.estate.price;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A row of the book.
 *
 * @param region where it holds; {@link #COMMERCIAL} for every commercial one
 * @param usd list price of one {@code unit} of the item, without tax or discount
 * @param date when it was published or read
 * @param source repository and commit that it was taken from
 */
public record Price(Item item, String region, double usd, LocalDate date, String source) {
  /** In place of a region: what AWS publishes as the same in all of them but China and GovCloud. */
  public static final String COMMERCIAL = "commercial";

  /** For people, e.g. {@code ec2-linux-hour m5.large eu-west-1 0.107 USD/hour, 2025-04-04, …}. */
  public String row() {
    return item.family().id()
        + " "
        + item.key()
        + " "
        + region
        + " "
        + BigDecimal.valueOf(usd).stripTrailingZeros().toPlainString()
        + " USD/"
        + item.unit()
        + ", "
        + date
        + ", "
        + source;
  }
}
