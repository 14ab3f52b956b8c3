package dev.steward.app;

import dev.steward.api.Operation;
import dev.steward.api.auth.AuthOperations;
import dev.steward.api.auth.Tickets;
import java.util.List;

/** Who somebody is. */
record AuthFeature(House house) implements Feature {
  @Override
  public List<Operation<?, ?>> operations() {
    return new AuthOperations(
            house.store,
            house.tokens,
            house.keys,
            house.passwords,
            house.users,
            new Tickets(house.ids),
            house.settings.isOn(Setting.SELF_REGISTRATION))
        .operations();
  }
}
