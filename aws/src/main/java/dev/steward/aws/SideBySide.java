package dev.steward.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Asks the same of many, some at a time; the answers are in the order of the questions. How fast is
 * for the {@link CallLimiter} to say.
 */
final class SideBySide {
  /** At a time, for one activity. */
  private static final int WIDTH = 16;

  private SideBySide() {}

  /** What one of them throws ends them all, and is thrown. */
  static <T, R> List<R> map(List<T> items, Function<T, R> ask) {
    if (items.size() < 2) return items.stream().map(ask).toList();
    Pulse pulse = Pulse.current();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(WIDTH, items.size()), Thread.ofVirtual().name("aws-", 0).factory())) {
      List<Future<R>> asked = new ArrayList<>();
      for (T item : items)
        asked.add(threads.submit(() -> Pulse.call(pulse, () -> ask.apply(item))));
      try {
        List<R> answers = new ArrayList<>();
        for (Future<R> answer : asked) answers.add(answer.get());
        return answers;
      } catch (ExecutionException e) {
        threads.shutdownNow();
        if (e.getCause() instanceof RuntimeException unchecked) throw unchecked;
        if (e.getCause() instanceof Error error) throw error;
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw AbortedException.create("interrupted");
      }
    }
  }
}
