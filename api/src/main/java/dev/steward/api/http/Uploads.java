package dev.steward.api.http;

import dev.steward.api.Operation;
import dev.steward.api.Reply;
import dev.steward.model.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Large bodies. One that is coming waits on disk, where it holds up nobody; when it is here it
 * takes its turn in memory.
 */
final class Uploads implements Layer {
  private static final Duration AGAIN = Duration.ofSeconds(10);
  private final Uploads.Most most;
  private final Semaphore arriving;
  private final Semaphore inMemory;
  private final Map<String, Integer> ofUser = new ConcurrentHashMap<>();

  /**
   * How many at a time.
   *
   * @param inMemory being handled
   * @param arriving on their way, all users together
   * @param ofUser on their way, of one user
   * @param patience how long one waits for its turn in memory
   */
  record Most(int inMemory, int arriving, int ofUser, Duration patience) {}

  Uploads(Most most) {
    this.most = most;
    arriving = new Semaphore(most.arriving());
    inMemory = new Semaphore(most.inMemory(), true);
  }

  @Override
  public Reply around(Exchange call, Door inner) throws IOException {
    Operation<?, ?> operation = Objects.requireNonNull(call.operation());
    if (operation.bytes() == 0) return inner.answer(call);
    try (Spool spool = receive(call, operation.bytes())) {
      take();
      try {
        return inner.answer(call.with(spool.bytes()));
      } finally {
        inMemory.release();
      }
    }
  }

  private Spool receive(Exchange call, int largest) throws IOException {
    if (!call.arrival().hasBody()) return Spool.EMPTY;
    if (call.arrival().length() > largest) throw Bodies.tooLarge(largest);
    String user = call.principal() == null ? "" : call.principal().user().value();
    if (ofUser.merge(user, 1, Integer::sum) > most.ofUser()) {
      leave(user);
      throw Problem.later(
          Problem.Type.TOO_MANY_REQUESTS,
          "you are sending " + most.ofUser() + " files already; wait for one of them",
          AGAIN);
    }
    try {
      return arrive(call.arrival(), largest);
    } finally {
      leave(user);
    }
  }

  private Spool arrive(Arrival arrival, int largest) throws IOException {
    if (!arriving.tryAcquire()) throw others();
    try {
      return Spool.of(arrival, largest);
    } finally {
      arriving.release();
    }
  }

  private void leave(String user) {
    ofUser.computeIfPresent(user, (u, count) -> count > 1 ? count - 1 : null);
  }

  private void take() {
    try {
      if (!inMemory.tryAcquire(most.patience().toMillis(), TimeUnit.MILLISECONDS)) throw others();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.of(Problem.Type.UNAVAILABLE, "the server is stopping");
    }
  }

  private static RuntimeException others() {
    return Problem.later(Problem.Type.UNAVAILABLE, "other uploads are under way; try again", AGAIN);
  }
}
