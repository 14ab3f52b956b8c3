package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.domain.governance.desk.Desks;
import dev.steward.domain.governance.desk.Office;
import dev.steward.domain.work.Work;
import dev.steward.estate.PriceBook;
import dev.steward.model.Change;
import dev.steward.model.Change.Progress;
import dev.steward.model.Change.Step;
import dev.steward.model.Change.Step.State;
import dev.steward.model.ChangeBuilder;
import dev.steward.model.ChangeId;
import dev.steward.model.Ids;
import dev.steward.model.Role;
import dev.steward.model.StepResult;
import dev.steward.model.User;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down of a step is what an undo, or a person, has to go by. */
final class StepDeskTest {
  private static final Ids IDS = Ids.random();

  private static Change armed(Map<String, String> recipe) {
    User client = Samples.user("client", Role.CLIENT);
    return ChangeBuilder.builder()
        .id(ChangeId.from(IDS))
        .organization(Samples.ORGANIZATION)
        .account(Samples.account("production").id())
        .title("a change")
        .requestedBy(client.id())
        .requester(client.username())
        .plan(Samples.plan(1))
        .planHash("")
        .ruling(null)
        .approval(null)
        .progress(Progress.draft().status(Change.Status.RUNNING))
        .steps(List.of(Step.pending(1).checked(recipe, Samples.NOW).is(State.ARMED, "")))
        .timeline(List.of())
        .createdAt(Samples.NOW)
        .build();
  }

  /** Somebody else deleted the volume once its snapshot was made: that is all there is of it. */
  @Test
  void whatWasMadeBeforeAStepDriftedIsStillKnown(@TempDir Path folder) {
    try (Store store = Store.open(folder.resolve("data"))) {
      AuditBook audit = new AuditBook(MasterKey.at(folder.resolve("key"), false));
      Desks desks =
          Desks.of(
              new Office(
                  new Work(IDS, () -> Samples.NOW),
                  IDS,
                  () -> Samples.NOW,
                  PriceBook.current(),
                  audit));
      Change change = store.write(t -> t.put(Tables.CHANGES, armed(Map.of("zone", "us-east-1a"))));
      StepResult.Drifted drifted =
          new StepResult.Drifted(Map.of("snapshot", "snap-1"), "it is gone");
      store.write(t -> {
        desks.steps().executed(t, change.id(), 1, drifted);
        return true;
      });
      Step step = store.state().find(Tables.CHANGES, change.id().value()).orElseThrow().step(1);
      assertThat(step.state()).isEqualTo(State.SKIPPED);
      assertThat(step.detail()).isEqualTo("drifted: it is gone");
      assertThat(step.recipe()).isEqualTo(Map.of("zone", "us-east-1a", "snapshot", "snap-1"));
    }
  }
}
