package dev.steward.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PulseTest {
  private final AtomicLong now = new AtomicLong();
  private final List<Long> beats = new ArrayList<>();
  private final Pulse pulse = new Pulse(beats::add, Duration.ofSeconds(30), now::get);

  private void after(int seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private void step() {
    Pulse.call(
        pulse,
        () -> {
          Pulse.step();
          return true;
        });
  }

  @Test
  void beatsWhileCallsGetOnAndNoLonger() {
    for (int i = 0; i < 20; i++) {
      after(5);
      step();
      pulse.beat();
    }
    assertThat(beats).hasSize(20);
    // A call that never ends keeps nothing alive for ever.
    for (int i = 0; i < 20; i++) {
      after(5);
      pulse.beat();
    }
    assertThat(beats).hasSize(32);
  }

  @Test
  void aProcessThatStoodStillMakesNoMoreCalls() {
    step();
    pulse.beat();
    after(40);
    assertThatThrownBy(this::step).isInstanceOf(ApplicationFailure.class);
    pulse.beat();
    assertThat(beats).hasSize(1);
    assertThatThrownBy(this::step).isInstanceOf(ApplicationFailure.class);
  }
}
