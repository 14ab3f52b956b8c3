package dev.steward.storage;

import dev.steward.model.ClockReading;
import dev.steward.model.Event;
import dev.steward.model.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Tells what is old without believing the wall clock, which may be wrong for an hour and right
 * again. Time is counted while the platform runs, and beside it stands what the clock said. A row
 * is older than a day when for a whole counted day the clock has said nothing earlier than the
 * row's time: a clock that jumps ahead makes nothing old, and one that goes back makes nothing old
 * either. What is kept too long thereby, its number bounds.
 */
public final class ClockLog {
  /** How long a stretch is counted before the next one begins; so much later things may be old. */
  static final Duration STRETCH = Duration.ofHours(6);

  private final Store store;
  private final InstantSource wall;
  private final LongSupplier nanos;
  private long counted;

  /**
   * @param nanos as {@link System#nanoTime}: it only ever goes on
   */
  public ClockLog(Store store, InstantSource wall, LongSupplier nanos) {
    this.store = store;
    this.wall = wall;
    this.nanos = nanos;
    this.counted = nanos.getAsLong();
  }

  /** Writes down what time it is. Time that is not written down when the process dies is lost. */
  public synchronized void note() {
    long passed = Duration.ofNanos(nanos.getAsLong() - counted).toSeconds();
    counted += Duration.ofSeconds(passed).toNanos();
    store.<Boolean>write(t -> {
      // Not before: what was said then may be set right meanwhile, and must not come back.
      Instant now = wall.instant();
      ClockReading at =
          t.rows(Tables.CLOCK)
              .last()
              .map(r -> on(r, passed, now))
              .orElseGet(() -> new ClockReading(1, 0, now, now));
      t.put(Tables.CLOCK, at);
      if (at.seconds() >= STRETCH.toSeconds())
        t.put(Tables.CLOCK, new ClockReading(at.number() + 1, 0, now, at.latest()));
      return true;
    });
  }

  private static ClockReading on(ClockReading at, long passed, Instant now) {
    return new ClockReading(
        at.number(),
        at.seconds() + passed,
        earlier(at.lowest(), now),
        at.latest().isAfter(now) ? at.latest() : now);
  }

  /** What bears an earlier time than this is older than the age; empty while nothing is known. */
  public static Optional<Instant> horizon(State state, Duration age) {
    long seconds = 0;
    Instant lowest = Instant.MAX;
    for (ClockReading reading : state.rows(Tables.CLOCK).stream().toList().reversed()) {
      lowest = earlier(lowest, reading.lowest());
      seconds += reading.seconds();
      if (seconds >= age.toSeconds()) return Optional.of(lowest);
    }
    return Optional.empty();
  }

  /** The latest time that the store can tell of: each of these was written in its order. */
  public static Instant latest(State state) {
    return Stream.of(
            state.rows(Tables.CLOCK).last().map(ClockReading::latest),
            state.rows(Tables.EVENTS).last().map(Event::at),
            state.rows(Tables.SIGNING_KEYS).stream()
                .map(SigningKey::createdAt)
                .max(Comparator.naturalOrder()))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  /**
   * The time for a row whose age must not be overrated: no earlier than the log, which does not
   * look at the clock between its entries.
   */
  public static Instant stamp(State state, Instant now) {
    return state
        .rows(Tables.CLOCK)
        .last()
        .map(ClockReading::lowest)
        .filter(now::isBefore)
        .orElse(now);
  }

  /** Removes what no age asks for any more. */
  void forget(Duration longest) {
    store.<Boolean>write(t -> {
      long seconds = 0;
      for (ClockReading reading : t.rows(Tables.CLOCK).stream().toList().reversed()) {
        if (seconds > longest.toSeconds()) t.remove(Tables.CLOCK, reading.key());
        seconds += reading.seconds();
      }
      return true;
    });
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
