package dev.steward.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Models on public data; what a folder holds says which. */
record MlBench(List<Path> folders) implements Main.Benchmark {
  @Override
  public void run() throws Exception {
    if (folders.isEmpty())
      System.out.println(
          "give folders: with train.csv.gz and test.csv.gz (forecasts), or with data and combined_windows.json (anomalies)");
    for (Path folder : folders) {
      Path predictions =
          Path.of("bench", "target", "predictions", folder.toRealPath().getFileName() + ".csv")
              .toAbsolutePath();
      if (Files.exists(folder.resolve("combined_windows.json")))
        AnomalyBench.run(folder, predictions);
      else ForecastBench.run(folder, predictions);
    }
  }
}
