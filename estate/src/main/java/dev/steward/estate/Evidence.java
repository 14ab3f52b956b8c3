package dev.steward.estate;

import dev.steward.estate.Verdict.Waste;
import dev.steward.estate.price.Quote;
import dev.steward.model.Fact;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts what a rule read into words that can be shown and checked. */
public final class Evidence {
  private Evidence() {}

  /**
   * What has no known price is waste without money, and says so; the others say who told it.
   *
   * @param evidence names, each with its value ({@link Fact#of}); what is null is left out
   */
  public static Verdict waste(
      Sight sight,
      Optional<Quote> saving,
      Confidence confidence,
      Resource resource,
      @Nullable Object... evidence) {
    Map<String, Fact> facts = new LinkedHashMap<>();
    for (int i = 0; i < evidence.length; i += 2) {
      Object value = evidence[i + 1];
      if (evidence[i] instanceof String name && value != null) facts.put(name, Fact.of(value));
    }
    String book = "price book " + sight.prices().version();
    if (saving.isEmpty())
      facts.put("price", Fact.of("not known to " + book + " in " + resource.region()));
    else if (!saving.get().rows().isEmpty())
      facts.put("priced_by", Fact.of(book + ": " + saving.get().source()));
    return new Waste(saving.map(Quote::money).orElse(null), confidence, facts);
  }

  public static @Nullable Instant time(@Nullable String text) {
    if (text == null) return null;
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** Whole ones. */
  public static Fact days(double days) {
    return number(Math.floor(days));
  }

  /** To a thousandth. */
  public static Fact number(double value) {
    return Double.isFinite(value)
        ? Fact.of(BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP))
        : Fact.of(value);
  }
}
