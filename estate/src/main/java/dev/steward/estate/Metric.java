package dev.steward.estate;

import dev.steward.model.Resource;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * A CloudWatch metric of a kind, read as one value a day, or one an hour.
 *
 * @param dimension the dimension that names the resource
 * @param value the resource's attribute that is the dimension's value; {@code id} for its id
 * @param fixed further dimensions
 * @param named further dimensions whose values are attributes of the resource, by their names
 * @param statistic Average, Sum, Maximum or SampleCount over each day or hour
 * @param absence what it means when there is no datapoint at all
 * @param silence where AWS says that no datapoint means nothing happened; empty where it does not
 * @param only what a resource must be for the metric to be asked of it: attributes, or its {@code
 *     state}, and values
 * @param inDoubt whether it is asked only of what would be waste but for it
 */
public record Metric(
    String id,
    String namespace,
    String name,
    String dimension,
    String value,
    Map<String, String> fixed,
    Map<String, String> named,
    String statistic,
    String unit,
    Absence absence,
    String silence,
    Resolution resolution,
    Map<String, String> only,
    boolean inDoubt) {

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

    /**
     * How many of the newest values belong to the day that is not over when the window is asked.
     */
    public int unfinished(Instant now) {
      return this == DAILY ? 1 : now.atOffset(ZoneOffset.UTC).getHour();
    }

    /** How many values a day has. */
    public int perDay() {
      return 86_400 / seconds;
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
    named = Map.copyOf(named);
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

  /** One that is published of every resource all the time, read as one value a day. */
  public static Row of(
      String id, String namespace, String name, String dimension, String statistic, String unit) {
    return new Row(id, namespace, name, dimension, statistic, unit);
  }

  /** A metric being written. */
  public static final class Row {
    private final String id;
    private final String namespace;
    private final String name;
    private final String dimension;
    private final String statistic;
    private final String unit;
    private String value = "id";
    private Map<String, String> fixed = Map.of();
    private Map<String, String> named = Map.of();
    private String silence = "";
    private Resolution resolution = Resolution.DAILY;
    private Map<String, String> only = Map.of();
    private boolean inDoubt;

    private Row(
        String id, String namespace, String name, String dimension, String statistic, String unit) {
      this.id = id;
      this.namespace = namespace;
      this.name = name;
      this.dimension = dimension;
      this.statistic = statistic;
      this.unit = unit;
    }

    /** Not the id, but this attribute is the dimension's value. */
    public Row named(Attribute<?> attribute) {
      value = attribute.name();
      return this;
    }

    public Row with(String further, String is) {
      fixed = Map.of(further, is);
      return this;
    }

    /** A further dimension, whose value is this attribute of the resource. */
    public Row with(String further, Attribute<?> is) {
      named = Map.of(further, is.name());
      return this;
    }

    /** Published only when something happens. */
    public Row silentWhenNothingHappens(String source) {
      silence = source;
      return this;
    }

    /** One value an hour; an hour without one is unknown. */
    public Row hourly() {
      resolution = Resolution.HOURLY;
      return this;
    }

    public Row only(Map<String, String> must) {
      only = must;
      return this;
    }

    /** Asked only of what would be waste but for it. */
    public Row whenInDoubt() {
      inDoubt = true;
      return this;
    }

    Metric row() {
      Absence absence = silence.isEmpty() ? Absence.MEANS_UNKNOWN : Absence.MEANS_ZERO;
      return new Metric(
          id,
          namespace,
          name,
          dimension,
          value,
          fixed,
          named,
          statistic,
          unit,
          absence,
          silence,
          resolution,
          only,
          inDoubt);
    }
  }
}
