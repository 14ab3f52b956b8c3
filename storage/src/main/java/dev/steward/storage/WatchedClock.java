package dev.steward.storage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The machine's clock, which remembers the latest time that it told. A clock that goes back makes
 * what has expired look young: whoever believes in an expiry asks whether it went back, and until
 * somebody has drawn the consequences it says so.
 */
public final class WatchedClock implements InstantSource {
  /** Corrections of less than this are daily business (NTP), and no proof lives that much less. */
  public static final Duration TOLERANCE = Duration.ofMinutes(1);

  /** No installation is as old: a machine that says so was not told yet what time it is. */
  private static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");

  private final InstantSource wall;

  /** In milliseconds since 1970. */
  private final AtomicLong latest = new AtomicLong();

  private WatchedClock(InstantSource wall) {
    this.wall = wall;
  }

  /** Watches the clock; one that is watched stays the one it is. */
  public static WatchedClock of(InstantSource clock) {
    return clock instanceof WatchedClock watched ? watched : new WatchedClock(clock);
  }

  @Override
  public Instant instant() {
    Instant now = wall.instant();
    saw(now);
    return now;
  }

  /** It was this late at least: so the store says, from before the process began. */
  public void saw(Instant moment) {
    latest.accumulateAndGet(moment.toEpochMilli(), Math::max);
  }

  /** By how much it went back, until that is settled. */
  public Optional<Duration> wentBack() {
    Duration back = Duration.ofMillis(latest.get() - wall.millis());
    return back.compareTo(TOLERANCE) > 0 ? Optional.of(back) : Optional.empty();
  }

  /**
   * Whether it says what a machine says that has no clock of its own and has asked nobody yet. That
   * is no time to go by, and soon over: nothing that can expire is good meanwhile.
   */
  public boolean isUnset() {
    return wall.instant().isBefore(BEGIN) && wentBack().isPresent();
  }

  /** What had to be done about it is done and durable: it counts from now. */
  public void settled() {
    latest.set(wall.millis());
  }
}
