package dev.steward.storage;

import java.util.List;
import java.util.function.Function;

/**
 * The changes of one group: each sees what those before it did, and one that throws leaves no
 * trace.
 */
final class Batch {
  private final Transaction all;

  Batch(State before) {
    all = new Transaction(before);
  }

  <R> void run(Store.Task<R> task, List<Runnable> answers) {
    Transaction own = new Transaction(all.state());
    try {
      Function<Transaction, R> change = task.change();
      if (change == null) throw new IllegalStateException("a pause is no change");
      R result = change.apply(own);
      all.adopt(own);
      answers.add(() -> task.answer().complete(result));
    } catch (RuntimeException | Error e) {
      task.answer().completeExceptionally(e);
    }
  }

  boolean isEmpty() {
    return all.isReadOnly();
  }

  Transaction merged() {
    return all;
  }
}
