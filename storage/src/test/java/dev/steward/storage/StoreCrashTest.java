package dev.steward.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a writing process at random moments, again and again on one growing folder. */
final class StoreCrashTest {
  private static final int ROUNDS = Integer.getInteger("crash.rounds", 20);

  @TempDir Path folder;

  @Test
  void losesNothingAcknowledgedWhenTheProcessIsKilled() throws Exception {
    survive(false);
  }

  @Test
  void losesNothingAcknowledgedWhenThePowerFails() throws Exception {
    survive(true);
  }

  private void survive(boolean powerLoss) throws Exception {
    Random random = new Random(42);
    Map<String, Long> acknowledged = new HashMap<>();
    long from = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long last = writeUntilKilled(from, 50 + random.nextInt(700), acknowledged);
      if (powerLoss) dropWhatWasNotForced();
      check(acknowledged);
      from = last + 1_000 - last % 4;
    }
    assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
  }

  private long writeUntilKilled(long from, int acknowledgements, Map<String, Long> acknowledged)
      throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--add-exports",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                CrashWriter.class.getName(),
                folder.toString(),
                Long.toString(from))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long last = from;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      int count = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        long number = Long.parseLong(line);
        acknowledged.merge("k" + number % 5_000, number, Math::max);
        last = Math.max(last, number);
        if (++count == acknowledgements) child.toHandle().destroyForcibly();
      }
    }
    child.waitFor();
    return last;
  }

  private void dropWhatWasNotForced() throws IOException {
    Map<String, Long> lengths = new HashMap<>();
    for (String line : Files.readAllLines(folder.resolve("forced"))) {
      String[] parts = line.split(" ", 2);
      if (parts.length == 2) lengths.put(parts[1], Long.parseLong(parts[0]));
    }
    for (Map.Entry<String, Long> file : lengths.entrySet()) {
      Path path = Path.of(file.getKey());
      if (!Files.exists(path)) continue;
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(file.getValue());
      }
    }
  }

  private void check(Map<String, Long> acknowledged) {
    try (Store store = Store.open(folder, Sample.TABLES, List.of())) {
      State state = store.state();
      List<String> wrong = new ArrayList<>();
      acknowledged.forEach((key, number) -> {
        long left = state.find(Sample.LEFT, key).map(Sample::number).orElse(-1L);
        // A write may be durable and not yet acknowledged when the process dies, but never the
        // other way round.
        if (left < number) wrong.add(key + " was acknowledged as " + number + " and is " + left);
      });
      state.rows(Sample.RIGHT).stream()
          .forEach(right -> {
            long left = state.find(Sample.LEFT, right.id()).map(Sample::number).orElse(-1L);
            if (left != right.number()) wrong.add("half a pair: " + right + " and " + left);
            byte[] body = state.body(Sample.RIGHT, right.id()).orElseThrow();
            if (!java.util.Arrays.equals(body, CrashWriter.body(right.number())))
              wrong.add("a foreign body at " + right);
          });
      assertThat(wrong).isEmpty();
    }
  }
}
