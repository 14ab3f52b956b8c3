package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When memory is given back. */
final class IdleCollectionTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void memoryIsGivenBackOnceNobodyWaitsAndNotForLittle() {
    long much = IdleCollection.LEAST;
    assertThat(IdleCollection.isDue(Duration.ofSeconds(1), MINUTE, much)).isTrue();
    assertThat(IdleCollection.isDue(Duration.ofSeconds(1), MINUTE, much - 1)).isFalse();
    assertThat(IdleCollection.isDue(Duration.ofSeconds(6), MINUTE, much)).isFalse();
    assertThat(IdleCollection.isDue(Duration.ofSeconds(60), MINUTE, 4 * much)).isFalse();
  }
}
