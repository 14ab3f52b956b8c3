package dev.steward.api.http;

import dev.steward.api.Operation;
import dev.steward.api.Reply;
import dev.steward.model.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Only so many large bodies are in memory at a time; more wait for their turn. */
final class Turns implements Layer {
  private final Semaphore free;
  private final Duration patience;

  /**
   * @param patience how long one waits for its turn
   */
  Turns(int atOnce, Duration patience) {
    free = new Semaphore(atOnce, true);
    this.patience = patience;
  }

  @Override
  public Reply around(Call call, Door inner) throws IOException {
    Operation operation = Objects.requireNonNull(call.operation());
    if (operation.bytes() == 0) return inner.answer(call);
    take();
    try {
      return inner.answer(call);
    } finally {
      free.release();
    }
  }

  private void take() {
    try {
      if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS))
        throw Problem.of(Problem.Type.UNAVAILABLE, "other uploads are under way; try again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.of(Problem.Type.UNAVAILABLE, "the server is stopping");
    }
  }
}
