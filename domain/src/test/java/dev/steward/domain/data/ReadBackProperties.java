package dev.steward.domain.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.instancio.Instancio.gen;

import dev.steward.model.DataSet;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.Ids;
import dev.steward.model.Json;
import dev.steward.model.OrganizationId;
import dev.steward.model.Problem.Type;
import dev.steward.model.ProblemException;
import dev.steward.model.Violation;
import dev.steward.storage.Blobs;
import dev.steward.storage.Store;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.instancio.junit.InstancioExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever was taken is read by all who read data sets, and is what was sent. */
@ExtendWith(InstancioExtension.class)
final class ReadBackProperties {
  private static final List<String> PIECES =
      List.of(
          "web",
          "eu",
          ",",
          ";",
          "\"",
          "\"\"",
          "\n",
          "\r\n",
          "\r",
          " ",
          "\t",
          "=",
          "+",
          "-",
          "@",
          "'",
          "#",
          "\\",
          "ä",
          "漢",
          "😀",
          "\u00a0",
          "\ufeff",
          "\0",
          "0",
          "1e5",
          "-5",
          "null",
          "NaN",
          "2026-01-01T00:00:00Z",
          "id,start,values",
          "\u2028",
          "{",
          "]");

  private static final List<Double> VALUES =
      List.of(0.0, -0.0, 1.0, -5.5, 1e15, -1e15, Double.MIN_VALUE, 0.1, 1.0 / 3, Double.NaN);

  @TempDir private Path folder;

  private record Sent(String id, @Nullable Instant start, double[] values) {}

  private static List<Sent> drawn() {
    Map<String, Sent> sent = new LinkedHashMap<>();
    int many = gen().ints().range(1, 6).get();
    while (sent.size() < many) {
      String id = text().strip();
      if (!id.isEmpty()) sent.put(id, new Sent(id, start(), values()));
    }
    return List.copyOf(sent.values());
  }

  private static String text() {
    StringBuilder text = new StringBuilder();
    for (int i = gen().ints().range(1, 6).get(); i > 0; i--) text.append(gen().oneOf(PIECES).get());
    return text.toString();
  }

  private static @Nullable Instant start() {
    return gen().booleans().get() ? Instant.parse("2026-01-01T00:00:00Z") : null;
  }

  private static double[] values() {
    double[] values = new double[gen().ints().range(1, 6).get()];
    for (int i = 0; i < values.length; i++) values[i] = gen().oneOf(VALUES).get();
    return values;
  }

