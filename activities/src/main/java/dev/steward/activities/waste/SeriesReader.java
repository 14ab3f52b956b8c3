package dev.steward.activities.waste;

import dev.steward.aws.MetricReader;
import dev.steward.aws.MetricReader.Wanted;
import dev.steward.aws.RegionClients;
import dev.steward.estate.Metric;
import dev.steward.estate.Reading;
import dev.steward.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the windows of days and hours that checks judge by, as many series a call as it takes. */
final class SeriesReader {
  /** It answers 100,800 values a call, and the rest on further pages (GetMetricData). */
  private static final int VALUES = 100_800;

  private SeriesReader() {}

  /**
   * A series that was not answered stays out: nobody may take it for silence.
   *
   * @param now when the windows end
   * @param beat told before each call
   * @param series takes the values, by resource and metric
   */
  static void read(
      RegionClients clients,
      List<Wanted> wanted,
      Instant now,
      Function<Resource, String> key,
      Runnable beat,
      Map<String, Map<String, double[]>> series) {
    for (Metric.Resolution resolution : Metric.Resolution.values()) {
      List<Wanted> those =
          wanted.stream().filter(w -> w.metric().resolution() == resolution).toList();
      int atOnce = Math.min(MetricReader.QUERIES, VALUES / resolution.length());
      for (int from = 0; from < those.size(); from += atOnce) {
        beat.run();
        List<Wanted> some = those.subList(from, Math.min(those.size(), from + atOnce));
        Instant end = resolution.end(now);
        Instant start = end.minus(Duration.ofDays(resolution.days()));
        List<Reading> readings =
            MetricReader.read(
                clients, some, new MetricReader.Window(start, end, resolution.seconds()));
        for (int i = 0; i < some.size(); i++) {
          Map<String, double[]> own =
              series.computeIfAbsent(
                  key.apply(some.get(i).resource()), id -> new LinkedHashMap<>());
          if (readings.get(i) instanceof Reading.Answered answered)
            own.put(some.get(i).metric().id(), values(answered, resolution, start));
        }
      }
    }
  }

  private static double[] values(
      Reading.Answered answered, Metric.Resolution resolution, Instant start) {
    double[] values = new double[resolution.length()];
    Arrays.fill(values, Double.NaN);
    for (int i = 0; i < answered.values().size(); i++) {
      long seconds = Duration.between(start, answered.times().get(i)).toSeconds();
      int at = (int) (seconds / resolution.seconds());
      if (seconds >= 0 && at < values.length) values[at] = answered.values().get(i);
    }
    return values;
  }
}
