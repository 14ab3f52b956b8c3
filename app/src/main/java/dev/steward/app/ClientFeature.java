package dev.steward.app;

import dev.steward.api.Operation;
import dev.steward.api.client.ClientOperations;
import dev.steward.api.client.KeptWordOperations;
import dev.steward.api.client.OverviewOperations;
import java.util.List;
import java.util.stream.Stream;

/** Accounts, what is in them, and what they cost. */
record ClientFeature(House house) implements Feature {
  @Override
  public List<Operation> operations() {
    return Stream.of(
            new ClientOperations(house.store, house.desks.accounts(), house.desks.words())
                .operations(),
            new KeptWordOperations(house.desks.words()).operations(),
            new OverviewOperations(house.lab.forecasts(), house.clock).operations())
        .flatMap(List::stream)
        .toList();
  }
}
