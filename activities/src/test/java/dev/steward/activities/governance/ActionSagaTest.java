package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.activities.EmulatedAws;
import dev.steward.aws.actions.Action;
import dev.steward.aws.actions.Actions;
import dev.steward.estate.Loss;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.testing.AwsCall;
import dev.steward.testing.Fault;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Every action before an emulated AWS: done twice is done once; cut off at each of its calls,
 * before the call's effect or after it, it ends in the new state when it goes on and in the old one
 * when it is undone; undone twice is undone once.
 */
@SuppressWarnings("NullAway.Init")
final class ActionSagaTest {
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

  static Stream<String> actions() {
    return Catalogue.REMEDIATIONS.stream().map(Remediation::id);
  }

  static Stream<String> undoable() {
    return Stream.concat(
        Catalogue.REMEDIATIONS.stream().filter(Remediation::undoable).map(Remediation::id),
        Stream.of("delete_snapshot with a copy"));
  }

  @ParameterizedTest
  @MethodSource("actions")
  void doneTwiceIsDoneOnce(String name) throws Exception {
    try (SagaCase once = new SagaCase(aws, name);
        SagaCase twice = new SagaCase(aws, name)) {
      assertThat(once.act().drift()).isEmpty();
      assertThat(once.isNew()).isTrue();
      twice.act();
      assertThat(twice.act().drift()).isEmpty();
      assertThat(anonymous(twice)).isEqualTo(anonymous(once));
    }
  }

