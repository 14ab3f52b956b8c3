package dev.steward.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.ml.anomaly.Alarm;
import dev.steward.ml.anomaly.Detector;
import dev.steward.ml.score.NabScore;
import dev.steward.ml.score.NabScore.Tally;
import dev.steward.ml.score.NabScore.Window;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The detector on a corpus like the Numenta Anomaly Benchmark: {@code
 * data/<category>/<name>.csv.gz} with a timestamp and a value a row, and {@code
 * combined_windows.json}.
 */
final class AnomalyBench {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** The threshold that the raw scores do best with on the shared files. */
  private static final double[] THRESHOLDS = {0.5, 0.68, 0.8, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4};

  private AnomalyBench() {}

  static void run(Path folder, Path predictions) throws IOException {
    JsonNode windows =
        new ObjectMapper().readTree(folder.resolve("combined_windows.json").toFile());
    Tally standard = Tally.NONE;
    Tally[] raw = new Tally[THRESHOLDS.length];
    java.util.Arrays.fill(raw, Tally.NONE);
    long points = 0;
    long nanos = 0;
    Files.createDirectories(predictions.getParent());
    try (PrintWriter out =
        new PrintWriter(Files.newBufferedWriter(predictions, StandardCharsets.UTF_8))) {
      out.println("file,timestamp,value,anomaly_score,alarm");
      for (Map.Entry<String, JsonNode> file : windows.properties()) {
        List<String[]> rows =
            SeriesFile.rows(folder.resolve("data").resolve(file.getKey() + ".gz"));
        double[] values = rows.stream().mapToDouble(r -> Double.parseDouble(r[1])).toArray();
        List<String> times = rows.stream().map(r -> r[0]).toList();
        long began = System.nanoTime();
        double[] scores = Detector.scores(values, Detector.rowsPerDay(seconds(times)));
        nanos += System.nanoTime() - began;
        points += values.length;
        List<Window> labels = labels(file.getValue(), times);
        boolean[] alarms = alarms(scores, new Alarm());
        standard = standard.plus(NabScore.of(alarms, labels));
        for (int i = 0; i < THRESHOLDS.length; i++)
          raw[i] = raw[i].plus(NabScore.of(alarms(scores, new Alarm(THRESHOLDS[i], 0)), labels));
        for (int i = 0; i < values.length; i++)
          out.printf(
              Locale.ROOT,
              "%s,%s,%s,%.4f,%d%n",
              file.getKey(),
              times.get(i),
              values[i],
              scores[i],
              alarms[i] ? 1 : 0);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d files, %d windows%n",
        folder.getFileName(),
        windows.size(),
        standard.found() + standard.missed());
    print("standard profile", standard);
    int best = 0;
    for (int i = 1; i < raw.length; i++) if (raw[i].raw() > raw[best].raw()) best = i;
    print(
        String.format(
            Locale.ROOT, "without suppression, its best threshold %.2f", THRESHOLDS[best]),
        raw[best]);
    System.out.printf(Locale.ROOT, "  %.2f microseconds a point%n", nanos / 1e3 / points);
    System.out.println("  predictions: " + predictions);
  }

  private static void print(String name, Tally tally) {
    System.out.printf(
        Locale.ROOT,
        "  %s: %.2f (%d found, %d missed, %d false alarms)%n",
        name,
        tally.normalized(),
        tally.found(),
        tally.missed(),
        tally.falseAlarms());
  }

  private static boolean[] alarms(double[] scores, Alarm alarm) {
    boolean[] alarms = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) alarms[i] = alarm.at(scores[i]);
    return alarms;
  }

  private static List<Window> labels(JsonNode pairs, List<String> times) {
    List<Window> windows = new ArrayList<>();
    for (JsonNode pair : pairs)
      windows.add(new Window(row(pair.get(0), times), row(pair.get(1), times)));
    return windows;
  }

  private static int row(JsonNode time, List<String> times) {
    int row = times.indexOf(time.asText().substring(0, 19));
    if (row < 0) throw new IllegalArgumentException("no row has the time " + time);
    return row;
  }

  /** The usual distance of two rows. */
  private static double seconds(List<String> times) {
    double[] apart = new double[times.size() - 1];
    for (int i = 0; i < apart.length; i++)
      apart[i] =
          Duration.between(
                  LocalDateTime.parse(times.get(i), TIME),
                  LocalDateTime.parse(times.get(i + 1), TIME))
              .toSeconds();
    java.util.Arrays.sort(apart);
    return Math.max(1, apart[apart.length / 2]);
  }
}
