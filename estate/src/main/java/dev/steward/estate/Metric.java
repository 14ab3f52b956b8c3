package dev.steward.estate;

import dev.steward.model.Resource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * A CloudWatch metric of a kind, read as one value a day, or one an hour.
 *
 * @param dimension the dimension that names the resource
 * @param value the resource's attribute that is the dimension's value; {@code id} for its id
 * @param fixed further dimensions
 * @param statistic Average, Sum, Maximum or SampleCount over each day or hour
 * @param absence what it means when there is no datapoint at all
 * @param silence where AWS says that no datapoint means nothing happened; empty where it does not
 * @param only what a resource must be for the metric to be asked of it: attributes, or its {@code
 *     state}, and values
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
    Absence absence,
    String silence,
    Resolution resolution,
    Map<String, String> only) {

  /** How many days of metrics are asked for. */
  public static final int WINDOW_DAYS = 14;

  /** How far apart values are, and how far back they are asked for. */
  public enum Resolution {
    DAILY(86_400, WINDOW_DAYS),
    /** Six weeks: a fortnight to learn a peak from, one that came after it, and one in between. */
    HOURLY(3_600, 42);

    private final int seconds;
    private final int days;

    Resolution(int seconds, int days) {
      this.seconds = seconds;
      this.days = days;
    }

    /** CloudWatch's period. */
    public int seconds() {
      return seconds;
    }

    /** The window that is asked for. */
    public int days() {
      return days;
    }

    /** How many values there are in the window. */
    public int length() {
      return days * 86_400 / seconds;
    }

    /**
     * Where the window ends that is asked for at this moment: the hours that are over, or today.
     */
    public Instant end(Instant now) {
      return this == HOURLY
          ? now.truncatedTo(ChronoUnit.HOURS)
          : now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    }
  }

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
    only = Map.copyOf(only);
    if ((absence == Absence.MEANS_ZERO) == silence.isEmpty())
      throw new IllegalArgumentException(id + ": who says that silence means zero?");
  }

  /** Whether the metric is published of the resource at all. */
  public boolean isOf(Resource resource) {
    return only.entrySet().stream()
        .allMatch(must ->
            must.getValue()
                .equals(
                    must.getKey().equals("state")
                        ? resource.state()
                        : resource.attribute(must.getKey())));
  }

  /** Published all the time: no datapoint means that nobody knows. */
  public static Metric of(
      String id, String namespace, String name, String dimension, String statistic, String unit) {
    return new Metric(
        id,
        namespace,
        name,
        dimension,
        "id",
        Map.of(),
        statistic,
        unit,
        Absence.MEANS_UNKNOWN,
        "",
        Resolution.DAILY,
        Map.of());
  }

  /**
   * Published only when something happens.
   *
   * @param silence where AWS says so
   */
  public static Metric quiet(
      String id,
      String namespace,
      String name,
      String dimension,
      String statistic,
      String unit,
      String silence) {
    return new Metric(
        id,
        namespace,
        name,
        dimension,
        "id",
        Map.of(),
        statistic,
        unit,
        Absence.MEANS_ZERO,
        silence,
        Resolution.DAILY,
        Map.of());
  }

  /** Each type of balancer has a namespace and metrics of its own. */
  public static Metric balancer(
      String id, String namespace, String name, String statistic, String type) {
    return new Metric(
        id,
        namespace,
        name,
        "LoadBalancer",
        "dimension",
        Map.of(),
        statistic,
        "count",
        Absence.MEANS_ZERO,
        "Elastic Load Balancing user guides, CloudWatch metrics: where no requests flow through the load balancer, the metric is not reported",
        Resolution.DAILY,
        Map.of("type", type));
  }

  /**
   * How often a volume that is attached to nothing has told of itself all the same: as long as it
   * was attached. The count is above zero whether it was idle then or busy.
   */
  public static Metric attached() {
    return new Metric(
        "attached",
        "AWS/EBS",
        "VolumeIdleTime",
        "VolumeId",
        "id",
        Map.of(),
        "SampleCount",
        "count",
        Absence.MEANS_ZERO,
        "EBS user guide, Amazon CloudWatch metrics for Amazon EBS: volumes send metrics only while they are attached to an instance; VolumeIdleTime not where several may attach them",
        Resolution.DAILY,
        Map.of("state", "available", "multi_attach", "false"));
  }

  /** The maximum of each hour; an hour without one is unknown. */
  public static Metric hourlyMaximum(
      String id, String namespace, String name, String dimension, String unit) {
    return new Metric(
        id,
        namespace,
        name,
        dimension,
        "id",
        Map.of(),
        "Maximum",
        unit,
        Absence.MEANS_UNKNOWN,
        "",
        Resolution.HOURLY,
        Map.of());
  }
}
