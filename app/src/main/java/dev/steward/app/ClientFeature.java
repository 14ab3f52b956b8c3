package dev.steward.app;

import dev.steward.api.Operation;
import dev.steward.api.client.ClientOperations;
import dev.steward.api.client.DifferenceOperations;
import dev.steward.api.client.KeptWordOperations;
import dev.steward.api.client.OverviewOperations;
import java.util.List;

/** Accounts, what is in them, and what they cost. */
record ClientFeature(House house) implements Feature {
  @Override
  public List<Operation<?, ?>> operations() {
    return Feature.together(
        new ClientOperations(house.desks.accounts(), house.desks.words()).operations(),
        new KeptWordOperations(house.desks.words()).operations(),
        new DifferenceOperations().operations(),
        new OverviewOperations(house.lab.forecasts(), house.clock).operations());
  }
}
