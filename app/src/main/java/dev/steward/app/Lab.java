package dev.steward.app;

import dev.steward.domain.data.DataSets;
import dev.steward.domain.governance.desk.Desks;
import dev.steward.domain.lab.Promotions;
import dev.steward.domain.lab.Registry;
import dev.steward.domain.lab.Searches;
import dev.steward.domain.lab.Tracking;
import dev.steward.domain.lab.Trainings;
import dev.steward.domain.lab.Watches;
import dev.steward.domain.serve.Champions;
import dev.steward.domain.serve.Forecasts;
import dev.steward.domain.serve.Peaks;
import dev.steward.domain.serve.Predictions;
import dev.steward.domain.serve.Watching;
import dev.steward.domain.work.Work;
import dev.steward.model.Ids;
import dev.steward.storage.Blobs;
import dev.steward.storage.Store;
import java.time.InstantSource;

/** What learns, what is served of it, and the rules of both. */
record Lab(
    DataSets dataSets,
    Tracking tracking,
    Registry registry,
    Trainings trainings,
    Searches searches,
    Promotions promotions,
    Watches watches,
    Champions champions,
    Forecasts forecasts,
    Peaks peaks,
    Predictions predictions,
    Watching watching) {

  static Lab of(Store store, Blobs blobs, Desks desks, Champions champions) {
    Work work = desks.office().work();
    Ids ids = desks.office().ids();
    InstantSource clock = desks.office().clock();
    Tracking tracking = new Tracking(ids, clock);
    Registry registry = new Registry(clock);
    Trainings trainings = new Trainings(tracking, registry, work, clock);
    Watches watches = new Watches(registry, work, clock);
    DataSets dataSets = new DataSets(blobs, ids, clock);
    return new Lab(
        dataSets,
        tracking,
        registry,
        trainings,
        new Searches(tracking, trainings, registry, work, clock),
        new Promotions(
            registry, watches, desks.approvals(), desks.office().audit(), work, ids, clock),
        watches,
        champions,
        new Forecasts(champions),
        new Peaks(champions),
        new Predictions(work, ids, clock),
        new Watching(store, blobs, champions, watches, dataSets, trainings, clock));
  }
}
