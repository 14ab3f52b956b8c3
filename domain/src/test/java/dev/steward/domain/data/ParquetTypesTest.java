package dev.steward.domain.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.model.DataSet.Frequency;
import dev.steward.model.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every type that a column of Parquet may have: read as what it says, or refused by its name. */
final class ParquetTypesTest {
  private static byte[] file(String name) throws IOException {
    try (InputStream in =
        ParquetTypesTest.class.getResourceAsStream("/parquet/types/" + name + ".parquet")) {
      if (in == null) throw new IllegalStateException("there is no " + name);
      return in.readAllBytes();
    }
  }

  private static Series one(String name) throws IOException {
    byte[] content = file(name);
    Series read = SeriesParquet.parse(content, Frequency.DAILY).getFirst();
    // What was taken is read back as it was taken.
    Series back = SeriesCsv.readBack(SeriesCsv.write(java.util.List.of(read))).getFirst();
    assertThat(back.id()).isEqualTo(read.id());
    assertThat(back.start()).isEqualTo(read.start());
    assertThat(back.values()).isEqualTo(read.values());
    return read;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "string,`web, eu`",
        "large-string,web",
        "dictionary,web",
        "uuid,00010203-0405-0607-0809-0a0b0c0d0e0f",
        "json,`{\"a\": 1}`",
        "uint8,255",
        "uint16,65535",
        "uint32,4294967295",
        "uint64,18446744073709551615",
        "int8,-128",
        "int16,-32768",
        "int32,-2147483648",
        "int64,-9223372036854775808",
        "date,2026-01-02"
      })
  void idsAreReadAsTheirTypeSays(String type, String id) throws IOException {
    assertThat(one("id-" + type).id()).isEqualTo(id);
  }

  @Test
  void anIdMayHaveLinesAndQuotes() throws IOException {
    assertThat(one("id-line").id()).isEqualTo("two\nlines\r\n\"x\"");
  }

  @ParameterizedTest
  @CsvSource({
    "uint8,255",
    "uint16,65535",
    "uint32,4294967295",
    "uint64,1e15",
    "int8,-128",
    "int16,-32768",
    "int32,-2147483648",
    "int64,-1e15",
    "float16,1.5",
    "float,1.5",
    "decimal,-12.34",
    "decimal9,12.34",
    "null,"
  })
  void valuesAreReadAsTheirTypeSays(String type, @Nullable Double value) throws IOException {
    assertThat(one("value-" + type).values()).containsExactly(value == null ? Double.NaN : value);
  }

  @ParameterizedTest
  @CsvSource({
    "ms,2026-01-01T12:00:00Z",
    "us,2026-01-01T12:00:00Z",
    "ns,2026-01-01T12:00:00Z",
    "ms-utc,2026-01-01T12:00:00Z",
    "us-utc,2026-01-01T12:00:00Z",
    "ns-utc,2026-01-01T12:00:00Z",
    "zone,2026-01-01T12:00:00Z",
    "old,1969-12-31T12:00:00Z",
    "int96,2026-01-01T12:00:00Z",
    "date64,2026-01-01T00:00:00Z",
    "string,2026-01-01T12:00:00Z"
  })
  void timesAreReadAsTheirTypeSays(String type, Instant time) throws IOException {
    assertThat(one("time-" + type).start()).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "id-binary,column id",
    "id-fixed,column id",
    "id-double,column id",
    "id-bool,column id",
    "id-timestamp,column id",
    "id-struct,column id",
    "value-bool,column value",
    "value-string,column value",
    "value-date,column value",
    "value-time,column value",
    "value-timestamp,column value",
    "value-binary,column value",
    "value-struct,column value",
    "time-int64,column timestamp",
    "time-time,column timestamp"
  })
  void anotherTypeIsRefusedByTheColumnsName(String name, String column) {
    assertThatThrownBy(() -> one(name))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem().violations())
                    .singleElement()
                    .satisfies(v -> assertThat(v.field()).isEqualTo(column))
                    .satisfies(v -> assertThat(v.message()).contains("it must be")));
  }

  @ParameterizedTest
  @CsvSource({"value-uint64-large", "time-far", "id-list"})
  void whatIsTooLargeIsRefused(String name) {
    assertThatThrownBy(() -> one(name)).isInstanceOf(ProblemException.class);
  }
}
