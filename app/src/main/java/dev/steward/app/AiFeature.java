package dev.steward.app;

import dev.steward.api.Operation;
import dev.steward.api.ai.AiOperations;
import dev.steward.api.ai.PredictionOperations;
import dev.steward.api.ai.RightsizingOperations;
import java.util.List;
import java.util.stream.Stream;

/** What models say. */
record AiFeature(House house) implements Feature {
  @Override
  public List<Operation> operations() {
    Lab lab = house.lab;
    return Stream.of(
            new AiOperations(lab.forecasts(), lab.champions()).operations(),
            new RightsizingOperations(lab.peaks(), house.desks.office().prices()).operations(),
            new PredictionOperations(house.blobs, lab.predictions()).operations())
        .flatMap(List::stream)
        .toList();
  }
}
