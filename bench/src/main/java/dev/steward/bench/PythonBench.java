package dev.steward.bench;

import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.MlpTraining;
import dev.steward.model.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An epoch of ours in turn with an epoch of the same network in Python's PyTorch, on the same
 * cores. Python is the one that {@code TORCH_PYTHON} names; nothing installs it.
 */
final class PythonBench {
  private static final int ROUNDS = 3;

  private PythonBench() {}

  static void run(Path folder, MlpSettings settings, List<double[]> histories)
      throws IOException, InterruptedException {
    String python = System.getenv("TORCH_PYTHON");
    if (python == null) {
      System.out.println(
          "  no comparison with Python: set TORCH_PYTHON to an interpreter that has torch 2.7 and numpy");
      return;
    }
    Path script =
        Path.of(
            System.getenv().getOrDefault("STEWARD_HOME", "."),
            "bench/src/main/python/quantile_mlp.py");
    if (!Files.exists(script)) throw new IllegalStateException(script + " is not there");
    MlpSettings short2 = settings.with(Map.of("members", 1.0, "epochs", 2.0));
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    double ourLoss = 0;
    double theirLoss = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (MlpTraining training = new MlpTraining(short2, histories)) {
        while (!training.done()) {
          long began = System.nanoTime();
          ourLoss = training.epoch(share -> {});
          ours.add((System.nanoTime() - began) / 1e9);
        }
      }
      for (String line : python(python, script, folder, short2)) {
        String[] words = line.split(" ");
        theirs.add(Double.parseDouble(words[0]));
        theirLoss = Double.parseDouble(words[1]);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "  an epoch: ours %s, Python %s; %s; loss after two %.4f and %.4f%n",
        new Measurements(array(ours)).shown("s"),
        new Measurements(array(theirs)).shown("s"),
        Measurements.ratios(array(ours), array(theirs)).shown("times as long"),
        ourLoss,
        theirLoss);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<String> python(String python, Path script, Path folder, MlpSettings settings)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(python, script.toString()));
    command.add(folder.resolve("train.csv.gz").toString());
    for (Object argument :
        new Object[] {
          settings.season(), settings.week(), settings.window(), settings.horizon(),
          settings.hidden(), settings.blocks(), settings.batch(), settings.epochs(),
          settings.stride(), settings.dropout()
        }) command.add(String.valueOf(argument));
    Process process =
        ChildProcess.PYTHON_BENCH
            .of(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) throw new IllegalStateException("Python failed");
    return output.lines().toList();
  }
}
