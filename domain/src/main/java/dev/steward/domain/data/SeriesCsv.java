package dev.steward.domain.data;

import dev.steward.model.DataSet.Frequency;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Series as CSV, in one of two forms: wide, {@code id,v1,v2,…} with a series a row, and long, with
 * the columns {@code id}, {@code timestamp} and {@code value} in any order and a value a row. An
 * empty cell is a missing value.
 */
public final class SeriesCsv {
  private final Gathering gathering;

  private SeriesCsv(Gathering gathering) {
    this.gathering = gathering;
  }

  /**
   * @throws dev.steward.model.ProblemException INVALID with the first violations, by line
   */
  public static List<Series> parse(byte[] content, Frequency frequency) {
    Gathering gathering = new Gathering(frequency);
    new SeriesCsv(gathering).read(text(content));
    return gathering.series();
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

  private void read(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty()) return;
    List<String> header =
        Arrays.stream(lines.getFirst().split(",", -1))
            .map(h -> h.strip().toLowerCase(Locale.ROOT))
            .toList();
    if (header.contains("timestamp") || header.contains("value")) {
      tall(header, lines);
      return;
    }
    if (header.size() < 2)
      gathering.wrong("line 1", "needs a header: id,v1,v2,… or id,timestamp,value");
    for (int i = 1; i < lines.size() && !gathering.isEnough(); i++) {
      if (lines.get(i).isBlank()) continue;
      String[] cells = lines.get(i).split(",", -1);
      String at = "line " + (i + 1);
      int length = cells.length - 1;
      // Rows may end early; what is missing within is a gap.
      while (length > 0 && cells[length].isBlank()) length--;
      if (length > Gathering.LONGEST)
        gathering.wrong(at, "a series has at most " + Gathering.LONGEST + " values");
      double[] values = new double[Math.min(length, Gathering.LONGEST)];
      for (int v = 0; v < values.length; v++)
        values[v] = gathering.number(at + ", column " + (v + 2), cells[v + 1]);
      gathering.add(at, new Series(cells[0].strip(), null, values));
    }
  }

  private void tall(List<String> header, List<String> lines) {
    int id = header.indexOf("id");
    int time = header.indexOf("timestamp");
    int value = header.indexOf("value");
    if (id < 0 || time < 0 || value < 0) {
      gathering.wrong("line 1", "needs the columns id, timestamp and value");
      return;
    }
    for (int i = 1; i < lines.size() && !gathering.isEnough(); i++) {
      if (lines.get(i).isBlank()) continue;
      String[] cells = lines.get(i).split(",", -1);
      String at = "line " + (i + 1);
      if (cells.length < header.size()) {
        gathering.wrong(at, "has " + cells.length + " cells, the header " + header.size());
        continue;
      }
      gathering.add(
          at,
          cells[id].strip(),
          gathering.time(at, cells[time].strip()),
          gathering.number(at, cells[value]));
    }
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
