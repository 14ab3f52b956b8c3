package dev.steward.domain.data;

import dev.steward.model.DataSet.Frequency;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Series as CSV, in one of two forms: wide, {@code id,v1,v2,…} with a series a row, and long, with
 * the columns {@code id}, {@code timestamp} and {@code value} in any order and a value a row. An
 * empty cell is a missing value. Cells may be quoted (RFC 4180).
 */
public final class SeriesCsv {
  private static final List<String> TALL = List.of("id", "timestamp", "value");
  private static final CSVFormat READ =
      CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).get();

  private static final CSVFormat KEPT = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  /** How they were kept before: a quote was a part of an id. */
  private static final CSVFormat UNQUOTED = KEPT.builder().setQuote(null).get();

  private final Gathering gathering;

  private SeriesCsv(Gathering gathering) {
    this.gathering = gathering;
  }

  /**
   * @throws dev.steward.model.ProblemException INVALID with the first violations, by line
   */
  public static List<Series> parse(byte[] content, Frequency frequency) {
    Gathering gathering = new Gathering(frequency);
    new SeriesCsv(gathering)
        .read(text(content, "is not CSV in UTF-8; compressed files are not taken"));
    return gathering.series();
  }

  /** Bytes that are not UTF-8 are refused and not replaced; a byte order mark is passed over. */
  static String text(byte[] content, String otherwise) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(content))
              .toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw Problem.invalid(List.of(new Violation("", otherwise)));
    }
  }

  private void read(String text) {
    Rationed rationed = new Rationed(text);
    String at = "line 1";
    try (CSVParser parser = READ.parse(rationed)) {
      Iterator<CSVRecord> rows = parser.iterator();
      if (!rows.hasNext()) return;
      List<String> header =
          Arrays.stream(rows.next().values()).map(h -> h.strip().toLowerCase(Locale.ROOT)).toList();
      if (!isTall(header) && header.size() < 2)
        gathering.wrong(at, "needs a header: id,v1,v2,… or id,timestamp,value");
      if (isTall(header) && !header.containsAll(TALL)) {
        gathering.wrong(at, "needs the columns id, timestamp and value");
        return;
      }
      for (String name : TALL)
        if (isTall(header) && Collections.frequency(header, name) > 1) {
          gathering.wrong(at, "has the column " + name + " twice");
          return;
        }
      while (!gathering.isEnough()) {
        rationed.refill();
        at = "line " + (parser.getCurrentLineNumber() + 1);
        if (!rows.hasNext()) return;
        String[] cells = rows.next().values();
        if (cells.length == 1 && cells[0].isBlank()) continue;
        if (isTall(header)) tall(at, header, cells);
        else wide(at, cells);
      }
    } catch (IOException | UncheckedIOException e) {
      gathering.wrong(
          at,
          rationed.isSpent()
              ? "a row has at most " + Rationed.LONGEST + " characters"
              : "has a quote that is not closed, or something behind one that is");
    }
  }

  private static boolean isTall(List<String> header) {
    return header.contains("timestamp") || header.contains("value");
  }

  private void wide(String at, String[] cells) {
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

  private void tall(String at, List<String> header, String[] cells) {
    if (cells.length != header.size()) {
      gathering.wrong(at, "has " + cells.length + " cells, the header " + header.size());
      return;
    }
    gathering.add(
        at,
        cells[header.indexOf("id")].strip(),
        gathering.time(at, cells[header.indexOf("timestamp")].strip()),
        gathering.number(at, cells[header.indexOf("value")]));
  }

  /** The one way in which series are kept: what the digest of a data set is made of. */
  public static byte[] write(List<Series> series) {
    StringBuilder text = new StringBuilder("id,start,values\n");
    try (CSVPrinter printer = new CSVPrinter(text, KEPT)) {
      for (Series one : series) printer.printRecord(cells(one));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Series for people and their spreadsheets. */
  public static byte[] export(List<Series> series) {
    Csv csv = new Csv("id", "start", "values");
    for (Series one : series) csv.row(cells(one).toArray());
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Stream<@Nullable Object> cells(Series one) {
    return Stream.concat(
        Stream.of(one.id(), Objects.requireNonNullElse(one.start(), "")),
        Arrays.stream(one.values()).mapToObj(v -> Double.isNaN(v) ? "" : v));
  }

  /**
   * Reads what {@link #write} wrote, or what it wrote before it knew quotes: then they are a part
   * of the id, and what is read as quoted would not be written so.
   *
   * @throws UnreadableException if it can be read in neither way
   */
  public static List<Series> readBack(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    if (text.indexOf('"') < 0) return readBack(text, KEPT);
    try {
      List<Series> quoted = readBack(text, KEPT);
      if (Arrays.equals(write(quoted), content)) return quoted;
    } catch (UncheckedIOException | UnreadableException olderQuotes) {
      // An id of before may hold a quote that none closes, or cells that are then taken for others.
    }
    return readBack(text, UNQUOTED);
  }

  private static List<Series> readBack(String text, CSVFormat format) {
    try (CSVParser parser = format.parse(new StringReader(text))) {
      return parser.stream().skip(1).map(row -> kept(row.values())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is kept was not written as it is read. */
  static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableException(@Nullable Throwable cause) {
      super("it was not kept as series are", cause);
    }
  }

  private static Series kept(String[] cells) {
    if (cells.length < 2) throw new UnreadableException(null);
    try {
      return series(cells);
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new UnreadableException(e);
    }
  }

  private static Series series(String[] cells) {
    double[] values = new double[cells.length - 2];
    for (int i = 0; i < values.length; i++)
      values[i] = cells[i + 2].isEmpty() ? Double.NaN : Double.parseDouble(cells[i + 2]);
    return new Series(cells[0], cells[1].isEmpty() ? null : Instant.parse(cells[1]), values);
  }

  /** A parser keeps a whole row: this gives it no more than a row may have. */
  private static final class Rationed extends Reader {
    static final int LONGEST = 4 << 20;

    private final StringReader text;
    private int left = LONGEST;

    Rationed(String text) {
      this.text = new StringReader(text);
    }

    void refill() {
      left = LONGEST;
    }

    boolean isSpent() {
      return left < 0;
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
      int read = text.read(into, from, length);
      left -= read;
      if (isSpent()) throw new IOException("the row is too long");
      return read;
    }

    @Override
    public void close() {
      text.close();
    }
  }
}
