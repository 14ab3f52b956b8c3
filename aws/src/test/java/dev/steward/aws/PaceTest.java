package dev.steward.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who may call when; the time is the test's own, except where threads wait. */
final class PaceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final AtomicLong now = new AtomicLong();

  private int taken(Pace pace, Rank rank) {
    int permits = 0;
    while (permits < 1_000 && pace.tryAcquire(rank) == 0) permits++;
    return permits;
  }

  @Test
  void givesAsManyASecondAsItsRateSays() {
    Pace pace = new Pace(20, Duration.ZERO, now::get);
    int permits = 0;
    for (int asked = 0; asked < 1_000; asked++, now.addAndGet(SECOND / 100))
      permits += taken(pace, Rank.BULK);
    assertThat(permits).isEqualTo(200);
  }

  @Test
  void keepsWhatARestLeftForAWhile() {
    Pace pace = new Pace(20, Duration.ofSeconds(1), now::get);
    now.addAndGet(60 * SECOND);
    assertThat(taken(pace, Rank.BULK)).isEqualTo(21);
    assertThat(pace.tryAcquire(Rank.BULK)).isEqualTo(SECOND / 20);
    now.addAndGet(SECOND / 20);
    assertThat(taken(pace, Rank.BULK)).isEqualTo(1);
  }

  @Test
  void anotherRateHoldsFromTheNextPermit() {
    Pace pace = new Pace(10, Duration.ZERO, now::get);
    pace.rate(1);
    assertThat(pace.tryAcquire(Rank.BULK)).isZero();
    assertThat(pace.tryAcquire(Rank.BULK)).isEqualTo(SECOND);
  }

  /** Whoever waits in a hurry has the next permit, although bulk has waited longer. */
  @Test
  void theHurriedGoFirst() throws InterruptedException {
    Pace pace = new Pace(1, Duration.ZERO, now::get);
    assertThat(pace.tryAcquire(Rank.BULK)).isZero();
    List<Rank> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch all = new CountDownLatch(6);
    List<Thread> waiting = new ArrayList<>();
    for (Rank rank :
        List.of(Rank.BULK, Rank.BULK, Rank.BULK, Rank.BULK, Rank.INTERACTIVE, Rank.INTERACTIVE))
      waiting.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  if (!pace.tryAcquire(rank, Duration.ofMinutes(5))) return;
                  order.add(rank);
                  all.countDown();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    for (Thread thread : waiting)
      while (thread.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
    // One permit at a time: the next only when this one has been written down.
    for (int permit = 1; permit <= 6; permit++) {
      now.addAndGet(SECOND);
      pace.rate(1);
      while (order.size() < permit) Thread.onSpinWait();
    }
    all.await();
    assertThat(order)
        .containsExactly(
            Rank.INTERACTIVE, Rank.INTERACTIVE, Rank.BULK, Rank.BULK, Rank.BULK, Rank.BULK);
  }

  @Test
  void bulkGoesSlowlyWhileSomebodyWaitsAndNeverStandsStill() {
    Yielding yielding = new Yielding(10, now::get);
    assertThat(yielding.wanted()).isZero();
    assertThat(yielding.wanted()).isZero();
    int sent = 0;
    for (int tenth = 0; tenth < 600; tenth++, now.addAndGet(SECOND / 10)) {
      yielding.hurried();
      for (int asking = 0; asking < 64; asking++) if (yielding.wanted() == 0) sent++;
    }
    assertThat(sent).isBetween(590, 601);
    now.addAndGet(2 * SECOND);
    for (int call = 0; call < 64; call++) assertThat(yielding.wanted()).isZero();
  }
}
