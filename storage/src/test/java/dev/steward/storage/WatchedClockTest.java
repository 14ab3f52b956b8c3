package dev.steward.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A clock that goes back says so until somebody has drawn the consequences. */
final class WatchedClockTest {
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
  private final AtomicReference<Instant> wall = new AtomicReference<>(NOON);
  private final WatchedClock clock = WatchedClock.of(wall::get);

  private void is(Instant time) {
    wall.set(time);
  }

  @Test
  void aClockThatGoesOnDidNotGoBack() {
    for (int minute = 0; minute < 10; minute++) {
      is(NOON.plus(Duration.ofMinutes(minute)));
      assertThat(clock.instant()).isEqualTo(wall.get());
      assertThat(clock.wentBack()).isEmpty();
    }
  }

  @Test
  void asMuchAsCorrectionsAreIsNotBack() {
    assertThat(clock.instant()).isEqualTo(NOON);
    is(NOON.minus(WatchedClock.TOLERANCE));
    assertThat(clock.wentBack()).isEmpty();
    is(NOON.minus(WatchedClock.TOLERANCE).minusMillis(1));
    assertThat(clock.wentBack()).contains(WatchedClock.TOLERANCE.plusMillis(1));
  }

  @Test
  void itGoesOnSayingSoUntilThatIsSettled() {
    assertThat(clock.instant()).isEqualTo(NOON);
    is(NOON.minus(Duration.ofHours(1)));
    assertThat(clock.instant()).isEqualTo(wall.get());
    assertThat(clock.wentBack()).contains(Duration.ofHours(1));
    is(NOON.minus(Duration.ofMinutes(30)));
    assertThat(clock.wentBack()).contains(Duration.ofMinutes(30));
    clock.settled();
    assertThat(clock.wentBack()).isEmpty();
    is(NOON);
    assertThat(clock.wentBack()).isEmpty();
  }

  @Test
  void whatTheStoreRemembersCountsFromBeforeTheProcessBegan() {
    clock.saw(NOON.plus(Duration.ofDays(2)));
    assertThat(clock.wentBack()).contains(Duration.ofDays(2));
    clock.saw(NOON.minus(Duration.ofDays(9)));
    assertThat(clock.wentBack()).contains(Duration.ofDays(2));
  }

  @Test
  void aMachineThatWasNotToldTheTimeIsToldFromOneThatIsOld() {
    is(Instant.EPOCH.plusSeconds(40));
    assertThat(clock.isUnset()).as("nobody knows better").isFalse();
    clock.saw(NOON);
    assertThat(clock.isUnset()).isTrue();
    is(NOON.minus(Duration.ofDays(400)));
    assertThat(clock.isUnset()).isFalse();
    assertThat(clock.wentBack()).isPresent();
  }

  @Test
  void oneThatIsWatchedIsNotWatchedTwice() {
    assertThat(WatchedClock.of(clock)).isSameAs(clock);
  }
}
