package dev.steward.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.steward.bench.chaos.ChaosBench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** {@code ./steward bench [NAME…] [FOLDER…]}; folders are data sets for ml and peaks. */
public final class Main {
  /** A benchmark that prints what it measured. */
  public interface Benchmark {
    void run() throws Exception;
  }

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
    Map<String, Benchmark> benchmarks = new LinkedHashMap<>();
    benchmarks.put("store", new StoreBench());
    benchmarks.put("http", new HttpBench());
    benchmarks.put("overview", new OverviewBench());
    benchmarks.put("earlier", new EarlierBench());
    benchmarks.put("start", new StartBench());
    benchmarks.put("discovery", new DiscoveryBench());
    benchmarks.put("flood", new FloodBench());
    benchmarks.put("memory", new MemoryBench());
    benchmarks.put("fairness", new FairnessBench());
    benchmarks.put("governance", new GovernanceBench());
    benchmarks.put("lab", new LabBench());
    benchmarks.put("chaos", new ChaosBench());
    // A name first, then a folder: there is a folder of the project that is called ml.
    List<Path> folders = new ArrayList<>();
    benchmarks.put("ml", new MlBench(folders));
    benchmarks.put("peaks", new PeakBench(folders));
    List<String> wanted = new ArrayList<>();
    for (String argument : arguments)
      if (!benchmarks.containsKey(argument) && Files.isDirectory(Path.of(argument)))
        folders.add(Path.of(argument));
      else wanted.add(argument);
    if (wanted.isEmpty()) wanted.addAll(benchmarks.keySet());
    for (String name : wanted) {
      Benchmark benchmark = benchmarks.get(name);
      if (benchmark == null) {
        System.err.println("there is no benchmark " + name + "; there are " + benchmarks.keySet());
        System.exit(2);
      } else {
        System.out.println("== " + name);
        benchmark.run();
        System.out.println();
      }
    }
    System.exit(0);
  }
}
