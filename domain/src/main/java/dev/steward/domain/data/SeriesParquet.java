package dev.steward.domain.data;

import static java.util.stream.Collectors.toCollection;

import dev.hardwood.HardwoodContext;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnProjection;
import dev.hardwood.schema.FileSchema;
import dev.hardwood.schema.SchemaNode;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Series as Parquet, a value a row: the columns {@code id} (a text, a whole number, a UUID or a
 * date), {@code timestamp} (a timestamp, a date or a text) and {@code value} (a number); others are
 * not looked at. Null is a missing value. A column of another type is refused by its name.
 */
public final class SeriesParquet {
  static final List<String> COLUMNS = List.of("id", "timestamp", "value");
  private static final String IDS = "a text, a whole number, a UUID or a date";
  private static final String TIMES = "a timestamp, a date or a text";
  private static final String NUMBERS = "a number";

  private SeriesParquet() {}

  /**
   * @throws dev.steward.model.ProblemException INVALID with the first violations, by row
   */
  public static List<Series> parse(byte[] content, Frequency frequency) {
    try {
      ParquetGuard.check(content);
    } catch (IllegalArgumentException no) {
      throw invalid(no.getMessage());
    }
    Gathering gathering = new Gathering(frequency);
    // A context of its own: what a broken file leaves undone ends with it.
    try (HardwoodContext context = HardwoodContext.create(1);
        ParquetFileReader file =
            ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(content)), context)) {
      read(file, gathering);
    } catch (IOException | RuntimeException unreadable) {
      // What its bytes mean is only known when it is read; no page of it is too large, though.
      throw invalid("it cannot be read as Parquet");
    }
    return gathering.series();
  }

  private static RuntimeException invalid(@Nullable String why) {
    return Problem.invalid(List.of(new Violation("", String.valueOf(why))));
  }

  private static void read(ParquetFileReader file, Gathering gathering) throws IOException {
    FileSchema schema = file.getFileSchema();
    Set<String> names =
        schema.getRootNode().children().stream()
            .map(SchemaNode::name)
            .collect(toCollection(TreeSet::new));
    if (!names.containsAll(COLUMNS)) {
      gathering.wrong("columns", "needs id, timestamp and value; it has " + names);
      return;
    }
    var id = ParquetColumn.of(schema, "id", ParquetColumn::id, IDS, gathering);
    var time =
        ParquetColumn.of(
            schema, "timestamp", (p, l) -> ParquetColumn.time(p, l, gathering), TIMES, gathering);
    var value = ParquetColumn.of(schema, "value", ParquetColumn::number, NUMBERS, gathering);
    if (id.isEmpty() || time.isEmpty() || value.isEmpty()) return;
    ColumnProjection projection = ColumnProjection.columns(COLUMNS.toArray(String[]::new));
    try (RowReader rows = file.buildRowReader().projection(projection).build()) {
      for (int row = 1; rows.hasNext() && !gathering.isEnough(); row++) {
        rows.next();
        read("row " + row, rows, id.get(), time.get(), value.get(), gathering);
      }
    }
  }

  private static void read(
      String at,
      RowReader rows,
      ParquetColumn<String> ids,
      ParquetColumn<Instant> times,
      ParquetColumn<Double> values,
      Gathering gathering) {
    String column = "id";
    try {
      String id = ids.read(rows);
      column = "timestamp";
      Instant time = times.read(rows);
      column = "value";
      Double value = values.read(rows);
      if (id == null || time == null) gathering.wrong(at, "has no id or no timestamp");
      else
        gathering.add(
            at, id.strip(), time, value == null ? Double.NaN : gathering.number(at, value));
    } catch (ParquetColumn.UnreadableException e) {
      gathering.wrong(at, "the " + column + " " + e.getMessage());
    }
  }
}
