package dev.steward.bench.chaos;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Kills and stops one process after the other until its time is over. */
final class Havoc {
  private static final int LEAST_MILLIS = 1_000;
  private static final int MOST_MILLIS = 6_000;

  /** What is done to them; the time is how long a process stands still. */
  @FunctionalInterface
  private interface Blow {
    void fall(long millis) throws IOException, InterruptedException;
  }

  private final Victims victims;
  private final SplittableRandom random;
  private final Map<String, Blow> blows = new LinkedHashMap<>();
  private final Map<String, Integer> fallen = new LinkedHashMap<>();

  Havoc(Victims victims, long seed) {
    this.victims = victims;
    this.random = new SplittableRandom(seed);
    blows.put("kill -9 platform", millis -> victims.killPlatform());
    blows.put("kill -9 Temporal", millis -> victims.killTemporal());
    blows.put("kill -9 both", millis -> victims.killBoth());
    blows.put("kill -9 the way to AWS", millis -> victims.killTheWayToAws());
    blows.put("SIGSTOP platform", victims::stopPlatform);
    blows.put("SIGSTOP Temporal", victims::stopTemporal);
    blows.put("SIGSTOP AWS", victims::stopAws);
  }

  /** What fell how often, at the end of this many seconds. */
  Map<String, Integer> run(long seconds) throws IOException, InterruptedException {
    long began = System.nanoTime();
    long end = began + TimeUnit.SECONDS.toNanos(seconds);
    long half = began + TimeUnit.SECONDS.toNanos(seconds) / 2;
    List<String> names = List.copyOf(blows.keySet());
    boolean lost = false;
    while (System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(LEAST_MILLIS, MOST_MILLIS));
      if (!lost && System.nanoTime() > half) {
        lost = true;
        victims.loseTemporalsDatabase();
        fallen.merge("Temporal's database lost", 1, Integer::sum);
      } else fall(names.get(random.nextInt(names.size())));
    }
    return fallen;
  }

  private void fall(String name) throws InterruptedException {
    Blow blow = java.util.Objects.requireNonNull(blows.get(name));
    try {
      blow.fall(random.nextInt(LEAST_MILLIS, MOST_MILLIS));
      fallen.merge(name, 1, Integer::sum);
    } catch (IOException notThere) {
      // Temporal was being started again at this moment; something else falls next.
    }
  }
}
