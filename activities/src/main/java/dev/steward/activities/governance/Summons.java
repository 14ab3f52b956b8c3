package dev.steward.activities.governance;

import dev.steward.domain.governance.change.StepDue;
import dev.steward.domain.governance.desk.TemporalDoor;
import dev.steward.model.Change;
import dev.steward.model.Directive.What;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.ChangeRef;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.workflows.Entrance;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.InstantSource;
import java.util.Locale;

/**
 * What comes by a queue says that something is to be done, and not that it may be: any client of
 * Temporal can have a workflow of its own ask for it. So the store is asked.
 */
final class Summons {
  private final Store store;
  private final InstantSource clock;
  private final TemporalDoor door;

  Summons(Store store, InstantSource clock, TemporalDoor door) {
    this.store = store;
    this.clock = clock;
    this.door = door;
  }

  /**
   * The change, where this is due for it and its own run asks.
   *
   * @param number of the step or of the measurement
   */
  Change heard(ChangeRef input, What what, int number) {
    State state = store.state();
    Change change =
        state
            .find(Tables.CHANGES, input.change().value())
            .orElseThrow(() -> AwsActionActivities.gone("the change is gone"));
    String run = Activity.getExecutionContext().getInfo().getWorkflowId();
    if (!Jobs.CHANGE.id(ChangeRef.of(change)).equals(run)
        || !change.organization().equals(input.organization())
        || !change.account().equals(input.account()))
      throw refused(change, "another run than its own asked for it", what, number);
    // Its run asked before it could know: a disconnection takes the account and ends the change at
    // once, and what waited for its turn meanwhile is no stranger's.
    if (state.find(Tables.ACCOUNTS, change.account().value()).isEmpty())
      throw AwsActionActivities.gone("the account was disconnected");
    if (!StepDue.is(change, what, number, clock.instant()))
      throw refused(change, "it is not due", what, number);
    return change;
  }

  private ApplicationFailure refused(Change change, String why, What what, int number) {
    String told = what.name().toLowerCase(Locale.ROOT) + " " + number + ": " + why;
    store.write(t -> {
      door.refused(t, change.organization(), "change.refused", change.id().value(), null, told);
      return true;
    });
    return ApplicationFailure.newNonRetryableFailure(told, Entrance.FOREIGN);
  }
}
