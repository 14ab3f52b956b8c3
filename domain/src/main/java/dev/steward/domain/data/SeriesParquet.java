package dev.steward.domain.data;

import dev.hardwood.HardwoodContext;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Series as Parquet, a value a row: the columns {@code id} (text), {@code timestamp} (a timestamp,
 * a date or a text) and {@code value} (a number); others are not looked at. Null is a missing
 * value.
 */
public final class SeriesParquet {
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
            ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(content)), context);
        RowReader rows = file.rowReader()) {
      read(rows, gathering);
    } catch (IOException | RuntimeException unreadable) {
      // What its bytes mean is only known when it is read; no page of it is too large, though.
      throw invalid("it cannot be read as Parquet");
    }
    return gathering.series();
  }

  private static RuntimeException invalid(@Nullable String why) {
    return Problem.invalid(List.of(new Violation("", String.valueOf(why))));
  }

  private static void read(RowReader rows, Gathering gathering) {
    List<String> names = new ArrayList<>();
    for (int row = 1; rows.hasNext() && !gathering.isEnough(); row++) {
      rows.next();
      if (row == 1) {
        for (int i = 0; i < rows.getFieldCount(); i++) names.add(rows.getFieldName(i));
        if (!names.containsAll(List.of("id", "timestamp", "value"))) {
          gathering.wrong("columns", "needs id, timestamp and value; it has " + names);
          return;
        }
      }
      String at = "row " + row;
      if (rows.isNull("id") || rows.isNull("timestamp")) {
        gathering.wrong(at, "has no id or no timestamp");
        continue;
      }
      gathering.add(
          at,
          String.valueOf(rows.getValue("id")).strip(),
          time(at, rows.getValue("timestamp"), gathering),
          rows.isNull("value") ? Double.NaN : value(at, rows.getValue("value"), gathering));
    }
  }

  private static double value(String at, Object value, Gathering gathering) {
    if (value instanceof Number number) return gathering.number(at, number.doubleValue());
    gathering.wrong(at, "the value is no number");
    return Double.NaN;
  }

  private static Instant time(String at, Object value, Gathering gathering) {
    return switch (value) {
      case Instant instant -> instant;
      case LocalDate date -> date.atStartOfDay().toInstant(ZoneOffset.UTC);
      case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
      case Object text -> gathering.time(at, String.valueOf(text));
    };
  }
}
