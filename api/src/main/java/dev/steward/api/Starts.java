package dev.steward.api;

import dev.steward.model.job.Job;
import dev.steward.storage.Own;
import dev.steward.storage.Table;
import java.time.Duration;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Long work that operations start: where its row is kept, where callers find it, and when it is
 * over.
 *
 * @param location the path that tells how it goes; {@code {id}} is the row's key
 * @param over whether what is there now says that the work which was begun is over
 * @param patience how long a caller waits who does not say
 * @param refuses throws what the work that is over found wrong with the request
 */
public record Starts<R>(
    Job<?> job,
    Table<R> table,
    String location,
    BiPredicate<R, R> over,
    Duration patience,
    Consumer<R> refuses) {

  /** What the caller sees of the row. */
  public interface View<R, A> {
    A of(Own own, R row);
  }

  /**
   * @param over takes what was begun, and what is there now
   */
  public static <R> Starts<R> of(
      Job<?> job, Table<R> table, String location, BiPredicate<R, R> over) {
    return new Starts<>(job, table, location, over, Duration.ZERO, row -> {});
  }

  public Starts<R> waiting(Duration usually) {
    return new Starts<>(job, table, location, over, usually, refuses);
  }

  public Starts<R> refusing(Consumer<R> found) {
    return new Starts<>(job, table, location, over, patience, found);
  }

  String key(R row) {
    return table.key().apply(row);
  }
}
