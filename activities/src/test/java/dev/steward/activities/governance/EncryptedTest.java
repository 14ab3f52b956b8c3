package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.steward.activities.EmulatedAws;
import dev.steward.aws.Lister;
import dev.steward.aws.RegionClients;
import dev.steward.aws.actions.Action;
import dev.steward.aws.actions.Actions;
import dev.steward.aws.actions.Keys;
import dev.steward.aws.actions.Site;
import dev.steward.domain.governance.plan.Planner;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.rds.model.RdsException;

/**
 * Every action and its undo on what is encrypted with a customer's key, in a role that has the
 * template's policies and a session that has the action's: both are evaluated by the emulated KMS.
 */
@SuppressWarnings("NullAway.Init")
final class EncryptedTest {
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

  static Stream<String> actions() {
    return Catalogue.REMEDIATIONS.stream()
        .map(Remediation::id)
        .filter(id -> Catalogue.remediation(id).orElseThrow().keys().isPresent())
        .sorted();
  }

  /** Each action, and each permission on keys that it declares. */
  static Stream<Arguments> permissions() {
    return actions()
        .flatMap(id ->
            Catalogue.remediation(id).orElseThrow().keys().orElseThrow().iam().stream()
                .map(p -> Arguments.of(id, p)));
  }

  /** An action on an encrypted resource in an account of its own. */
  private static final class Case implements AutoCloseable {
    final EmulatedAws.Connected at;
    final EncryptedWorlds worlds;
    final String key;
    final Action action;
    final PlanStep step;
    final Resource resource;
    final RegionClients clients;
    Map<String, String> recipe = Map.of();

    Case(
        EmulatedAws.Connected at,
        String name,
        Map<String, String> parameters,
        boolean ofManyRegions) {
      this.at = at;
      worlds = new EncryptedWorlds(at.customer());
      key = worlds.key(Worlds.REGION, ofManyRegions);
      String id = worlds.make(name, key);
      at.without("nothing");
      Remediation remediation = Catalogue.remediation(name).orElseThrow();
      clients = at.acting(remediation, Worlds.REGION);
      resource = Lister.read(Catalogue.kind(remediation.kind()), clients, id).orElseThrow();
      step =
          new Planner(PriceBook.current())
              .plan(at.account(), List.of(new Planner.Item("x", resource, null, name, parameters)))
              .steps()
              .getFirst();
      action = Actions.of(name);
    }

    Case(String name) {
      this(aws.connect(), name, EncryptedWorlds.parameters(name), false);
    }

    private Site site() {
      return new Site(
          clients,
          step,
          "chg_keys" + at.customer().account() + "/1",
          recipe,
          () -> {},
          Worlds.SHORTLY);
    }

    List<String> against() {
      return Keys.look(site(), resource).against();
    }

    Action.Acted act() {
      recipe = action.recipe(site(), resource);
      return action.act(site());
    }

    Action.Back undo() {
      return action.undo(site());
    }

    @Override
    public void close() throws Exception {
      at.close();
    }
  }

  @ParameterizedTest
  @MethodSource("actions")
  void theTemplateAndTheSessionGrantWhatTheActionAndItsUndoNeed(String name) throws Exception {
    try (Case world = new Case(name)) {
      assertThat(world.against()).isEmpty();
      assertThat(world.act().drift()).isEmpty();
      assertThat(world.undo().back()).isEqualTo(world.step.undoable());
    }
  }

  /**
   * Nothing is granted that is not needed, and what is needed is missed where it is not granted.
   */
  @ParameterizedTest
  @MethodSource("permissions")
  void eachPermissionIsNeeded(String name, String permission) throws Exception {
    try (Case world = new Case(name)) {
      world.at.without(permission);
      if (permission.equals("kms:DescribeKey")) {
        assertThat(world.against()).singleElement().asString().contains("deploy the template");
        return;
      }
      Throwable failed =
          catchThrowable(() -> {
            world.act();
            world.undo();
          });
      if (failed instanceof RdsException refused)
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("KMSKeyNotAccessibleFault");
      else assertThat(failed).isInstanceOf(ApplicationFailure.class).hasMessageContaining("key");
    }
  }

