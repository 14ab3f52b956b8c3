package dev.steward.api.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Counts tries by whom they are of, and says how long the next one waits. What was not tried for
 * some hours is forgotten, and so are the rarest where there are too many.
 */
final class Tries {
  private static final Duration REMEMBERED = Duration.ofHours(6);
  private static final int MOST = 100_000;

  private final Waits pace;
  private final LongSupplier nanos;
  private final Cache<String, Count> counts;

  /** Guarded by {@link LoginThrottle}. */
  private static final class Count {
    private int tries;
    private long until;
  }

  Tries(Waits pace, LongSupplier nanos) {
    this.pace = pace;
    this.nanos = nanos;
    counts =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(REMEMBERED)
            .ticker(nanos::getAsLong)
            .build();
  }

  /** Zero if a try is due. */
  Duration wait(String of) {
    Count count = counts.getIfPresent(of);
    if (count == null || count.tries < pace.free()) return Duration.ZERO;
    return Duration.ofNanos(Math.max(0, count.until - nanos.getAsLong()));
  }

  /** Whether there is a wait from now on. */
  boolean count(String of) {
    Count count = counts.get(of, key -> new Count());
    count.tries++;
    Duration wait = pace.after(count.tries);
    count.until = nanos.getAsLong() + wait.toNanos();
    return wait.isPositive();
  }

  /** One try was none. */
  void takeBack(String of) {
    Count count = counts.getIfPresent(of);
    if (count == null) return;
    count.tries--;
    count.until = nanos.getAsLong();
  }

  void forget(String of) {
    counts.invalidate(of);
  }
}
