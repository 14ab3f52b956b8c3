package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.governance.change.ChangeMachine;
import dev.steward.domain.governance.desk.Estates;
import dev.steward.model.Approval;
import dev.steward.model.Change;
import dev.steward.model.Change.Status;
import dev.steward.model.ChangeId;
import dev.steward.model.Directive;
import dev.steward.model.Ids;
import dev.steward.model.Plan;
import dev.steward.model.PlanStep;
import dev.steward.model.UserId;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A clock that went back makes nothing fresh, and frees no room under a cap. */
final class ClockGoesBackTest {
  private static final Plan PLAN = Samples.plan(1);

  private record At(Instant now) implements ChangeMachine.Facts {
    @Override
    public Optional<Approval> approval() {
      return Optional.empty();
    }

    @Override
    public Optional<String> stopped() {
      return Optional.empty();
    }

    @Override
    public Optional<Instant> open() {
      return Optional.of(now);
    }

    @Override
    public Optional<String> capped(PlanStep step) {
      return Optional.empty();
    }

    @Override
    public boolean connected() {
      return true;
    }
  }

  private static Change change(Change.Step step) {
    return new Change(
        ChangeId.from(Ids.random()),
        Samples.ORGANIZATION,
        Samples.account("production").id(),
        "a change",
        UserId.from(Ids.random()),
        "ann",
        PLAN,
        "hash",
        null,
        null,
        Change.Progress.draft().status(Status.RUNNING),
        List.of(step),
        List.of(),
        Samples.NOW);
  }

  private static Change.Step checked(Instant at) {
    return new Change.Step(1, Change.Step.State.CHECKED, "", Map.of(), at, null, null);
  }

  private static Directive.What next(Change change) {
    return ChangeMachine.next(change, new At(Samples.NOW)).directive().what();
  }

  @Test
  void whatWasLookedAtBeforeItWentBackIsLookedAtAgain() {
    assertThat(next(change(checked(Samples.NOW)))).isEqualTo(Directive.What.EXECUTE);
    assertThat(next(change(checked(Samples.NOW.plus(Duration.ofHours(1))))))
        .isEqualTo(Directive.What.CHECK);
  }

  @Test
  void whatWasDoneBeforeItWentBackCountsForTheDay() throws IOException {
    Instant tomorrow = Samples.NOW.plus(Duration.ofDays(1));
    Change done = change(checked(tomorrow).done(Map.of(), "done", tomorrow));
    try (Store store = Store.open(Files.createTempDirectory("steward-test"))) {
      store.write(t -> t.put(Tables.CHANGES, done));
      assertThat(
              new Estates(store.state())
                  .usage(done.account(), Samples.NOW)
                  .changedToday(PLAN.steps().getFirst().kind()))
          .isEqualTo(1);
    }
  }
}
