package dev.steward.domain.governance.desk;

import dev.steward.domain.governance.change.ChangeMachine;
import dev.steward.domain.governance.policy.BlastRadius;
import dev.steward.domain.governance.policy.Windows;
import dev.steward.model.Approval;
import dev.steward.model.Change;
import dev.steward.model.PlanStep;
import dev.steward.model.Ruling;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.Optional;

/** The facts as the store has them at one moment. */
record StoredFacts(State state, Change change, Instant now) implements ChangeMachine.Facts {
  @Override
  public Optional<Approval> approval() {
    return change.approval() == null
        ? Optional.empty()
        : state.find(Tables.APPROVALS, change.approval().value());
  }

  @Override
  public Optional<String> stopped() {
    return KillSwitch.stops(state, change.organization());
  }

  @Override
  public Optional<Instant> open() {
    Ruling ruling = change.ruling();
    return ruling == null ? Optional.empty() : Windows.nextOpen(ruling.windows(), now);
  }

  @Override
  public Optional<String> capped(PlanStep step) {
    Ruling ruling = change.ruling();
    if (ruling == null || ruling.caps().isEmpty()) return Optional.empty();
    return BlastRadius.exceeded(
        ruling.caps(), step.kind(), new Estates(state).usage(change.account(), now));
  }

  @Override
  public boolean connected() {
    return state.find(Tables.ACCOUNTS, change.account().value()).isPresent();
  }
}
