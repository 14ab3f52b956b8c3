package dev.steward.api.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which codings a caller takes, and how gladly (RFC 9110, 12.5.3).
 *
 * @param weights from 0 (not at all) to 1, by coding in lower case
 */
record AcceptEncoding(Map<String, Double> weights) {
  AcceptEncoding {
    weights = Map.copyOf(weights);
  }

  /**
   * @param values of the header; what cannot be read of them is as good as not said
   */
  static AcceptEncoding of(List<String> values) {
    Map<String, Double> weights = new HashMap<>();
    for (String value : values)
      for (String element : value.split(",", -1)) {
        String[] parts = element.split(";", -1);
        String coding = parts[0].strip().toLowerCase(Locale.ROOT);
        if (!coding.isEmpty())
          weights.put(coding.equals("x-gzip") ? "gzip" : coding, weight(parts));
      }
    return new AcceptEncoding(weights);
  }

  private static double weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
      if (parameter.startsWith("q=")) return number(parameter.substring(2).strip());
    }
    return 1;
  }

  private static double number(String text) {
    return text.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(text) : 0;
  }

  /** Who does not speak of gzip does not take it; who takes both as gladly gets it. */
  boolean prefersGzip() {
    double any = weights.getOrDefault("*", 0.0);
    double gzip = weights.getOrDefault("gzip", any);
    return gzip > 0 && gzip >= weights.getOrDefault("identity", 0.0);
  }
}
