package dev.steward.ml.serve;

import dev.steward.ml.lab.Promotions;
import dev.steward.ml.lab.Searches;
import dev.steward.ml.lab.Trainings;
import dev.steward.ml.lab.Watches;
import dev.steward.model.Prediction;
import dev.steward.model.Promotion;
import dev.steward.model.Run;
import dev.steward.model.RunId;
import dev.steward.model.Search;
import dev.steward.model.Training;
import dev.steward.model.Watch;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.storage.Work;
import java.util.List;

/** What of the lab is under way. */
public final class Unfinished {
  private Unfinished() {}

  /**
   * Asks again for the workflows of all of it: Temporal's own record was lost. Trainings go on from
   * their last epoch.
   *
   * @return how many were asked for
   */
  public static int restart(Transaction t, Work work) {
    List<Training> trainings =
        t.rows(Tables.TRAININGS).stream()
            // A trial is its search's.
            .filter(training -> !training.trial() && isOpen(t, training.run()))
            .toList();
    List<Search> searches =
        t.rows(Tables.SEARCHES).stream().filter(s -> isOpen(t, s.run())).toList();
    List<Promotion> promotions =
        t.rows(Tables.PROMOTIONS).stream()
            .filter(p -> p.status() == Promotion.Status.WAITING)
            .toList();
    List<Prediction> predictions =
        t.rows(Tables.PREDICTIONS).stream().filter(p -> !p.status().isOver()).toList();
    List<Watch> watches = t.rows(Tables.WATCHES).stream().toList();
    trainings.forEach(x -> Trainings.start(t, work, x));
    searches.forEach(x -> Searches.start(t, work, x));
    promotions.forEach(x -> Promotions.start(t, work, x));
    predictions.forEach(x -> Predictions.start(t, work, x));
    watches.forEach(x -> Watches.start(t, work, x));
    return trainings.size()
        + searches.size()
        + promotions.size()
        + predictions.size()
        + watches.size();
  }

  private static boolean isOpen(Transaction t, RunId run) {
    return t.find(Tables.RUNS, run.value()).map(Run::status).filter(s -> !s.over()).isPresent();
  }
}
