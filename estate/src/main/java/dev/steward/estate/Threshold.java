package dev.steward.estate;

/**
 * A setting of a check.
 *
 * @param value the default
 * @param minimum and {@code maximum} bound what an organization may set
 */
public record Threshold(
    String name, double value, double minimum, double maximum, String unit, String meaning) {
  private static final int TEN_YEARS = 3_650;

  public static final Threshold MIN_DATAPOINTS =
      new Threshold(
          "min_datapoints",
          7,
          1,
          Metric.WINDOW_DAYS,
          "days",
          "with fewer days of data the answer is unknown");

  public static Threshold minAge(double days, String meaning) {
    return days("min_age_days", days, 0, meaning);
  }

  public static Threshold days(String name, double value, double minimum, String meaning) {
    return new Threshold(name, value, minimum, TEN_YEARS, "days", meaning);
  }
}
