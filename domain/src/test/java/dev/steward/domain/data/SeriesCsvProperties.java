package dev.steward.domain.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.instancio.Instancio.gen;

import dev.steward.model.DataSet.Frequency;
import dev.steward.model.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds for every CSV, however odd. */
@ExtendWith(InstancioExtension.class)
final class SeriesCsvProperties {
  private static final List<String> PIECES =
      List.of(
          "id",
          "timestamp",
          "value",
          "v1",
          "a",
          "b",
          ",",
          ",",
          ",",
          "\n",
          "\n",
          "\r\n",
          "\r",
          "\"",
          "\"\"",
          " ",
          "\t",
          "\0",
          "\ufeff",
          "-1",
          "1e300",
          "NaN",
          "2026-01-01",
          "2026-01-02T00:00:00Z",
          "9999-12-31",
          "ä",
          "\\",
          "'",
          "#",
          ";");

  @Test
  void whateverComesIsReadOrRefused() {
    for (int round = 0; round < 3_000; round++) {
      String header = gen().oneOf("id,v1,v2\n", "id,timestamp,value\n", "").get();
      String text = header + text(gen().ints().range(0, 40).get());
      try {
        assertThat(SeriesCsv.parse(text.getBytes(StandardCharsets.UTF_8), Frequency.DAILY))
            .as(text)
            .isNotEmpty();
      } catch (ProblemException told) {
        assertThat(told.problem().violations()).as(text).hasSizeBetween(1, 20);
      }
    }
  }

  private static String text(int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) text.append(gen().oneOf(PIECES).get());
    return text.toString();
  }

  @Test
  void whatIsKeptComesBack() {
    for (int round = 0; round < 1_000; round++) {
      List<Series> series = new ArrayList<>();
      for (int i = gen().ints().range(1, 5).get(); i > 0; i--)
        series.add(new Series("s" + i + text(gen().ints().range(0, 5).get()), null, values()));
      byte[] kept = SeriesCsv.write(series);
      List<Series> back = SeriesCsv.readBack(kept);
      assertThat(back).extracting(Series::id).isEqualTo(series.stream().map(Series::id).toList());
      assertThat(SeriesCsv.write(back)).isEqualTo(kept);
    }
  }

  private static double[] values() {
    double[] values = new double[gen().ints().range(1, 6).get()];
    for (int i = 0; i < values.length; i++)
      values[i] = gen().booleans().get() ? Double.NaN : gen().doubles().range(-1e15, 1e15).get();
    return values;
  }
}