  private static byte[] json(List<Sent> sent) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Sent one : sent) {
      Map<String, Object> map = new HashMap<>();
      map.put("id", one.id());
      if (one.start() != null) map.put("start", one.start());
      map.put(
          "values",
          Arrays.stream(one.values()).mapToObj(v -> Double.isNaN(v) ? null : (Double) v).toList());
      all.add(map);
    }
    return Json.bytes(all);
  }

  /** By hand: every cell quoted, lines of either kind, and a byte order mark. */
  private static byte[] csv(List<Sent> sent) {
    StringBuilder text = new StringBuilder(gen().booleans().get() ? "\ufeff" : "");
    String end = gen().oneOf("\n", "\r\n").get();
    text.append("id,v1").append(end);
    for (Sent one : sent) {
      text.append('"').append(one.id().replace("\"", "\"\"")).append('"');
      for (double value : one.values())
        text.append(",\"").append(Double.isNaN(value) ? "" : value).append('"');
      text.append(end);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What every reader of a data set is given: trainings, forecasts, its page and its export. */
  private List<Series> readBack(DataSets sets, Store store, List<Series> taken) {
    DataSets.Draft draft =
        new DataSets.Draft("x", Frequency.DAILY, taken, sets.keep(taken), "upload", "", 0);
    DataSet set =
        store.write(t -> sets.add(t, new OrganizationId("org_sample0000"), draft, "client"));
    assertThat(set.series()).isEqualTo(taken.size());
    assertThat(Json.read(Json.bytes(set), DataSet.class)).isEqualTo(set);
    List<Series> back = sets.series(set);
    exported(back);
    return back;
  }

  /**
   * An export is CSV for spreadsheets: what they would take for a formula is led by an apostrophe.
   */
  private static void exported(List<Series> series) {
    String text = new String(SeriesCsv.export(series), StandardCharsets.UTF_8);
    try (var parser = CSVFormat.DEFAULT.parse(new StringReader(text))) {
      List<CSVRecord> rows = parser.getRecords();
      assertThat(rows).hasSize(series.size() + 1);
      for (int i = 0; i < series.size(); i++) {
        CSVRecord row = rows.get(i + 1);
        assertThat(row.get(0)).isIn(series.get(i).id(), "'" + series.get(i).id());
        if ("=+-@\t\r".indexOf(row.get(0).charAt(0)) >= 0)
          assertThat(Double.parseDouble(row.get(0))).isFinite();
        for (int v = 0; v < series.get(i).values().length; v++) {
          double value = series.get(i).values()[v];
          if (Double.isNaN(value)) assertThat(row.get(v + 2)).isEmpty();
          else assertThat(Double.parseDouble(row.get(v + 2))).isEqualTo(value);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void same(List<Series> back, List<Sent> sent, boolean ends) {
    assertThat(back).hasSameSizeAs(sent);
    for (int i = 0; i < sent.size(); i++) {
      assertThat(back.get(i).id()).isEqualTo(sent.get(i).id());
      assertThat(back.get(i).values())
          .isEqualTo(ends ? sent.get(i).values() : shortened(sent.get(i).values()));
    }
  }

  /** A row of CSV may end early, so gaps at its end are none. */
  private static double[] shortened(double[] values) {
    int length = values.length;
    while (length > 0 && Double.isNaN(values[length - 1])) length--;
    return Arrays.copyOf(values, length);
  }

  @Test
  void whatWasTakenIsReadBackAsItWasSent() {
    DataSets sets =
        new DataSets(
            new Blobs(folder.resolve("blobs")),
            Ids.random(),
            () -> Instant.parse("2026-01-01T00:00:00Z"));
    try (Store store = Store.open(folder.resolve("data"))) {
      for (int round = 0; round < 150; round++) {
        List<Sent> sent = drawn();
        List<Series> json = SeriesJson.parse(json(sent), Frequency.DAILY);
        List<Series> back = readBack(sets, store, json);
        same(back, sent, true);
        for (int i = 0; i < sent.size(); i++)
          assertThat(back.get(i).start()).isEqualTo(sent.get(i).start());
        same(readBack(sets, store, SeriesCsv.parse(csv(sent), Frequency.DAILY)), sent, false);
      }
    }
  }

  /** What an older version kept without quotes, nobody can read; but that is said. */
  @Test
  void whatAnOlderVersionKeptInPiecesIsNoFailureOfOurs() {
    Blobs blobs = new Blobs(folder.resolve("blobs"));
    DataSets sets = new DataSets(blobs, Ids.random(), () -> Instant.parse("2026-01-01T00:00:00Z"));
    try (Store store = Store.open(folder.resolve("data"))) {
      for (String row : List.of("web, eu,2026-01-01T00:00:00Z,1.0\n", "two\nlines,,1.0\n")) {
        String digest = blobs.put(("id,start,values\n" + row).getBytes(StandardCharsets.UTF_8));
        List<Series> none = List.of();
        DataSet set =
            store.write(t ->
                sets.add(
                    t,
                    new OrganizationId("org_sample0000"),
                    new DataSets.Draft("x", Frequency.DAILY, none, digest, "upload", "", 0),
                    "client"));
        assertThat(catchThrowableOfType(ProblemException.class, () -> sets.series(set)))
            .isNotNull()
            .satisfies(e -> assertThat(e.problem().type()).isEqualTo(Type.CONFLICT));
      }
    }
  }

  @Test
  void aValueOfJsonIsFoundWhereItIsSaidToBe() {
    String text =
        "[{\"id\": \"a\", \"values\": [1, null, true]}, {\"id\": \"b\", \"values\": [1e99]}]";
    assertThat(
            catchThrowableOfType(
                    ProblemException.class,
                    () -> SeriesJson.parse(text.getBytes(StandardCharsets.UTF_8), Frequency.DAILY))
                .problem()
                .violations())
        .extracting(Violation::field)
        .containsExactly("[0].values[2]", "[1].values[0]");
  }

  @Test
  void jsonThatIsNoSeriesIsRefusedWithAllThatIsWrong() {
    for (String text :
        List.of(
            "",
            "{}",
            "[",
            "[1]",
            "[{}]",
            "[{\"id\": 1, \"values\": [1]}]",
            "[{\"id\": \"a\", \"values\": 1}]",
            "[{\"id\": \"a\", \"values\": [\"1\"]}]",
            "[{\"id\": \"a\", \"values\": [1e99]}]",
            "[{\"id\": \"a\", \"values\": [NaN]}]",
            "[{\"id\": \"a\", \"values\": [1], \"start\": \"soon\"}]",
            "[{\"id\": \"a\", \"values\": [1], \"start\": \"+20000-01-01T00:00:00Z\"}]",
            "[{\"id\": \"a\", \"values\": [1], \"more\": {\"x\": []}}]",
            "[{\"id\": \"\\ud800\", \"values\": [1]}]",
            "[{\"id\": \"a\", \"values\": [1]}, {\"id\": \"a\", \"values\": [1]}]",
            "[{\"id\": \"a\", \"values\": [1]}] x",
            "[{\"id\": \"a\", \"values\": [" + "9".repeat(2_000) + "]}]",
            "[".repeat(2_000)))
      assertThat(
              catchThrowableOfType(
                  ProblemException.class,
                  () -> SeriesJson.parse(text.getBytes(StandardCharsets.UTF_8), Frequency.DAILY)))
          .as(text)
          .isNotNull();
  }

  @Test
  void aNumberIsWrittenAsPeopleWriteIt() {
    for (String cell : List.of("1d", "0x1p3", "1f", "Infinity", "1e", "--1", "1,0"))
      assertThat(
              catchThrowableOfType(
                  ProblemException.class,
                  () ->
                      SeriesCsv.parse(
                          ("id,v1\na,\"" + cell + "\"\n").getBytes(StandardCharsets.UTF_8),
                          Frequency.DAILY)))
          .as(cell)
          .isNotNull();
  }

  @Test
  void aColumnThatIsThereTwiceAndARowThatIsTooLongAreRefused() {
    for (String text :
        List.of(
            "id,timestamp,value,value\na,2026-01-01,1,2\n",
            "id,timestamp,value\na,2026-01-01,1,2\n",
            "id,timestamp,value\na,2026-01-01\n",
            "id,timestamp,value\nid,timestamp,value\n"))
      assertThat(
              catchThrowableOfType(
                  ProblemException.class,
                  () -> SeriesCsv.parse(text.getBytes(StandardCharsets.UTF_8), Frequency.DAILY)))
          .as(text)
          .isNotNull();
  }
}
