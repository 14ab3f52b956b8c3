package dev.steward.domain.serve;

import dev.steward.domain.work.Work;
import dev.steward.model.DataSet;
import dev.steward.model.Ids;
import dev.steward.model.OrganizationId;
import dev.steward.model.Prediction;
import dev.steward.model.PredictionBuilder;
import dev.steward.model.PredictionId;
import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.PredictionRef;
import dev.steward.storage.Events;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.InstantSource;
import java.util.Map;

/** Batches of forecasts: asked for, carried on, done. Every step is a transaction. */
public final class Predictions {
  private final Work work;
  private final Ids ids;
  private final InstantSource clock;

  public Predictions(Work work, Ids ids, InstantSource clock) {
    this.work = work;
    this.ids = ids;
    this.clock = clock;
  }

  /** Takes a batch on; a workflow does it. */
  public Prediction request(
      Transaction t, OrganizationId organization, String dataSet, int horizon, String user) {
    DataSet set = t.own(organization).get(Tables.DATA_SETS, dataSet);
    Prediction prediction =
        t.put(
            Tables.PREDICTIONS,
            PredictionBuilder.builder()
                .id(PredictionId.from(ids))
                .organization(organization)
                .dataSet(set.id())
                .horizon(horizon)
                .status(RunStatus.QUEUED)
                .done(0)
                .series(set.series())
                .answeredBy(Map.of())
                .result(null)
                .detail(null)
                .user(user)
                .createdAt(clock.instant())
                .endedAt(null)
                .build());
    work.start(t, Jobs.PREDICTION, PredictionRef.of(prediction));
    return prediction;
  }

  public void progress(Transaction t, Prediction prediction, int done) {
    t.put(Tables.PREDICTIONS, prediction.at(done));
  }

  public void complete(
      Transaction t, Prediction prediction, Map<String, Integer> answeredBy, String blob) {
    t.put(Tables.PREDICTIONS, prediction.completed(answeredBy, blob, clock.instant()));
    tell(t, prediction, "prediction.completed", prediction.series() + " series");
  }

  /** It cannot go on; doing it again does nothing. */
  public void fail(Transaction t, Prediction prediction, String why) {
    if (prediction.status().isOver()) return;
    t.put(Tables.PREDICTIONS, prediction.failed(why, clock.instant()));
    tell(t, prediction, "prediction.failed", why);
  }

  private void tell(Transaction t, Prediction prediction, String type, String text) {
    Events.append(
        t, prediction.organization(), type, prediction.id().value(), text, clock.instant());
  }
}
