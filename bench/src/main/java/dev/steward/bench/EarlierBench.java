package dev.steward.bench;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What small requests cost beside an earlier build, in turn: processor time of the server. {@code
 * EARLIER_BUILD} is the folder of its sources, in which it was packaged; without one there is
 * nothing to compare.
 */
final class EarlierBench implements Main.Benchmark {
  private static final int CONNECTIONS = 8;
  private static final int ROUNDS = 9;

  /** Until then the compiler is at work. */
  private static final int WARM = 5;

  private static final Duration ROUND = Duration.ofSeconds(3);
  private static final List<String> PATHS = List.of("/client/accounts", "/api/auth/verify");

  /** Nothing of it asks AWS. */
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  @Override
  public void run() throws Exception {
    String earlier = System.getenv("EARLIER_BUILD");
    if (earlier == null) {
      System.out.println(
          "without EARLIER_BUILD, the folder of an earlier build, nothing is compared");
      return;
    }
    Path one = Files.createTempDirectory("steward-bench");
    Path other = Files.createTempDirectory("steward-bench");
    try (Launched now = Launched.of(Launched.home(), NOWHERE, one, Map.of(), List.of());
        Launched then = Launched.of(Path.of(earlier), NOWHERE, other, Map.of(), List.of())) {
      for (String path : PATHS) compare(path, now, then);
    }
    Measurements.delete(one);
    Measurements.delete(other);
  }

  private static void compare(String path, Launched now, Launched then) throws Exception {
    Load ours = load(now, path);
    Load theirs = load(then, path);
    double[] a = new double[ROUNDS];
    double[] b = new double[ROUNDS];
    for (int round = -WARM; round < ROUNDS; round++) {
      double is = cost(now, ours);
      double was = cost(then, theirs);
      if (round < 0) continue;
      a[round] = is;
      b[round] = was;
    }
    System.out.printf(
        Locale.ROOT,
        "GET %s: processor time a request %s, of the earlier build %s, ratio %s%n",
        path,
        new Measurements(a).shown("µs"),
        new Measurements(b).shown("µs"),
        Measurements.ratios(a, b).shownFinely("x"));
  }

  private static Load load(Launched platform, String path) {
    return new Load(platform.url().getPort(), path, String.valueOf(platform.as("client").token()));
  }

  private static double cost(Launched platform, Load load) throws Exception {
    Duration before = platform.used();
    Load.Round round = load.run(CONNECTIONS, ROUND);
    return platform.used().minus(before).toNanos() / 1e3 / round.requests();
  }
}
