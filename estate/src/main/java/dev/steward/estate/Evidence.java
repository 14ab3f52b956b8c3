package dev.steward.estate;

import dev.steward.estate.Verdict.Waste;
import dev.steward.estate.price.Quote;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts what a rule read into words that can be shown and checked. */
public final class Evidence {
  private Evidence() {}

  /** What has no known price is waste without money, and says so; the others say who told it. */
  public static Verdict waste(
      Sight sight,
      Optional<Quote> saving,
      Confidence confidence,
      Resource resource,
      @Nullable String... evidence) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (int i = 0; i < evidence.length; i += 2) {
      String name = evidence[i];
      String value = evidence[i + 1];
      if (name != null && value != null) facts.put(name, value);
    }
    String book = "price book " + sight.prices().version();
    if (saving.isEmpty()) facts.put("price", "not known to " + book + " in " + resource.region());
    else if (!saving.get().rows().isEmpty())
      facts.put("priced_by", book + ": " + saving.get().source());
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

  public static String days(double days) {
    return Long.toString((long) days);
  }

  public static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3f", value);
  }
}
