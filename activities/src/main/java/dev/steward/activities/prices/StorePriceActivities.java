package dev.steward.activities.prices;

import dev.steward.domain.prices.PriceMaking;
import dev.steward.estate.price.PriceQueries;
import dev.steward.estate.price.PriceQuery;
import dev.steward.model.PriceAnswer;
import dev.steward.model.PriceRefresh;
import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs.PriceRefreshRef;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.workflows.prices.PriceRecords;
import dev.steward.workflows.prices.PriceRefreshWorkflow.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Keeps how a refresh of prices stands. */
public final class StorePriceActivities implements PriceRecords {
  private static final Outcome GONE = new Outcome(RunStatus.CANCELLED, null);

  private final Store store;
  private final PriceMaking making;
  private final InstantSource clock;

  public StorePriceActivities(Store store, PriceMaking making, InstantSource clock) {
    this.store = store;
    this.making = making;
    this.clock = clock;
  }

  private static Optional<PriceRefresh> open(Transaction t, PriceRefreshRef input) {
    return t.find(Tables.PRICE_REFRESHES, input.refresh().value())
        .filter(refresh -> !refresh.status().isOver());
  }

  @Override
  public Plan begin(PriceRefreshRef input) {
    List<String> queries = PriceQueries.ALL.stream().map(PriceQuery::id).toList();
    return store.write(t -> {
      Optional<PriceRefresh> refresh = open(t, input);
      refresh.ifPresent(r -> t.put(Tables.PRICE_REFRESHES, r.running(queries.size())));
      return new Plan(refresh.isPresent(), queries);
    });
  }

  @Override
  public void unanswered(Unanswered unanswered) {
    store.write(t -> {
      Optional<PriceRefresh> refresh = open(t, unanswered.refresh());
      refresh.ifPresent(r ->
          t.put(
              Tables.PRICE_REFRESHES,
              r.answered(
                  PriceAnswer.none(
                      unanswered.query(), unanswered.coverage(), unanswered.detail()))));
      return refresh.isPresent();
    });
  }

  @Override
  public Outcome conclude(PriceRefreshRef input) {
    Optional<PriceRefresh> refresh =
        store.state().find(Tables.PRICE_REFRESHES, input.refresh().value());
    if (refresh.isEmpty()) return GONE;
    return outcome(
        refresh.get().status().isOver() ? refresh.get() : making.conclude(refresh.get()));
  }

  @Override
  public Outcome cancelled(PriceRefreshRef input) {
    return store.write(t ->
        open(t, input)
            .map(r ->
                outcome(
                    t.put(
                        Tables.PRICE_REFRESHES,
                        r.finished(RunStatus.CANCELLED, null, "cancelled", clock.instant()))))
            .orElse(GONE));
  }

  private static Outcome outcome(PriceRefresh refresh) {
    return new Outcome(refresh.status(), refresh.book());
  }
}
