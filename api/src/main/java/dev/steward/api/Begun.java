package dev.steward.api;

import dev.steward.storage.Own;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Long work that one request has begun, or that an earlier one with its key has. */
final class Begun<B, R, A> {
  private final Invocation<B> call;
  private final Starts<R> work;
  private final Starts.View<R, A> view;

  Begun(Invocation<B> call, Starts<R> work, Starts.View<R, A> view) {
    this.call = call;
    this.work = work;
    this.view = view;
  }

  <K> Reply carryOut(Function<Invocation<B>, K> read, OperationRow.Knowing<B, K, R> begin) {
    Once once = new Once(call, work.location());
    Once.Done done =
        once.write(
            () -> read.apply(call),
            (t, known) -> {
              R row = begin.in(call, t, known);
              Reply accepted = Reply.of(202, view.of(call.own(t), row));
              String key = work.key(row);
              return new Once.Done(once.located(accepted, key), accepted.body(), key);
            });
    Duration patience = call.patience(work.patience());
    String key = done.subject();
    return patience.isZero() || key == null ? done.reply() : end(done, key, patience);
  }

  /** What came of it, if that is there in time. */
  private Reply end(Once.Done done, String key, Duration patience) {
    Optional<R> begun = find(call.own(), key);
    Optional<R> over =
        begun
            .flatMap(row ->
                call.store()
                    .await(state -> over(row, find(state.own(call.organization()), key)), patience))
            .flatMap(found -> found);
    if (over.isEmpty()) return done.reply();
    work.refuses().accept(over.get());
    return Reply.of(200, view.of(call.own(), over.get()));
  }

  /** There is no more to wait for; nothing if somebody took the row away. */
  private Optional<Optional<R>> over(R begun, Optional<R> now) {
    return now.isEmpty() || work.over().test(begun, now.get())
        ? Optional.of(now)
        : Optional.empty();
  }

  private Optional<R> find(Own own, String key) {
    return own.find(work.table(), key);
  }
}
