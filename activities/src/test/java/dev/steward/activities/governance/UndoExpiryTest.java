package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.activities.EmulatedAws;
import dev.steward.domain.governance.desk.ChangeDesk.Wish;
import dev.steward.domain.governance.desk.StoredWord;
import dev.steward.model.Change;
import dev.steward.model.Change.Status;
import dev.steward.model.Change.Step;
import dev.steward.model.ProblemException;
import dev.steward.model.Resource;
import dev.steward.model.Role;
import dev.steward.model.SavingsEntry;
import dev.steward.model.User;
import dev.steward.storage.Tables;
import dev.steward.testing.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
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
import software.amazon.awssdk.services.ec2.model.OperationType;
import software.amazon.awssdk.services.ec2.model.SnapshotAttributeName;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * What steps keep for their undo: never waste while it may be needed, removed when the undo has
 * expired, and said where it is when that is not possible.
 */
@SuppressWarnings("NullAway.Init")
final class UndoExpiryTest {
  private static final int UNDO_DAYS = 120;
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
    return new Life(aws, null).approving(UNDO_DAYS);
  }

  private static Ec2Client ec2(Life life) {
    return life.customer.client("us-east-1", Ec2Client.class, Ec2Client::builder);
  }

  private static Change done(Life life, String action) {
    User client = life.user("client", Role.CLIENT);
    return life.await(life.submit(life.drafts.fresh(client, action), client), Status.DONE);
  }

  private static List<String> snapshots(Life life) {
    return life.worlds().look().stream().filter(line -> line.contains("snapshot")).toList();
  }

  private static Resource kept(Change change) {
    return new Resource(
        String.valueOf(change.step(1).recipe().get("snapshot")),
        "ebs_snapshot",
        "us-east-1",
        null,
        "completed",
        null,
        Map.of("steward:step", change.id() + "/1"),
        Map.of());
  }

  private static boolean needed(Life life, Change change) {
    return new StoredWord(life.store.state(), life.organization, life.account.id(), life.now())
        .needed(kept(change));
  }

  private static List<SavingsEntry> lines(Life life, String basis) {
    return life.store.state().rows(Tables.SAVINGS).stream()
        .filter(e -> e.basis().equals(basis))
        .toList();
  }

  @Test
  void isNoWasteWhileItMayBeNeededAndIsRemovedWithTheUndo() throws Exception {
    try (Life life = life()) {
      Change change = done(life, "snapshot_and_delete_volume");
      life.pass(Duration.ofDays(UNDO_DAYS - 1));
      assertThat(snapshots(life)).hasSize(1);
      assertThat(needed(life, change)).isTrue();
      life.pass(Duration.ofDays(2));
      Change cleaned = life.await(change, c -> c.step(1).recipe().containsKey("cleaned"));
      assertThat(snapshots(life)).isEmpty();
      assertThat(cleaned.step(1).state()).isEqualTo(Step.State.DONE);
      assertThat(cleaned.step(1).recipe().get("removed"))
          .isEqualTo(change.step(1).recipe().get("snapshot"));
      assertThat(needed(life, change)).isFalse();
      assertThat(life.events()).contains("step.cleaned");
      // 100 GiB of a snapshot at list price, from the day on that it is gone.
      assertThat(lines(life, "undo_expired"))
          .singleElement()
          .satisfies(e -> {
            assertThat(e.amount()).isEqualTo(dev.steward.model.Money.usd(5));
            assertThat(e.day()).isEqualTo(UNDO_DAYS);
          });
      assertThat(life.auditor.proof(life.store::state, life.organization).faults()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("keeping")
  void everyActionThatKeepsSomethingRemovesIt(String action, Map<String, String> parameters)
      throws Exception {
    try (Life life = life()) {
      User client = life.user("client", Role.CLIENT);
      String id = life.worlds().make(action);
      List<String> before = snapshots(life);
      Change change =
          life.await(
              life.submit(life.drafts.of(client, action, id, parameters), client), Status.DONE);
      assertThat(snapshots(life)).isNotEmpty();
      life.pass(Duration.ofDays(UNDO_DAYS + 1));
      life.await(change, c -> c.step(1).recipe().containsKey("cleaned"));
      assertThat(snapshots(life)).hasSizeLessThanOrEqualTo(before.size());
      assertThat(snapshots(life)).noneMatch(l -> l.startsWith(Worlds.COPY_REGION));
      assertThat(lines(life, "undo_expired")).hasSize(1);
    }
  }

  static Stream<Arguments> keeping() {
    return Stream.of(
        Arguments.of("snapshot_and_delete_rds", Map.of()),
        Arguments.of("delete_snapshot", Map.of("copy_region", Worlds.COPY_REGION)));
  }

  @Test
  void isRemovedAfterAnUndoToo() throws Exception {
    try (Life life = life()) {
      Change change = done(life, "snapshot_and_delete_volume");
      life.pass(Duration.ofDays(10));
      life.ask(change, Wish.UNDO);
      life.await(change, Status.UNDONE);
      assertThat(snapshots(life)).hasSize(1);
      life.pass(Duration.ofDays(UNDO_DAYS));
      life.await(change, c -> c.step(1).recipe().containsKey("cleaned"));
      assertThat(snapshots(life)).isEmpty();
      assertThat(life.worlds().look()).anyMatch(l -> l.startsWith("volume 100 gp2"));
    }
  }

  @Test
  void aRefusalIsSaidAndTriedAgain() throws Exception {
    try (Life life = life()) {
      Change change = done(life, "snapshot_and_delete_volume");
      aws.proxy.when(c -> c.action().equals("DeleteSnapshot"), new Fault.Deny());
      life.pass(Duration.ofDays(UNDO_DAYS + 2));
      life.await(change, c -> c.step(1).recipe().containsKey("clean_again"));
      assertThat(life.events()).contains("step.clean_refused");
      assertThat(snapshots(life)).hasSize(1);
      assertThat(needed(life, change)).isTrue();
      aws.proxy.healAll();
      life.pass(Duration.ofDays(5));
      life.await(change, c -> c.step(1).recipe().containsKey("cleaned"));
      assertThat(snapshots(life)).isEmpty();
      assertThat(lines(life, "undo_expired")).hasSize(1);
    }
  }

  @Test
  void whatCanNeverBeRemovedIsGivenUpAndSaidWhereItIs() throws Exception {
    try (Life life = life()) {
      Change change = done(life, "snapshot_and_delete_volume");
      aws.proxy.when(c -> c.action().equals("DeleteSnapshot"), new Fault.Deny());
      life.pass(Duration.ofDays(UNDO_DAYS + 100));
      Change left = life.await(change, c -> c.step(1).recipe().containsKey("cleaned"));
      assertThat(left.step(1).recipe()).containsEntry("cleaned", "left behind");
      assertThat(life.events().stream().filter("step.clean_refused"::equals)).hasSize(6);
      assertThat(life.events()).contains("step.left_behind");
      assertThat(left.timeline().getLast().detail())
          .contains(
              String.valueOf(change.step(1).recipe().get("snapshot")),
              "left in the account",
              "UnauthorizedOperation");
      // From now on it is what it looks like: an old snapshot.
      assertThat(needed(life, change)).isFalse();
      assertThat(lines(life, "undo_expired")).isEmpty();
    }
  }

  @Test
  void aDisconnectedAccountIsToldWhatIsLeftInIt() throws Exception {
    try (Life life = life()) {
      Change change = done(life, "snapshot_and_delete_volume");
      life.store.write(t -> {
        t.remove(Tables.ACCOUNTS, life.account.id().value());
        life.desks.changes().disconnected(t, life.account);
        return true;
      });
      assertThat(life.events()).contains("step.left_behind");
      assertThat(life.change(change.id()).timeline().getLast().detail())
          .contains("snap-", "the account was disconnected");
      life.pass(Duration.ofDays(UNDO_DAYS + 1));
      assertThat(snapshots(life)).hasSize(1);
    }
  }

  static Stream<Arguments> uses() {
    return Stream.of(
        Arguments.of(
            "is marked steward=keep",
            (BiConsumer<Ec2Client, String>)
                (ec2, id) ->
                    ec2.createTags(r ->
                        r.resources(id).tags(Tag.builder().key("steward").value("keep").build()))),
        Arguments.of(
            "is shared with another account",
            (BiConsumer<Ec2Client, String>)
                (ec2, id) ->
                    ec2.modifySnapshotAttribute(r ->
                        r.snapshotId(id)
                            .attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION)
                            .operationType(OperationType.ADD)
                            .userIds("222233334444"))));
  }

  @ParameterizedTest
  @MethodSource("uses")
  void whatSomebodyElseUsesIsNotRemoved(String says, BiConsumer<Ec2Client, String> use)
      throws Exception {
    try (Life life = life()) {
      Change change = done(life, "snapshot_and_delete_volume");
      use.accept(ec2(life), String.valueOf(change.step(1).recipe().get("snapshot")));
      life.pass(Duration.ofDays(UNDO_DAYS + 100));
      Change left = life.await(change, c -> c.step(1).recipe().containsKey("cleaned"));
      assertThat(left.timeline().getLast().detail()).contains(says);
      assertThat(snapshots(life)).hasSize(1);
    }
  }

  @Test
  void aKillSwitchStopsTheRemovalToo() throws Exception {
    try (Life life = life()) {
      Change change = done(life, "snapshot_and_delete_volume");
      turn(life, true);
      life.pass(Duration.ofDays(UNDO_DAYS + 10));
      assertThat(snapshots(life)).hasSize(1);
      turn(life, false);
      life.pass(Duration.ofDays(2));
      life.await(change, c -> c.step(1).recipe().containsKey("cleaned"));
      assertThat(snapshots(life)).isEmpty();
    }
  }

  private static void turn(Life life, boolean on) {
    life.store.write(t ->
        life.desks
            .killSwitch()
            .turn(t, life.organization.value(), on, "an incident", life.organization, "admin"));
  }

  @Test
  void noOtherPlanDeletesIt() throws Exception {
    try (Life life = life()) {
      Change change = done(life, "snapshot_and_delete_volume");
      String snapshot = String.valueOf(change.step(1).recipe().get("snapshot"));
      User other = life.user("other", Role.CLIENT);
      // Planned without the inventory, it is stopped by the look before the step.
      Change second =
          life.submit(life.drafts.of(other, "delete_snapshot", snapshot, Map.of()), other);
      Step step = life.await(second, c -> c.progress().status().isOver()).step(1);
      assertThat(step.state()).isEqualTo(Step.State.SKIPPED);
      assertThat(step.detail()).contains("the undo of change " + change.id() + " needs it until");
      life.keepInventory("us-east-1", "ebs_snapshot", List.of(kept(change)));
      assertThatThrownBy(() -> life.drafts.of(other, "delete_snapshot", snapshot, Map.of()))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e ->
                  assertThat(e.problem().violations())
                      .anyMatch(v -> v.message().contains("the undo of change " + change.id())));
    }
  }
}
