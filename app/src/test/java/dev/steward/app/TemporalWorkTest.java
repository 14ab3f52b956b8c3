package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.storage.MasterKey;
import dev.steward.storage.WatchedClock;
import dev.steward.workflows.Unbound;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporalWorkTest {
  private final Instant set = Instant.now();
  private volatile Instant wall = set;

  /** How often the one who starts the workers has looked at the clock. */
  private final CountDownLatch looks = new CountDownLatch(6);

  private final CountDownLatch assembled = new CountDownLatch(1);

  private Instant look() {
    if (Thread.currentThread().getName().equals("temporal-keeper")) looks.countDown();
    return wall;
  }

  @Test
  void nothingWorksUntilTheClockIsSet(@TempDir Path folder) throws Exception {
    WatchedClock clock = WatchedClock.of(this::look);
    clock.saw(set);
    wall = Instant.EPOCH.plusSeconds(20);
    Settings settings =
        Settings.load(
            Path.of("none"),
            Map.of(),
            Map.of("temporal.in-memory", "true", "temporal.port", "0", "temporal.ui-port", "0"));
    SealedPayloadCodec codec =
        new SealedPayloadCodec(
            MasterKey.at(folder.resolve("key"), false), new Unbound(set, set, clock));
    try (TemporalWork work =
        new TemporalWork(
            settings,
            Files.createDirectory(folder.resolve("temporal")),
            codec,
            clock,
            (client, schedules, onUnprepared) -> {
              assembled.countDown();
              throw new StartException("there is nothing to work on");
            })) {
      work.start("http://127.0.0.1:1/codec");
      for (int i = 0; i < 3_000 && !work.answers(); i++) PlatformProcess.pause();
      assertThat(looks.await(5, TimeUnit.MINUTES)).isTrue();
      assertThat(work.answers()).isTrue();
      assertThat(work.ready()).isFalse();
      assertThat(assembled.getCount()).isEqualTo(1);
      wall = set.plusSeconds(60);
      assertThat(assembled.await(5, TimeUnit.MINUTES)).isTrue();
    }
  }
}
