package dev.steward.activities.lab;

import dev.steward.domain.lab.Judgement;
import dev.steward.domain.lab.Promotions;
import dev.steward.domain.lab.Scoreboard;
import dev.steward.domain.lab.Searches;
import dev.steward.domain.lab.Trainings;
import dev.steward.domain.lab.Trainings.Finished;
import dev.steward.model.Promotion.Status;
import dev.steward.model.job.Jobs.PromotionRef;
import dev.steward.model.job.Jobs.RunRef;
import dev.steward.storage.Blobs;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.workflows.lab.PromotionRecords;
import dev.steward.workflows.lab.SearchRecords;
import dev.steward.workflows.lab.TrainingRecords;
import dev.steward.workflows.lab.TrainingWorkflow;
import java.util.Locale;
import java.util.Optional;

/** What trainings and promotions write, each a transaction that may be done again. */
public final class StoreLabActivities implements TrainingRecords, SearchRecords, PromotionRecords {
  private final Store store;
  private final Blobs blobs;
  private final Trainings trainings;
  private final Searches searches;
  private final Promotions promotions;

  public StoreLabActivities(
      Store store, Blobs blobs, Trainings trainings, Searches searches, Promotions promotions) {
    this.store = store;
    this.blobs = blobs;
    this.trainings = trainings;
    this.searches = searches;
    this.promotions = promotions;
  }

  @Override
  public boolean begin(RunRef input) {
    return store.write(t -> trainings.begin(t, input.run()));
  }

  @Override
  public TrainingWorkflow.Outcome finish(End end) {
    Optional<Judgement> judgement =
        Scoreboard.of(store.state(), blobs, end.input().run()).map(Judgement::of);
    Finished finished =
        store.write(t ->
            trainings.finish(
                t,
                end.input().run(),
                end.learnt().stopped(),
                judgement.orElse(null),
                end.learnt().engine()));
    // Only what goes on needs its state.
    Optional.ofNullable(Trainings.find(store.state(), end.input().run()).checkpoint())
        .ifPresent(blobs::delete);
    Integer version = finished.version();
    return new TrainingWorkflow.Outcome(
        finished.status().name(), version == null ? 0 : version, finished.summary());
  }

  @Override
  public TrainingWorkflow.Outcome failed(Failure failure) {
    store.write(t -> {
      trainings.failed(t, failure.input().run(), failure.why());
      return true;
    });
    return new TrainingWorkflow.Outcome("FAILED", 0, failure.why());
  }

  @Override
  public Next next(RunRef search) {
    return new Next(store.write(t -> searches.next(t, search.run())).orElse(null));
  }

  @Override
  public void stop(RunRef search) {
    store.write(t -> {
      Searches.find(t.state(), search.run()).ifPresent(found -> searches.stop(t, found));
      return true;
    });
  }

  @Override
  public Standing tick(PromotionRef input) {
    return store.write(t ->
        t.find(Tables.PROMOTIONS, input.promotion().value())
            .map(p -> promotions.tick(t, p))
            .map(p ->
                new Standing(
                    p.status() == Status.WAITING, p.status().name().toLowerCase(Locale.ROOT)))
            .orElse(new Standing(false, "gone")));
  }
}