  @Test
  void anInstanceThatAwsGivesUpIsNotWaitedForAndStartsOnceTheRoleMay() throws Exception {
    try (Case world = new Case("stop_instance")) {
      world.act();
      world.at.without("kms:CreateGrant");
      assertThatThrownBy(world::undo)
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              e -> assertThat(e.getOriginalMessage()).contains("kms:CreateGrant"));
      var instance =
          world
              .worlds
              .ec2(Worlds.REGION)
              .describeInstances(r -> r.instanceIds(world.step.resource()))
              .reservations()
              .getFirst()
              .instances()
              .getFirst();
      assertThat(instance.state().nameAsString()).isEqualTo("stopped");
      assertThat(instance.stateReason().code()).isEqualTo("Client.InternalError");
      world.at.without("nothing");
      assertThat(world.undo().back()).isTrue();
    }
  }

  /** The reason that it shows may be of an earlier start. */
  @Test
  void aStartIsTakenForGivenUpAfterTensOfSeconds() throws Exception {
    try (Case world = new Case("stop_instance")) {
      world.act();
      world.at.without("kms:CreateGrant");
      List<Duration> pauses = new ArrayList<>();
      Site site = new Site(world.clients, world.step, "chg/1", world.recipe, () -> {}, pauses::add);
      assertThatThrownBy(() -> world.action.undo(site)).isInstanceOf(ApplicationFailure.class);
      assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
          .isBetween(Duration.ofSeconds(20), Duration.ofMinutes(1));
    }
  }

  @Test
  void aVolumeThatAwsGivesUpIsNotWaitedFor() throws Exception {
    try (Case world = new Case("snapshot_and_delete_volume")) {
      world.act();
      world.at.without("kms:CreateGrant");
      assertThatThrownBy(world::undo)
          .isInstanceOf(ApplicationFailure.class)
          .hasMessageContaining("gave it up");
    }
  }

  /** Not even by a session of an action that lets EBS use it. */
  @Test
  void aKeyIsUsedByServicesOnly() throws Exception {
    try (Case world = new Case("stop_instance")) {
      assertThatThrownBy(() ->
              world
                  .clients
                  .keys()
                  .createGrant(r ->
                      r.keyId(world.key)
                          .granteePrincipal("arn:aws:iam::999999999999:root")
                          .operationsWithStrings("Decrypt")))
          .isInstanceOfSatisfying(
              KmsException.class,
              e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
    }
  }

  @ParameterizedTest
  @MethodSource("actions")
  void aKeyThatCannotBeUsedRefusesTheStep(String name) throws Exception {
    try (Case world = new Case(name)) {
      world.worlds.kms(Worlds.REGION).disableKey(r -> r.keyId(id(world.key)));
      assertThat(world.against()).containsExactly("its key " + world.key + " is Disabled");
      world.worlds.kms(Worlds.REGION).scheduleKeyDeletion(r -> r.keyId(id(world.key)));
      assertThat(world.against()).containsExactly("its key " + world.key + " is PendingDeletion");
    }
  }

  /** Deleting alone needs no key. */
  @Test
  void aSnapshotWhoseKeyIsGoneMayBeDeleted() throws Exception {
    try (Case world = new Case(aws.connect(), "delete_snapshot", Map.of(), false)) {
      world.worlds.kms(Worlds.REGION).disableKey(r -> r.keyId(id(world.key)));
      assertThat(world.against()).isEmpty();
      assertThat(world.act().drift()).isEmpty();
    }
  }

  @Test
  void theCopyOfASnapshotKeepsItsKeyOfManyRegions() throws Exception {
    Map<String, String> copy = Map.of("copy_region", Worlds.COPY_REGION);
    try (Case world = new Case(aws.connect(), "delete_snapshot", copy, true)) {
      assertThat(world.against()).as("no replica there").hasSize(1);
      world
          .worlds
          .kms(Worlds.REGION)
          .replicateKey(r -> r.keyId(id(world.key)).replicaRegion(Worlds.COPY_REGION));
      assertThat(world.against()).isEmpty();
      Snapshot there = copy(world);
      assertThat(there.encrypted()).isTrue();
      assertThat(there.kmsKeyId())
          .isEqualTo(world.key.replace(Worlds.REGION, Worlds.COPY_REGION))
          .contains(":key/mrk-");
      assertThat(back(world).kmsKeyId()).isEqualTo(world.key);
    }
  }

  @Test
  void theCopyOfASnapshotTakesTheKeyThatWasAskedFor() throws Exception {
    Map<String, String> copy = new TreeMap<>(Map.of("copy_region", Worlds.COPY_REGION));
    EmulatedAws.Connected at = aws.connect();
    String other = new EncryptedWorlds(at.customer()).key(Worlds.COPY_REGION, false);
    copy.put("copy_key", other);
    try (Case world = new Case(at, "delete_snapshot", copy, false)) {
      assertThat(world.against()).isEmpty();
      assertThat(copy(world).kmsKeyId()).isEqualTo(other);
      assertThat(back(world).kmsKeyId()).isEqualTo(world.key);
      world.worlds.kms(Worlds.COPY_REGION).disableKey(r -> r.keyId(id(other)));
      assertThat(world.against()).containsExactly("its key " + other + " is Disabled");
    }
  }

  /** The emulator takes no ARN to change a key. */
  private static String id(String key) {
    return key.substring(key.indexOf(":key/") + ":key/".length());
  }

  private static Snapshot copy(Case world) {
    String id = world.act().recipe().getOrDefault("copy", "none");
    return snapshot(world, Worlds.COPY_REGION, id);
  }

  private static Snapshot back(Case world) {
    Action.Back back = world.undo();
    assertThat(back.back()).isTrue();
    return snapshot(world, Worlds.REGION, back.detail().replace("copied back as ", ""));
  }

  private static Snapshot snapshot(Case world, String region, String id) {
    return world
        .worlds
        .ec2(region)
        .describeSnapshots(r -> r.snapshotIds(id))
        .snapshots()
        .getFirst();
  }
}
