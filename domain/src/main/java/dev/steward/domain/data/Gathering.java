package dev.steward.domain.data;

import dev.steward.model.DataSet.Frequency;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Series that come in by rows or by points, with all that is wrong with them. */
final class Gathering {
  static final int MOST_VALUES = 5_000_000;
  static final int LONGEST = 100_000;
  private static final int MOST_SERIES = 10_000;
  private static final int TOLD = 20;
  private static final String WRONG_ID = "an id has 1 to 200 characters";

  /** Java reads more as a number than people write: {@code 1d}, {@code 0x1p3}. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d{1,400}(\\.\\d{0,400})?|\\.\\d{1,400})([eE][-+]?\\d{1,4})?");

  /** What every reader of a data set can write as a year of four digits. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final Map<String, Series> series = new LinkedHashMap<>();
  private final Map<String, TreeMap<Instant, Double>> points = new LinkedHashMap<>();
  private final List<Violation> wrong = new ArrayList<>();
  private final Duration step;
  private int total;

  Gathering(Frequency frequency) {
    step = frequency == Frequency.HOURLY ? Duration.ofHours(1) : Duration.ofDays(1);
  }

  void wrong(String field, String message) {
    if (wrong.size() < TOLD) wrong.add(new Violation(field, message));
  }

  /** Whether enough is wrong, or there is too much, to look no further. */
  boolean isEnough() {
    return wrong.size() >= TOLD || total > MOST_VALUES;
  }

  /** A whole series. */
  void add(String at, Series one) {
    if (!isId(one.id())) wrong(at, WRONG_ID);
    else if (!StandardCharsets.UTF_8.newEncoder().canEncode(one.id()))
      wrong(at, "the id holds half a character");
    else if (series.putIfAbsent(one.id(), one) != null)
      wrong(at, "there is a series " + one.id() + " already");
    if (one.start() != null) isInRange(at, one.start());
    total += one.values().length;
    if (total > MOST_VALUES) wrong(at, "there are at most " + MOST_VALUES + " values");
    if (series.size() > MOST_SERIES) wrong(at, "there are at most " + MOST_SERIES + " series");
  }

  /** A longer one is not kept for each of its values, nor told as the place of what is wrong. */
  private static boolean isId(String id) {
    return !id.isEmpty() && id.length() <= 200;
  }

  private boolean isInRange(String at, Instant when) {
    if (!when.isBefore(EARLIEST) && !when.isAfter(LATEST)) return true;
    wrong(at, "the timestamp must be from the year 1 to 9999");
    return false;
  }

  /** A value of a series. */
  void add(String at, String id, Instant when, double value) {
    if (!isId(id)) wrong(at, WRONG_ID);
    if (!isInRange(at, when) || !isId(id)) return;
    Double before = points.computeIfAbsent(id, k -> new TreeMap<>()).put(when, value);
    if (before != null) wrong(at, "there is a value of this series and time already");
  }

  /**
   * What came in.
   *
   * @throws dev.steward.model.ProblemException INVALID with the first violations
   */
  List<Series> series() {
    points.forEach((name, values) -> add("series " + name, even(name, values)));
    if (wrong.isEmpty() && series.isEmpty()) wrong("", "there is no series in it");
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    return List.copyOf(series.values());
  }

  /** Puts values on their steps; a step without one is a gap. */
  private Series even(String name, TreeMap<Instant, Double> values) {
    Instant start = values.firstKey();
    long steps = Duration.between(start, values.lastKey()).dividedBy(step) + 1;
    if (steps > LONGEST) {
      wrong("series " + name, "is longer than " + LONGEST + " steps");
      return new Series(name, start, new double[0]);
    }
    double[] even = new double[(int) steps];
    Arrays.fill(even, Double.NaN);
    values.forEach((when, value) -> {
      Duration since = Duration.between(start, when);
      if (!step.multipliedBy(since.dividedBy(step)).equals(since))
        wrong("series " + name, when + " is no whole number of steps behind " + start);
      even[(int) since.dividedBy(step)] = value;
    });
    return new Series(name, start, even);
  }

  double number(String at, String cell) {
    String text = cell.strip();
    if (text.isEmpty() || text.equalsIgnoreCase("nan")) return Double.NaN;
    if (NUMBER.matcher(text).matches()) return number(at, Double.parseDouble(text));
    wrong(at, "is no number");
    return Double.NaN;
  }

  /** NaN is a missing value. */
  double number(String at, double value) {
    if (Double.isNaN(value) || Math.abs(value) <= 1e15) return value;
    wrong(at, "must be from -1e15 to 1e15");
    return Double.NaN;
  }

  Instant time(String at, String text) {
    try {
      if (text.length() == 10)
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      if (text.endsWith("Z")) return Instant.parse(text);
      return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      wrong(at, "the timestamp must be like 2026-01-31 or 2026-01-31T12:00:00Z");
      return Instant.EPOCH;
    }
  }
}
