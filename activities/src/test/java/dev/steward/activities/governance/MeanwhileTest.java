package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.EmulatedAws;
import dev.steward.model.Change;
import dev.steward.model.Change.Step;
import dev.steward.model.Role;
import dev.steward.model.SavingsEntry;
import dev.steward.model.User;
import dev.steward.storage.Tables;
import dev.steward.testing.AwsCall;
import dev.steward.testing.Fault;
import java.nio.file.Path;
import java.time.Duration;
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
}
