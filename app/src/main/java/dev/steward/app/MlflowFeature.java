package dev.steward.app;

import dev.steward.api.Operation;
import dev.steward.api.lab.MlflowArtifacts;
import dev.steward.api.lab.MlflowExperiments;
import dev.steward.api.lab.MlflowModels;
import dev.steward.api.lab.MlflowRuns;
import dev.steward.api.lab.MlflowVersions;
import dev.steward.domain.lab.Tracking;
import dev.steward.storage.Store;
import java.util.List;

/** The lab, as MLflow's clients know it. */
record MlflowFeature(House house) implements Feature {
  @Override
  public List<Operation<?, ?>> operations() {
    Store store = house.store;
    Tracking tracking = house.lab.tracking();
    MlflowExperiments experiments = new MlflowExperiments(store, tracking);
    return Feature.together(
        experiments.operations(),
        new MlflowRuns(store, tracking, experiments).operations(),
        new MlflowModels(store, house.lab.registry()).operations(),
        new MlflowVersions(store, house.lab.registry()).operations(),
        new MlflowArtifacts(store, house.blobs, tracking, Configured.upload(house.settings))
            .operations());
  }
}