  /** A bucket's name holds the account's number. */
  private static List<String> anonymous(SagaCase world) {
    return world.worlds.look().stream()
        .map(line -> line.replace(world.customer.account(), ""))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("actions")
  void cutOffAnywhereItEndsInTheNewStateWhenItGoesOn(String name) throws Exception {
    List<String> undisturbed;
    int calls;
    try (SagaCase plain = new SagaCase(aws, name)) {
      plain.act();
      calls = aws.proxy.calls().size();
      undisturbed = anonymous(plain);
    }
    for (int at = 1; at <= calls; at++)
      for (Fault fault : List.of(new Fault.ServerError(), new Fault.Lost()))
        try (SagaCase cut = new SagaCase(aws, name)) {
          cutOff(cut, at, fault);
          assertThat(cut.act().drift()).as(name + ", call " + at + ", " + fault).isEmpty();
          assertThat(cut.isNew()).isTrue();
          assertThat(anonymous(cut))
              .as(name + ", call " + at + ", " + fault)
              .isEqualTo(undisturbed);
        }
  }

  @ParameterizedTest
  @MethodSource("undoable")
  void cutOffAnywhereItEndsInTheOldStateWhenItIsUndone(String name) throws Exception {
    int calls;
    try (SagaCase plain = new SagaCase(aws, name)) {
      plain.act();
      calls = aws.proxy.calls().size();
    }
    for (int at = 1; at <= calls; at++)
      for (Fault fault : List.of(new Fault.ServerError(), new Fault.Lost()))
        try (SagaCase cut = new SagaCase(aws, name)) {
          cutOff(cut, at, fault);
          assertThat(cut.undo().back()).as(name + ", call " + at + ", " + fault).isTrue();
          assertThat(withoutKept(cut.worlds.look(), cut.before))
              .as(name + ", call " + at + ", " + fault)
              .isEqualTo(cut.before);
        }
  }

  /** The call with this number fails; the SDK does not try it again by itself. */
  private static void cutOff(SagaCase world, int at, Fault fault) {
    AtomicInteger seen = new AtomicInteger();
    aws.proxy.when(call -> seen.incrementAndGet() == at, fault);
    try {
      world.act();
    } catch (SdkException expected) {
      assertThat(seen.get()).isGreaterThanOrEqualTo(at);
    } finally {
      aws.proxy.healAll();
      aws.proxy.forgetCalls();
    }
  }

  @ParameterizedTest
  @MethodSource("undoable")
  void undoneTwiceIsUndoneOnce(String name) throws Exception {
    try (SagaCase world = new SagaCase(aws, name)) {
      world.act();
      assertThat(world.undo().back()).isTrue();
      List<String> once = world.worlds.look();
      assertThat(withoutKept(once, world.before)).isEqualTo(world.before);
      assertThat(world.undo().back()).isTrue();
      assertThat(world.worlds.look()).isEqualTo(once);
    }
  }

  /** Each action on a resource that has something of everything. */
  static Stream<String> rich() {
    return Stream.concat(undoable(), Worlds.RICH.stream());
  }

  /**
   * Everything that AWS's describe calls say before the action and after its undo is the same, but
   * for what the plan says that approvers read.
   */
  @ParameterizedTest
  @MethodSource("rich")
  void whatIsNotAsItWasIsInThePlan(String name) throws Exception {
    try (SagaCase world = new SagaCase(aws, name)) {
      Everything before = Describing.all(world.customer);
      assertThat(world.act().drift()).isEmpty();
      assertThat(world.undo().back()).isTrue();
      TreeSet<String> differences = Everything.differences(before, Describing.all(world.customer));
      List<Loss> losses =
          Catalogue.remediation(world.step.action())
              .orElseThrow()
              .losses(world.resource, world.step.parameters());
      assertThat(world.step.losses()).isEqualTo(losses.stream().map(Loss::says).toList());
      assertThat(losses)
          .as(name + ": stated equals seen")
          .filteredOn(loss -> !loss.fields().isEmpty())
          .allMatch(loss -> Unshown.is(loss) || isShown(loss, differences));
      List<String> stated = losses.stream().flatMap(loss -> loss.fields().stream()).toList();
      differences.removeIf(difference -> stated.stream().anyMatch(s -> isOf(difference, s)));
      assertThat(differences).as(name).isEmpty();
    }
  }

  private static boolean isShown(Loss loss, Set<String> differences) {
    return loss.fields().stream().anyMatch(f -> differences.stream().anyMatch(d -> isOf(d, f)));
  }

  /** The field itself, or one below it, in whichever element of a list. */
  private static boolean isOf(String difference, String field) {
    String path = difference.replaceAll("\\[\\d+]", "");
    return path.equals(field) || path.startsWith(field + ".");
  }

  /** The snapshot or the copy from which it was restored is kept; it harms nobody. */
  private static List<String> withoutKept(List<String> after, List<String> before) {
    List<String> rest = new ArrayList<>(after);
    before.forEach(rest::remove);
    rest.removeIf(line -> !line.contains("snapshot"));
    List<String> without = new ArrayList<>(after);
    rest.forEach(without::remove);
    return without;
  }

  @Test
  void aSessionMayDoJustWhatTheActionNeeds() throws Exception {
    try (SagaCase world = new SagaCase(aws, "release_address")) {
      assertThat(world.clients.connection().actions())
          .containsExactly(
              "ec2:DescribeAddresses",
              "ec2:DescribeNatGateways",
              "ec2:ReleaseAddress",
              "route53:ListHostedZones",
              "route53:ListResourceRecordSets");
    }
    assertThat(Actions.ALL.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Catalogue.REMEDIATIONS.stream().map(Remediation::id).toList());
  }

  @Test
  void whatCannotBeUndoneSaysSo() throws Exception {
    for (Remediation action : Catalogue.REMEDIATIONS) {
      if (action.undoable()) continue;
      try (SagaCase world = new SagaCase(aws, action.id())) {
        assertThat(world.undo().back()).as(action.id() + " was not done").isTrue();
        world.act();
        assertThat(world.undo().back()).as(action.id()).isFalse();
        assertThat(world.undo().detail()).isEqualTo(action.undo());
      }
    }
  }

  @Test
  void aVolumeIsNeverDeletedBeforeItsSnapshotIsCompleted() throws Exception {
    try (SagaCase world = new SagaCase(aws, "snapshot_and_delete_volume")) {
      aws.proxy.when(
          call -> call.action().equals("DescribeSnapshots"),
          new Fault.Replace("<status>completed</status>", "<status>pending</status>"));
      CompletableFuture<Action.Acted> acting = CompletableFuture.supplyAsync(world::act);
      for (int i = 0; i < 600 && count("DescribeSnapshots") < 6; i++)
        TimeUnit.MILLISECONDS.sleep(50);
      assertThat(count("DescribeSnapshots")).isGreaterThanOrEqualTo(6);
      assertThat(count("DeleteVolume")).isZero();
      aws.proxy.healAll();
      assertThat(acting.get(5, TimeUnit.MINUTES).recipe()).containsKey("snapshot");
      assertThat(count("DeleteVolume")).isEqualTo(1);
      assertThat(count("CreateSnapshot")).isEqualTo(1);
    }
  }

  @Test
  void aVolumeWhoseSnapshotFailsIsNotDeleted() throws Exception {
    try (SagaCase world = new SagaCase(aws, "snapshot_and_delete_volume")) {
      aws.proxy.when(
          call -> call.action().equals("DescribeSnapshots"),
          new Fault.Replace("<status>completed</status>", "<status>error</status>"));
      CompletableFuture<Action.Acted> acting = CompletableFuture.supplyAsync(world::act);
      assertThat(acting.handle((done, failed) -> String.valueOf(failed)).get(5, TimeUnit.MINUTES))
          .contains("failed");
      assertThat(count("DeleteVolume")).isZero();
      assertThat(world.worlds.look()).contains(world.before.getFirst());
    }
  }

  static Stream<Arguments> deletes() {
    return Stream.of(
        Arguments.of("snapshot_and_delete_volume", "DeleteVolume"),
        Arguments.of("deregister_image", "DeregisterImage"),
        Arguments.of("snapshot_and_delete_rds", "DeleteDBInstance"));
  }

  /** As after a delete of ours whose answer was lost, while a look still showed what it took. */
  @ParameterizedTest
  @MethodSource("deletes")
  void thatItIsNotThereIsWhatTheDeleteWanted(String name, String delete) throws Exception {
    try (SagaCase world = new SagaCase(aws, name)) {
      world.before(delete, 1);
      assertThat(world.act().drift()).isEmpty();
      assertThat(count(delete)).isEqualTo(1);
      assertThat(world.isNew()).isTrue();
      assertThat(aws.proxy.calls())
          .extracting(AwsCall::action)
          .doesNotContain("DeleteSnapshot", "DeleteDBSnapshot");
    }
  }

  @Test
  void aDatabaseThatSomebodyElseDeletesMeanwhileStaysAwayAndItsSnapshotIsKept() throws Exception {
    try (SagaCase world = new SagaCase(aws, "snapshot_and_delete_rds")) {
      // After the one that finds no snapshot yet.
      world.before("DescribeDBSnapshots", 2);
      assertThat(world.act().drift())
          .containsExactly("it is gone; its content is in the snapshot " + world.name());
      assertThat(aws.proxy.calls())
          .extracting(AwsCall::action)
          .contains("CreateDBSnapshot")
          .doesNotContain(
              "DeleteDBInstance", "DeleteDBSnapshot", "RestoreDBInstanceFromDBSnapshot");
    }
  }

  @Test
  void aSnapshotIsNotRemovedForAVolumeThatWasShownJustOnce() throws Exception {
    try (SagaCase world = new SagaCase(aws, "snapshot_and_delete_volume")) {
      aws.proxy.when(c -> c.action().equals("DeleteVolume"), new Fault.Deny());
      assertThatThrownBy(() ->
              Objects.requireNonNull(Actions.ALL.get("snapshot_and_delete_volume"))
                  .act(world.site(world.recipe)))
          .isInstanceOf(SdkException.class);
      aws.proxy.healAll();
      // The first looks for what an earlier undo made, the second sees it.
      world.before("DescribeVolumes", 3);
      assertThat(world.undo().back()).isTrue();
      assertThat(count("DeleteSnapshot")).isZero();
      assertThat(withoutKept(world.worlds.look(), world.before)).isEqualTo(world.before);
    }
  }

  /** AWS may not know for a while what it has just made. */
  @Test
  void aSnapshotThatAwsDoesNotShowYetIsWaitedFor() throws Exception {
    try (SagaCase world = new SagaCase(aws, "snapshot_and_delete_volume")) {
      AtomicInteger looks = new AtomicInteger();
      // The first, and the second, look for one that an earlier try made.
      aws.proxy.when(
          c ->
              c.action().equals("DescribeSnapshots")
                  && looks.incrementAndGet() > 2
                  && looks.get() < 6,
          new Fault.Refuse(400, "InvalidSnapshot.NotFound"));
      assertThat(world.act().drift()).isEmpty();
      assertThat(looks.get()).isGreaterThan(5);
      assertThat(count("CreateSnapshot")).isEqualTo(1);
    }
  }

  @Test
  void aSnapshotThatIsShownNoMoreIsGone() throws Exception {
    try (SagaCase world = new SagaCase(aws, "snapshot_and_delete_volume")) {
      AtomicInteger looks = new AtomicInteger();
      aws.proxy.when(
          c -> c.action().equals("DescribeSnapshots"),
          new Fault.Replace("<status>completed</status>", "<status>pending</status>"));
      aws.proxy.when(
          c -> c.action().equals("DescribeSnapshots") && looks.incrementAndGet() > 3,
          new Fault.Refuse(400, "InvalidSnapshot.NotFound"));
      assertThatThrownBy(world::act)
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              gone -> {
                assertThat(gone.isNonRetryable()).isTrue();
                assertThat(gone.getOriginalMessage()).endsWith("is gone");
              });
      assertThat(count("DeleteVolume")).isZero();
    }
  }

  @Test
  void anUndoThatComesTooEarlyIsTriedAgainLater() throws Exception {
    try (SagaCase world = new SagaCase(aws, "volume_to_gp3")) {
      world.act();
      String id = world.step.resource();
      // Four in 24 hours: one was the action's.
      for (int iops : List.of(4_000, 5_000, 6_000)) world.worlds.modify(id, iops);
      assertThatThrownBy(world::undo)
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              later -> {
                assertThat(later.isNonRetryable()).isFalse();
                assertThat(later.getNextRetryDelay()).isPositive();
                assertThat(later.getOriginalMessage()).contains("no more modifications");
              });
    }
  }

  private static long count(String action) {
    return aws.proxy.calls().stream().map(AwsCall::action).filter(action::equals).count();
  }
}
