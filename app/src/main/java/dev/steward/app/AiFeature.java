package dev.steward.app;

import dev.steward.api.Operation;
import dev.steward.api.ai.AiOperations;
import dev.steward.api.ai.PredictionOperations;
import dev.steward.api.ai.RightsizingOperations;
import java.util.List;

/** What models say. */
record AiFeature(House house) implements Feature {
  @Override
  public List<Operation<?, ?>> operations() {
    Lab lab = house.lab;
    return Feature.together(
        new AiOperations(lab.forecasts(), lab.champions()).operations(),
        new RightsizingOperations(lab.peaks(), house.desks.office().prices()).operations(),
        new PredictionOperations(house.blobs, lab.predictions()).operations());
  }
}
