package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.activities.EmulatedAws;
import dev.steward.model.Change;
import dev.steward.model.Change.Status;
import dev.steward.model.Change.Step;
import dev.steward.model.Policy;
import dev.steward.model.Policy.Effect;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.Role;
import dev.steward.model.SavingsEntry;
import dev.steward.model.User;
import dev.steward.storage.Tables;
import dev.steward.testing.AwsCall;
import dev.steward.testing.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What people and AWS do while a step is carried out. */
@SuppressWarnings("NullAway.Init")
final class MeanwhileTest {
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
    return new Life(aws, null).approving();
  }

  /** Once the step is armed, a call of this name meets the fault, and this happens before it. */
  private static void meanwhile(
      Life life, Change change, String action, Runnable happens, Fault fault) {
    AtomicBoolean happened = new AtomicBoolean();
    aws.proxy.when(
        call -> {
          boolean now =
              call.action().equals(action)
                  && life.change(change.id()).step(1).state() == Step.State.ARMED
                  && happened.compareAndSet(false, true);
          if (now) happens.run();
          return now;
        },
        fault);
  }

  private static Ec2Client ec2(Life life) {
    return life.customer.client("us-east-1", Ec2Client.class, Ec2Client::builder);
  }

  @Test
  void whatSomebodyElseHasTakenAwayIsNoSavingOfOurs() throws Exception {
    try (Life life = life()) {
      String address = life.worlds().make("release_address");
      User client = life.user("client", Role.CLIENT);
      Change draft = life.drafts.of(client, "release_address", address);
      meanwhile(
          life,
          draft,
          "DescribeAddresses",
          () -> ec2(life).releaseAddress(r -> r.allocationId(address)),
          new Fault.Delay(Duration.ZERO));
      Step step = life.untilOver(life.submit(draft, client)).step(1);
      assertThat(step.state()).isEqualTo(Step.State.SKIPPED);
      assertThat(step.detail()).contains("it is gone");
      assertThat(
              life.store.state().rows(Tables.SAVINGS).stream()
                  .filter(e -> e.stage() == SavingsEntry.Stage.EXECUTED)
                  .toList())
          .isEmpty();
    }
  }

  /** A step that fails before its first call has changed nothing that could be put back. */
  @Test
  void whatWasNeverBegunIsNotUndoneAgainstWhatPeopleDid() throws Exception {
    try (Life life = life()) {
      String instance = life.worlds().make("stop_instance");
      User client = life.user("client", Role.CLIENT);
      Change draft = life.drafts.of(client, "stop_instance", instance);
      meanwhile(
          life,
          draft,
          "DescribeInstances",
          () -> ec2(life).stopInstances(r -> r.instanceIds(instance)),
          new Fault.Deny());
      aws.proxy.forgetCalls();
      Step step = life.untilOver(life.submit(draft, client)).step(1);
      assertThat(step.state()).isEqualTo(Step.State.FAILED);
      assertThat(step.detail()).contains("nothing was begun").doesNotContain("put back");
      assertThat(life.worlds().instances().state(instance)).isEqualTo("stopped");
      assertThat(aws.proxy.calls())
          .extracting(AwsCall::action)
          .doesNotContain("StartInstances", "StopInstances");
    }
  }

  @Test
  void aTagThatSaysKeepHasWhatWasBegunPutBack() throws Exception {
    try (Life life = life()) {
      String volume = life.worlds().make("snapshot_and_delete_volume");
      User client = life.user("client", Role.CLIENT);
      Change draft = life.drafts.of(client, "snapshot_and_delete_volume", volume);
      meanwhile(
          life,
          draft,
          "DeleteVolume",
          () ->
              ec2(life)
                  .createTags(r ->
                      r.resources(volume).tags(Tag.builder().key("steward").value("keep").build())),
          new Fault.ServerError());
      Step step = life.untilOver(life.submit(draft, client)).step(1);
      assertThat(step.state()).isEqualTo(Step.State.FAILED);
      assertThat(step.detail()).contains("tag:steward is new", "put back");
      assertThat(ec2(life).describeVolumes(r -> r.volumeIds(volume)).volumes()).hasSize(1);
      assertThat(ec2(life).describeSnapshots(r -> r.ownerIds("self")).snapshots()).isEmpty();
    }
  }

  @Test
  void aWordThatCameAfterAStopHasItStartedAgain() throws Exception {
    try (Life life = life()) {
      String instance = life.worlds().make("stop_instance");
      User client = life.user("client", Role.CLIENT);
      Change draft = life.drafts.of(client, "stop_instance", instance);
      meanwhile(life, draft, "StopInstances", () -> life.exempt(instance), new Fault.Lost());
      Step step = life.untilOver(life.submit(draft, client)).step(1);
      assertThat(step.state()).isEqualTo(Step.State.FAILED);
      assertThat(step.detail()).contains("it is exempt until", "put back");
      assertThat(life.worlds().instances().state(instance)).isEqualTo("running");
    }
  }

  static Stream<Arguments> own() {
    return Stream.of(
        Arguments.of("stop_instance", "StopInstances"),
        Arguments.of("resize_instance", "StartInstances"),
        Arguments.of("terminate_instance", "CreateSnapshot"),
        Arguments.of("volume_to_gp3", "ModifyVolume"),
        Arguments.of("set_log_retention", "PutRetentionPolicy"));
  }

  /** What the step itself has changed does not speak against going on with it. */
  @ParameterizedTest
  @MethodSource("own")
  void whatTheStepChangedItselfIsNoDrift(String action, String lost) throws Exception {
    try (Life life = life()) {
      User client = life.user("client", Role.CLIENT);
      Change draft = life.drafts.fresh(client, action);
      AtomicBoolean happened = new AtomicBoolean();
      meanwhile(life, draft, lost, () -> happened.set(true), new Fault.Lost());
      Step step = life.untilOver(life.submit(draft, client)).step(1);
      assertThat(step.state()).as(step.detail()).isEqualTo(Step.State.DONE);
      assertThat(happened).isTrue();
    }
  }

  @Test
  void aResourceThatComesBackIntoUseInTheGracePeriodIsLeftAlone() throws Exception {
    try (Life life = new Life(aws, null)) {
      User client = life.user("client", Role.CLIENT);
      life.policy(Governing.rule(Effect.AUTO_APPROVE, null, 30 * 24, List.of(), null, null));
      Change change =
          life.submit(
              life.drafts.fresh(client, "snapshot_and_delete_volume", "volume_to_gp3"), client);
      life.pass(Duration.ofDays(10));
      assertThat(life.change(change.id()).progress().status()).isEqualTo(Status.GRACE);
      String volume = change.planned(1).resource();
      Ec2Client ec2 = life.customer.client("us-east-1", Ec2Client.class, Ec2Client::builder);
      Tag owner = Tag.builder().key("owner").value("me").build();
      ec2.createTags(r -> r.resources(volume).tags(owner));
      life.pass(Duration.ofDays(2));
      assertThat(life.change(change.id()).step(1).state()).isEqualTo(Step.State.CANCELLED);
      // What came back once is not touched, even if it is unused again.
      ec2.deleteTags(r -> r.resources(volume).tags(owner));
      life.pass(Duration.ofDays(19));
      Change done = life.await(change, Status.PARTLY_DONE);
      assertThat(done.step(1).detail()).contains("came back into use", "owner");
      assertThat(done.step(2).state()).isEqualTo(Step.State.DONE);
    }
  }

  @Test
  void keepsTheVersionOfThePolicyItWasAskedUnder() throws Exception {
    try (Life life = new Life(aws, null)) {
      User client = life.user("client", Role.CLIENT);
      User approver = life.user("approver", Role.APPROVER);
      life.policy(
          Governing.rule(
              Effect.REQUIRE_APPROVAL,
              new Policy.Terms(List.of(Governing.approvers(1)), null, null, null, null, null),
              null,
              List.of(),
              null,
              null));
      Change change = life.submit(life.drafts.fresh(client, "volume_to_gp3"), client);
      // Meanwhile the policy forbids everything.
      life.policy(Governing.rule(Effect.DENY, null, null, List.of(), null, null));
      assertThat(life.approval(change).policies()).containsExactly("life version 1");
      life.approve(change, approver);
      life.await(change, Status.DONE);
      Change next = life.drafts.fresh(client, "volume_to_gp3");
      assertThatThrownBy(() -> life.submit(next, client))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().type()).isEqualTo(Problem.Type.REFUSED_BY_POLICY));
    }
  }

  @Test
  void aCapThatIsReachedMeanwhileSkipsTheStep() throws Exception {
    try (Life life = new Life(aws, null)) {
      User client = life.user("client", Role.CLIENT);
      life.policy(
          Governing.rule(
              Effect.AUTO_APPROVE, null, null, List.of(), new Policy.Caps(1, null, null), null));
      Change two = life.drafts.fresh(client, "volume_to_gp3", "volume_to_gp3");
      assertThatThrownBy(() -> life.submit(two, client)).hasMessageContaining("do not allow");
      Governing.turn(life, true);
      // Each is within the cap when it is submitted; together they are not.
      Change first = life.submit(life.drafts.fresh(client, "volume_to_gp3"), client);
      Change second = life.submit(life.drafts.fresh(client, "volume_to_gp3"), client);
      Governing.turn(life, false);
      life.await(first, c -> c.progress().status().isOver());
      life.await(second, c -> c.progress().status().isOver());
      assertThat(
              List.of(
                  life.change(first.id()).step(1).state(),
                  life.change(second.id()).step(1).state()))
          .containsExactlyInAnyOrder(Step.State.DONE, Step.State.SKIPPED);
    }
  }
}
