package dev.steward.workflows.discovery;

import dev.steward.workflows.Calls;

public final class DueImpl implements Due {
  @Override
  public void request(Input input) {
    Calls.store(Activities.class).request(input);
  }
}
