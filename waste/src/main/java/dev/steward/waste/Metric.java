package dev.steward.waste;

import java.util.Map;

/**
 * A CloudWatch metric of a kind, read as one value a day.
 *
 * @param dimension the dimension that names the resource
 * @param value the resource's attribute that is the dimension's value; {@code id} for its id
 * @param fixed further dimensions
 * @param statistic Average, Sum or Maximum over each day
 * @param absence what it means when there is no datapoint at all
 */
public record Metric(
    String id,
    String namespace,
    String name,
    String dimension,
    String value,
    Map<String, String> fixed,
    String statistic,
    String unit,
    Absence absence) {

  /**
   * Some metrics are published only when something happens, so that no datapoint means nothing
   * happened; others are published all the time, so that no datapoint means nobody knows.
   */
  public enum Absence {
    MEANS_ZERO,
    MEANS_UNKNOWN
  }

  public Metric {
    fixed = Map.copyOf(fixed);
  }

  static Metric of(
      String id,
      String namespace,
      String name,
      String dimension,
      String statistic,
      String unit,
      Absence absence) {
    return new Metric(id, namespace, name, dimension, "id", Map.of(), statistic, unit, absence);
  }
}
