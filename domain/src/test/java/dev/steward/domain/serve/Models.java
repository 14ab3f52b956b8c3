package dev.steward.domain.serve;

import dev.steward.domain.lab.Registry;
import dev.steward.domain.lab.Tracking;
import dev.steward.domain.lab.Trainings;
import dev.steward.ml.forecast.ModelFile;
import dev.steward.ml.forecast.QuantileMlp;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.Ids;
import dev.steward.model.LabProblem;
import dev.steward.model.ModelVersion;
import dev.steward.model.OrganizationId;
import dev.steward.model.RegisteredModel;
import dev.steward.model.Run;
import dev.steward.storage.Blobs;
import dev.steward.storage.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** A registered model without versions yet, in a store of its own, and what serves it. */
final class Models implements AutoCloseable {
  static final OrganizationId ORGANIZATION = new OrganizationId("org_serving000");
  static final String NAME = Trainings.model(LabProblem.FORECAST, Frequency.DAILY);

  final Ids ids = Ids.random();
  final Tracking tracking;
  final Registry registry;
  final Store store;
  final Blobs blobs;
  final Champions champions;

  Models(Path folder, InstantSource clock) {
    tracking = new Tracking(ids, clock);
    registry = new Registry(clock);
    store = Store.open(folder.resolve("data"));
    blobs = new Blobs(folder.resolve("blobs"));
    champions = new Champions(store, blobs, clock);
    store.write(t -> registry.create(t, ORGANIZATION, NAME, "", Map.of()));
  }

  RegisteredModel model() {
    return Registry.model(store.state().own(ORGANIZATION), NAME);
  }

  /** Registers what a run of its own learnt. */
  ModelVersion version(QuantileMlp learnt) {
    byte[] bytes = ModelFile.write(learnt);
    String digest = blobs.put(bytes);
    return store.write(t -> {
      Run run =
          tracking.start(t, tracking.standard(t, ORGANIZATION), null, "", "test", Map.of(), null);
      tracking.artifact(t, run, Trainings.MODEL_FILE, bytes.length, digest);
      return registry.version(t, model(), "", run.id(), "", Map.of(), "test");
    });
  }

  @Override
  public void close() {
    champions.close();
    store.close();
  }
}
