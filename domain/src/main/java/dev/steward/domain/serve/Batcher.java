package dev.steward.domain.serve;

import dev.steward.ml.forecast.QuantileForecast;
import dev.steward.ml.forecast.QuantileMlp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Lets many callers share a forward pass: what comes while one is under way waits for the next, and
 * nobody waits for company. One platform thread per model, as native code likes it.
 */
public final class Batcher implements AutoCloseable {
  private static final int MOST = 128;

  private record Question(
      List<double[]> histories, CompletableFuture<List<QuantileForecast>> answer) {}

  private static final Question END = new Question(List.of(), new CompletableFuture<>());

  private final QuantileMlp model;
  private final int most;
  private final BlockingQueue<Question> questions = new LinkedBlockingQueue<>();
  private boolean closed;

  public Batcher(String name, QuantileMlp model) {
    this(name, model, MOST);
  }

  /**
   * @param most histories in a pass; 1 for none together
   */
  public Batcher(String name, QuantileMlp model, int most) {
    this.model = model;
    this.most = most;
    Thread.ofPlatform().name("serve " + name).daemon().start(this::run);
  }

  public QuantileMlp model() {
    return model;
  }

  /** The forecasts of these histories; null once it is closed: another model has taken over. */
  public @Nullable CompletableFuture<List<QuantileForecast>> ask(List<double[]> histories) {
    CompletableFuture<List<QuantileForecast>> answer = new CompletableFuture<>();
    synchronized (this) {
      if (closed) return null;
      questions.add(new Question(histories, answer));
    }
    return answer;
  }

  private void run() {
    try (model) {
      boolean more = true;
      while (more) {
        List<Question> batch = new ArrayList<>();
        Question first = questions.take();
        int size = 0;
        for (Question next = first; next != null; next = size < most ? questions.poll() : null) {
          if (next == END) {
            more = false;
            break;
          }
          batch.add(next);
          size += next.histories().size();
        }
        answer(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(List<Question> batch) {
    if (batch.isEmpty()) return;
    try {
      List<QuantileForecast> forecasts =
          model.forecast(batch.stream().flatMap(q -> q.histories().stream()).toList());
      int at = 0;
      for (Question question : batch) {
        int end = at + question.histories().size();
        question.answer().complete(List.copyOf(forecasts.subList(at, end)));
        at = end;
      }
    } catch (RuntimeException e) {
      batch.forEach(q -> q.answer().completeExceptionally(e));
    }
  }

  /** Answers what was asked, then lets the model go. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) return;
      closed = true;
      questions.add(END);
    }
  }
}
