package dev.steward.activities.waste;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.data.OwnSeries.Hourly;
import dev.steward.domain.data.Series;
import dev.steward.domain.serve.Champions;
import dev.steward.domain.serve.Forecasts;
import dev.steward.model.AccountId;
import dev.steward.model.OrganizationId;
import dev.steward.storage.Blobs;
import dev.steward.storage.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is unusual about the hours of an account is one incident. */
final class UsageAnomaliesTest {
  private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
  private static final int HOURS = 42 * 24;
  private static final Instant YESTERDAY = START.plusSeconds(3_600L * (HOURS - 24));

  @TempDir Path folder;

  private static double[] usual(double height) {
    double[] values = new double[HOURS];
    for (int i = 0; i < HOURS; i++)
      values[i] = height + 10 * Math.sin(i * Math.PI / 12) + 2 * Math.sin(i * 1.3);
    return values;
  }

  private static Hourly hourly(String resource, double... values) {
    return new Hourly(
        new AccountId("acc_usage00000"),
        "us-east-1",
        "ec2_instance",
        resource,
        "cpu_hour",
        new Series(resource, START, values));
  }

  private Optional<String> incident(List<Hourly> series) {
    InstantSource clock = InstantSource.system();
    try (Store store = Store.open(folder);
        Champions champions = new Champions(store, new Blobs(folder.resolve("blobs")), clock)) {
      return UsageAnomalies.since(
          YESTERDAY,
          series,
          new Forecasts(champions),
          new OrganizationId("org_usage00000"),
          () -> {});
    }
  }

  @Test
  void severalResourcesAreOneIncident() {
    List<Hourly> series = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      double[] values = usual(30);
      if (i != 3) values[HOURS - 5] = 98;
      series.add(hourly("i-" + i, values));
    }
    assertThat(incident(series))
        .get()
        .asString()
        .startsWith("7 of the resources: i-0 cpu_hour at 2026-11-11T19:00:00Z: 98.00 is a jump")
        .contains("i-1 ", "i-5 ", "; and 2 more")
        .doesNotContain("i-3 ");
  }

  @Test
  void whatWasBeforeTheLastLookOrIsSmallIsNotTold() {
    double[] before = usual(30);
    before[HOURS - 30] = 98;
    double[] small = usual(1);
    for (int i = 0; i < HOURS; i++) small[i] /= 10;
    small[HOURS - 5] = 4;
    double[] nothing = new double[HOURS];
    Arrays.fill(nothing, Double.NaN);
    assertThat(
            incident(
                List.of(
                    hourly("i-before", before),
                    hourly("i-small", small),
                    hourly("i-usual", usual(30)),
                    hourly("i-nothing", nothing))))
        .isEmpty();
  }
}
