package dev.steward.ml.data;

import dev.steward.model.DataSet.Frequency;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Series as CSV, in one of two forms: wide, {@code id,v1,v2,…} with a series a row, and long, with
 * the columns {@code id}, {@code timestamp} and {@code value} in any order and a value a row. An
 * empty cell is a missing value.
 */
public final class SeriesCsv {
  private static final int MOST_SERIES = 10_000;
  private static final int LONGEST = 100_000;
  private static final int MOST_VALUES = 5_000_000;
  private static final int TOLD = 20;

  private final List<Violation> wrong = new ArrayList<>();
  private int total;
  private final Duration step;

  private SeriesCsv(Frequency frequency) {
    step = frequency == Frequency.HOURLY ? Duration.ofHours(1) : Duration.ofDays(1);
  }

  /**
   * @throws dev.steward.model.ProblemException INVALID with the first violations, by line
   */
  public static List<Series> parse(byte[] content, Frequency frequency) {
    SeriesCsv csv = new SeriesCsv(frequency);
    List<Series> series = csv.read(text(content));
    if (csv.wrong.isEmpty() && series.isEmpty())
      csv.wrong("", "there is no series below the header");
    if (!csv.wrong.isEmpty()) throw Problem.invalid(csv.wrong);
    return series;
  }

  private static String text(byte[] content) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(content))
          .toString();
    } catch (CharacterCodingException e) {
      throw Problem.invalid(
          List.of(new Violation("", "is not CSV in UTF-8; compressed files are not taken")));
    }
  }

  private List<Series> read(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty()) return List.of();
    List<String> header =
        Arrays.stream(lines.getFirst().split(",", -1))
            .map(h -> h.strip().toLowerCase(Locale.ROOT))
            .toList();
    if (header.contains("timestamp") || header.contains("value")) return tall(header, lines);
    if (header.size() < 2) wrong("line 1", "needs a header: id,v1,v2,… or id,timestamp,value");
    Map<String, Series> series = new LinkedHashMap<>();
    for (int i = 1; i < lines.size() && wrong.size() < TOLD && total <= MOST_VALUES; i++) {
      if (lines.get(i).isBlank()) continue;
      String[] cells = lines.get(i).split(",", -1);
      String at = "line " + (i + 1);
      int length = cells.length - 1;
      // Rows may end early; what is missing within is a gap.
      while (length > 0 && cells[length].isBlank()) length--;
      if (length > LONGEST) wrong(at, "a series has at most " + LONGEST + " values");
      double[] values = new double[Math.min(length, LONGEST)];
      for (int v = 0; v < values.length; v++)
        values[v] = number(at + ", column " + (v + 2), cells[v + 1]);
      add(series, at, new Series(cells[0].strip(), null, values));
    }
    return List.copyOf(series.values());
  }

  private void add(Map<String, Series> series, String at, Series one) {
    if (one.id().isEmpty() || one.id().length() > 200) wrong(at, "an id has 1 to 200 characters");
    else if (series.putIfAbsent(one.id(), one) != null)
      wrong(at, "there is a series " + one.id() + " already");
    total += one.values().length;
    if (total > MOST_VALUES) wrong(at, "there are at most " + MOST_VALUES + " values");
    if (series.size() > MOST_SERIES) wrong(at, "there are at most " + MOST_SERIES + " series");
  }

  private List<Series> tall(List<String> header, List<String> lines) {
    int id = header.indexOf("id");
    int time = header.indexOf("timestamp");
    int value = header.indexOf("value");
    if (id < 0 || time < 0 || value < 0) {
      wrong("line 1", "needs the columns id, timestamp and value");
      return List.of();
    }
    Map<String, TreeMap<Instant, Double>> points = new LinkedHashMap<>();
    for (int i = 1; i < lines.size() && wrong.size() < TOLD; i++) {
      if (lines.get(i).isBlank()) continue;
      String[] cells = lines.get(i).split(",", -1);
      String at = "line " + (i + 1);
      if (cells.length < header.size()) {
        wrong(at, "has " + cells.length + " cells, the header " + header.size());
        continue;
      }
      Instant when = time(at, cells[time].strip());
      Double before =
          points
              .computeIfAbsent(cells[id].strip(), k -> new TreeMap<>())
              .put(when, number(at, cells[value]));
      if (before != null) wrong(at, "there is a value of this series and time already");
    }
    Map<String, Series> series = new LinkedHashMap<>();
    points.forEach((name, values) -> add(series, "series " + name, even(name, values)));
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
      if (since.toMillis() % step.toMillis() != 0)
        wrong("series " + name, when + " is no whole number of steps behind " + start);
      even[(int) since.dividedBy(step)] = value;
    });
    return new Series(name, start, even);
  }

  private double number(String at, String cell) {
    String text = cell.strip();
    if (text.isEmpty() || text.equalsIgnoreCase("nan")) return Double.NaN;
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value) && Math.abs(value) <= 1e15) return value;
      wrong(at, "must be from -1e15 to 1e15");
    } catch (NumberFormatException e) {
      wrong(at, "is no number");
    }
    return Double.NaN;
  }

  private Instant time(String at, String text) {
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

  private void wrong(String field, String message) {
    if (wrong.size() < TOLD) wrong.add(new Violation(field, message));
  }

  /** The one way in which series are kept: what the digest of a data set is made of. */
  public static byte[] write(List<Series> series) {
    StringBuilder text = new StringBuilder("id,start,values\n");
    for (Series one : series) {
      text.append(one.id()).append(',').append(one.start() == null ? "" : one.start());
      for (double value : one.values())
        text.append(',').append(Double.isNaN(value) ? "" : Double.toString(value));
      text.append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads what {@link #write} wrote. */
  public static List<Series> readBack(byte[] content) {
    return new String(content, StandardCharsets.UTF_8)
        .lines()
        .skip(1)
        .map(line -> {
          String[] cells = line.split(",", -1);
          double[] values = new double[cells.length - 2];
          for (int i = 0; i < values.length; i++)
            values[i] = cells[i + 2].isEmpty() ? Double.NaN : Double.parseDouble(cells[i + 2]);
          return new Series(cells[0], cells[1].isEmpty() ? null : Instant.parse(cells[1]), values);
        })
        .toList();
  }
}
