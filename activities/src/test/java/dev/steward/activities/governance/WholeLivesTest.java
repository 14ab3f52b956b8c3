package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.activities.EmulatedAws;
import dev.steward.domain.governance.desk.ChangeDesk.Wish;
import dev.steward.model.Approval;
import dev.steward.model.ApprovalGroup;
import dev.steward.model.Change;
import dev.steward.model.Change.Status;
import dev.steward.model.Change.Step;
import dev.steward.model.Policy;
import dev.steward.model.Policy.Effect;
import dev.steward.model.Policy.OnFailure;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.Role;
import dev.steward.model.SavingsEntry;
import dev.steward.model.SavingsEntry.Stage;
import dev.steward.model.User;
import dev.steward.model.Window;
import dev.steward.storage.Tables;
import dev.steward.testing.Fault;
import dev.steward.workflows.approvals.ApprovalWorkflow.Decision;
import io.temporal.client.WorkflowUpdateException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.RdsClient;

/** Changes from their draft to their last measurement, with the months between skipped. */
@SuppressWarnings("NullAway.Init")
final class WholeLivesTest {
  @TempDir private static Path folder;
  private static EmulatedAws aws;

  @BeforeAll
  static void start() {
    aws = new EmulatedAws(folder);
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @AfterEach
  void heal() {
    aws.proxy.healAll();
  }

  private static Life life() {
    return life(null);
  }

  private static Life life(@Nullable Instant begins) {
    return new Life(aws, begins);
  }

  @Test
  void waitsThirtyDaysRemindsEscalatesAndIsApprovedByTheSecondGroup() throws Exception {
    try (Life life = life()) {
      User client = life.user("client", Role.CLIENT);
      User approver = life.user("approver", Role.APPROVER);
      User admin = life.user("admin", Role.ADMIN);
      life.policy(
          Governing.rule(
              Effect.REQUIRE_APPROVAL,
              new Policy.Terms(
                  List.of(Governing.approvers(2)),
                  30 * 24,
                  7 * 24,
                  14 * 24,
                  new ApprovalGroup("admins", List.of(Role.ADMIN), List.of(), 1),
                  null),
              null,
              List.of(),
              null,
              null));
      Change change = life.submit(life.drafts.fresh(client, "snapshot_and_delete_volume"), client);
      life.pass(Duration.ofDays(13));
      assertThat(life.events()).contains("approval.reminded").doesNotContain("approval.escalated");
      assertThatThrownBy(() -> life.approve(change, admin))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().type()).isEqualTo(Problem.Type.NOT_ASKED));
      life.pass(Duration.ofDays(2));
      assertThat(life.events()).contains("approval.escalated");
      assertThat(life.approve(change, approver).status()).isEqualTo(Approval.Status.PENDING);
      life.pass(Duration.ofDays(14));
      assertThat(life.events().stream().filter("approval.reminded"::equals)).hasSize(4);
      assertThat(life.approve(change, admin).status()).isEqualTo(Approval.Status.APPROVED);
      Change done = life.await(change, Status.DONE);
      assertThat(done.step(1).recipe()).containsKey("snapshot");
    }
  }

  @Test
  void nobodyDecidesAndThatIsANo() throws Exception {
    try (Life life = life()) {
      User client = life.user("client", Role.CLIENT);
      User approver = life.user("approver", Role.APPROVER);
      Change change = life.submit(life.drafts.fresh(client, "snapshot_and_delete_volume"), client);
      Instant end = life.approval(change).timing().expiresAt();
      life.pass(Duration.between(life.now(), end).minusSeconds(1));
      assertThat(life.change(change.id()).progress().status()).isEqualTo(Status.WAITING);
      life.pass(Duration.ofSeconds(1));
      // At the very moment: whether the timer or the decision comes first, it is a no.
      assertThatThrownBy(() -> life.approve(change, approver))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().type()).isEqualTo(Problem.Type.APPROVAL_EXPIRED));
      life.pass(Duration.ofMinutes(1));
      life.await(change, Status.EXPIRED);
      assertThat(life.approval(change).status()).isEqualTo(Approval.Status.EXPIRED);
      assertThat(count("DeleteVolume", life)).isZero();
    }
  }

  private static long count(String action, Life life) {
    return new Worlds(life.customer).look().stream().filter(l -> l.startsWith("volume")).count()
            == 0
        ? aws.proxy.calls().stream().filter(c -> c.action().equals(action)).count()
        : 0;
  }

  @Test
  void waitsForTheWindowAcrossTheEndOfSummerTime() throws Exception {
    try (Life life = life(Instant.parse("2026-10-25T06:00:00Z"))) {
      User client = life.user("client", Role.CLIENT);
      Window night = new Window(List.of(DayOfWeek.SATURDAY), "22:00", "04:00", "Europe/Berlin");
      life.policy(Governing.rule(Effect.AUTO_APPROVE, null, null, List.of(night), null, null));
      Change change = life.submit(life.drafts.fresh(client, "volume_to_gp3"), client);
      life.await(change, Status.SCHEDULED);
      life.pass(Duration.ofDays(6).plusHours(14).plusMinutes(59));
      assertThat(life.change(change.id()).progress().status()).isEqualTo(Status.SCHEDULED);
      life.pass(Duration.ofMinutes(2));
      Change done = life.await(change, Status.DONE);
      // Saturday 22:00 in Berlin is 21:00 UTC in winter.
      assertThat(done.step(1).doneAt())
          .isBetween(Instant.parse("2026-10-31T21:00:00Z"), Instant.parse("2026-10-31T21:10:00Z"));
    }
  }

  @Test
  void holdsAStoppedDatabaseWhenAwsStartsItAndLetsGoWhenAPersonDoes() throws Exception {
    try (Life life = life()) {
      User client = life.user("client", Role.CLIENT);
      life.approving();
      Change change = life.submit(life.drafts.fresh(client, "stop_rds_instance"), client);
      life.await(change, Status.DONE);
      RdsClient rds = life.customer.client("us-east-1", RdsClient.class, RdsClient::builder);
      life.pass(Duration.ofDays(6).plusHours(20));
      rds.startDBInstance(r -> r.dbInstanceIdentifier("orders"));
      life.pass(Duration.ofHours(8));
      assertThat(life.change(change.id()).step(1).detail()).contains("stopped again");
      assertThat(state(rds)).isEqualTo("stopped");
      life.pass(Duration.ofDays(3));
      rds.startDBInstance(r -> r.dbInstanceIdentifier("orders"));
      life.pass(Duration.ofDays(2));
      assertThat(life.change(change.id()).step(1).detail()).contains("somebody started it");
      assertThat(state(rds)).isEqualTo("available");
      life.pass(Duration.ofDays(20));
      Map<Integer, Double> realised = realised(life, change);
      assertThat(realised.keySet()).containsExactlyInAnyOrder(1, 7, 30);
      assertThat(realised.get(1)).isPositive();
      // It came back, so its money is spent again.
      assertThat(realised.get(30)).isEqualTo(-realised.getOrDefault(1, 0.0));
    }
  }

  private static String state(RdsClient rds) {
    return rds.describeDBInstances().dbInstances().getFirst().dbInstanceStatus();
  }

  private static Map<Integer, Double> realised(Life life, Change change) {
    Map<Integer, Double> byDay = new HashMap<>();
    for (SavingsEntry entry : life.store.state().rows(Tables.SAVINGS).stream().toList())
      if (entry.change().equals(change.id()) && entry.stage() == Stage.REALISED)
        byDay.put(
            entry.day(), java.util.Objects.requireNonNull(entry.amount()).dollars().doubleValue());
    return byDay;
  }

  @Test
  void measuresWhatWasBilledWhereCostExplorerTells() throws Exception {
    try (Life life = life()) {
      User client = life.user("client", Role.CLIENT);
      life.approving();
      Change change =
          life.submit(
              life.drafts.fresh(client, "snapshot_and_delete_volume", "release_address"), client);
      Change done = life.await(change, Status.DONE);
      // By when it was done, not by now: midnight may lie between.
      LocalDate day =
          LocalDate.ofInstant(
              java.util.Objects.requireNonNull(done.step(1).doneAt()), ZoneOffset.UTC);
      Map<String, Double> billed = new HashMap<>();
      for (int i = -6; i < 0; i++) billed.put(day.plusDays(i).toString(), 0.5);
      for (int i = 1; i < 7; i++) billed.put(day.plusDays(i).toString(), 0.1);
      aws.emulator.billed(change.planned(1).resource(), billed);
      life.pass(Duration.ofDays(31));
      List<SavingsEntry> entries =
          life.store.state().rows(Tables.SAVINGS).stream()
              .filter(e -> e.stage() == Stage.REALISED)
              .toList();
      assertThat(entries)
          .extracting(e -> e.step() + " " + e.day() + " " + e.basis())
          .containsExactlyInAnyOrder(
              // On the first day nothing is billed yet, after a month nothing is kept any more.
              "1 1 verified_state",
              "1 7 cost_explorer",
              "1 30 verified_state",
              "2 1 verified_state",
              "2 7 verified_state",
              "2 30 verified_state");
      assertThat(realised(life, change).get(7)).isNotNull();
      assertThat(
              entries.stream()
                  .filter(e -> e.basis().equals("cost_explorer"))
                  .map(SavingsEntry::amount))
          .containsExactly(dev.steward.model.Money.usd(7.16));
      assertThat(life.change(done.id()).progress().measured()).isEqualTo(3);
    }
  }

  @Test
  void canBeUndoneUntilTheRecipeExpires() throws Exception {
    try (Life life = life()) {
      User client = life.user("client", Role.CLIENT);
      life.approving();
      Change one =
          life.submit(
              life.drafts.fresh(client, "snapshot_and_delete_volume", "release_address"), client);
      life.await(one, Status.DONE);
      Change two = life.submit(life.drafts.fresh(client, "snapshot_and_delete_volume"), client);
      life.await(two, Status.DONE);
      life.pass(Duration.ofDays(29));
      life.ask(one, Wish.UNDO);
      Change undone = life.await(one, Status.PARTLY_DONE);
      assertThat(undone.step(1).state()).isEqualTo(Step.State.UNDONE);
      assertThat(undone.step(2).state()).isEqualTo(Step.State.DONE);
      // 10 dollars of the volume less the 5 of its snapshot.
      assertThat(realised(life, one)).containsEntry(999, -5.0);
      assertThat(new Worlds(life.customer).look())
          .anyMatch(l -> l.startsWith("volume 100 gp2 us-east-1b available {team=data}"));
      life.pass(Duration.ofDays(2));
      assertThatThrownBy(() -> life.ask(two, Wish.UNDO))
          .hasMessageContaining("it could be undone until");
    }
  }

  @Test
  void theKillSwitchStopsNewStepsAndLetsThemGoOn() throws Exception {
    try (Life life = life()) {
      User client = life.user("client", Role.CLIENT);
      life.approving();
      Governing.turn(life, true);
      Change change = life.submit(life.drafts.fresh(client, "volume_to_gp3"), client);
      life.pass(Duration.ofDays(3));
      assertThat(life.change(change.id()).step(1).state()).isEqualTo(Step.State.PENDING);
      Governing.turn(life, false);
      life.await(change, Status.DONE);
    }
  }

  @Test
  void isPausedResumedAndCancelled() throws Exception {
    try (Life life = life()) {
      User client = life.user("client", Role.CLIENT);
      life.policy(Governing.rule(Effect.AUTO_APPROVE, null, 1, List.of(), null, null));
      Change change = life.submit(life.drafts.fresh(client, "volume_to_gp3"), client);
      life.await(change, Status.GRACE);
      life.ask(change, Wish.PAUSE);
      life.pass(Duration.ofDays(3));
      assertThat(life.change(change.id()).step(1).state()).isEqualTo(Step.State.PENDING);
      life.ask(change, Wish.RESUME);
      life.await(change, Status.DONE);
      assertThatThrownBy(() -> life.ask(change, Wish.CANCEL)).hasMessageContaining("is done");
      Change other = life.submit(life.drafts.fresh(client, "volume_to_gp3"), client);
      life.await(other, Status.GRACE);
      life.ask(other, Wish.CANCEL);
      assertThat(life.await(other, Status.CANCELLED).step(1).state())
          .isEqualTo(Step.State.CANCELLED);
    }
  }

  @Test
  void aWithdrawnRequestIsOver() throws Exception {
    try (Life life = life()) {
      User client = life.user("client", Role.CLIENT);
      life.user("approver", Role.APPROVER);
      Change change = life.submit(life.drafts.fresh(client, "volume_to_gp3"), client);
      life.ask(change, Wish.CANCEL);
      life.await(change, Status.CANCELLED);
      assertThat(life.approval(change).status()).isEqualTo(Approval.Status.WITHDRAWN);
    }
  }

  /** The second of three steps is refused by AWS. */
  private static Change failing(Life life, OnFailure onFailure) {
    User client = life.user("client", Role.CLIENT);
    life.policy(Governing.rule(Effect.AUTO_APPROVE, null, null, List.of(), null, onFailure));
    Change draft =
        life.drafts.fresh(client, "snapshot_and_delete_volume", "release_address", "volume_to_gp3");
    aws.proxy.when(c -> c.action().equals("ReleaseAddress"), new Fault.Deny());
    return life.submit(draft, client);
  }

  @Test
  void stopsAtAFailureWhereThePolicySaysStop() throws Exception {
    try (Life life = life()) {
      Change change = life.await(failing(life, OnFailure.STOP), Status.PARTLY_DONE);
      assertThat(change.steps())
          .extracting(Step::state)
          .containsExactly(Step.State.DONE, Step.State.FAILED, Step.State.CANCELLED);
      assertThat(change.step(2).detail()).contains("UnauthorizedOperation", "put back");
    }
  }

  @Test
  void goesOnAfterAFailureWhereThePolicySaysSo() throws Exception {
    try (Life life = life()) {
      Change change = life.await(failing(life, OnFailure.CONTINUE), Status.PARTLY_DONE);
      assertThat(change.steps())
          .extracting(Step::state)
          .containsExactly(Step.State.DONE, Step.State.FAILED, Step.State.DONE);
    }
  }

  @Test
  void undoesEverythingAfterAFailureWhereThePolicySaysSo() throws Exception {
    try (Life life = life()) {
      Change change = life.await(failing(life, OnFailure.UNDO_ALL), Status.UNDONE);
      assertThat(change.steps())
          .extracting(Step::state)
          .containsExactly(Step.State.UNDONE, Step.State.FAILED, Step.State.CANCELLED);
      assertThat(new Worlds(life.customer).look())
          .filteredOn(l -> l.startsWith("volume 100 gp2 us-east-1b available {team=data}"))
          .hasSize(2);
    }
  }

  @Test
  void takesADecisionThroughTemporalByTheSameRules() throws Exception {
    try (Life life = life()) {
      User client = life.user("client", Role.CLIENT, Role.APPROVER);
      User approver = life.user("approver", Role.APPROVER);
      Change change = life.submit(life.drafts.fresh(client, "volume_to_gp3"), client);
      life.pass(Duration.ofSeconds(1));
      String theirs = life.token(client, change, "approve");
      String rejection = life.token(approver, change, "reject");
      String proof = life.token(approver, change, "approve");
      dev.steward.workflows.approvals.ApprovalWorkflow workflow =
          life.temporal
              .getWorkflowClient()
              .newWorkflowStub(
                  dev.steward.workflows.approvals.ApprovalWorkflow.class,
                  "approval/" + life.approval(change).id());
      for (Decision refused :
          List.of(
              new Decision("client", "approve", null, change.planHash(), theirs),
              new Decision("stranger", "approve", null, change.planHash(), proof),
              new Decision("approver", "approve", null, change.planHash(), null),
              new Decision("approver", "approve", null, change.planHash(), "guess"),
              new Decision("approver", "approve", null, change.planHash(), theirs),
              new Decision("approver", "approve", null, change.planHash(), rejection),
              new Decision("approver", "approve", null, "0".repeat(64), proof)))
        assertThatThrownBy(() -> workflow.decide(refused))
            .isInstanceOf(WorkflowUpdateException.class);
      assertThat(life.approval(change).decisions()).isEmpty();
      assertThat(
              workflow
                  .decide(new Decision("approver", "approve", "read", change.planHash(), proof))
                  .status())
          .isEqualTo("APPROVED");
      Change done = life.await(change, Status.DONE);
      assertThat(life.approval(done).decisions().getFirst().channel()).isEqualTo("temporal");
      assertThat(life.auditor.proof(life.store::state, life.organization).faults()).isEmpty();
    }
  }
}
