package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.activities.EmulatedAws;
import dev.steward.aws.Lister;
import dev.steward.aws.actions.Action;
import dev.steward.aws.actions.Actions;
import dev.steward.aws.actions.Keys;
import dev.steward.aws.actions.Site;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.estate.ec2.SnapshotAndDeleteVolume;
import dev.steward.model.Json;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import dev.steward.model.Violation;
import dev.steward.testing.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** What comes back encrypted though it was not is told before, and nothing else does. */
@SuppressWarnings("NullAway.Init")
final class MadeEncryptedTest {
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

  private static final String VOLUME = "snapshot_and_delete_volume";
  private static final String SNAPSHOT = "delete_snapshot";

  private static World world(String action) {
    return new World(aws, action);
  }

  private static Ec2Client there(World world) {
    return world.customer.client(Worlds.COPY_REGION, Ec2Client.class, Ec2Client::builder);
  }

  /** As a discovery finds it. */
  private static Resource listed(World world, String kind, String id) {
    return Lister.page(Catalogue.kind(kind), world.clients, null).resources().stream()
        .filter(r -> r.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static PlanStep step(
      World world, String kind, String id, Map<String, String> parameters) {
    return world.plan(listed(world, kind, id), parameters).plan().steps().getFirst();
  }

  /** Does it and undoes it; everything that differs then is in the plan. */
  private static void isTold(World world, PlanStep step, Resource resource) throws Exception {
    Everything before = Describing.all(world.customer);
    Site site = world.begun(step);
    assertThat(Actions.of(step.action()).act(site).drift()).isEmpty();
    Action.Back back = Actions.of(step.action()).undo(site);
    assertThat(back.back()).isTrue();
    TreeSet<String> differences = Everything.differences(before, Describing.all(world.customer));
    assertThat(differences).anyMatch(d -> d.endsWith(".Encrypted"));
    List<String> stated =
        Catalogue.remediation(step.action())
            .orElseThrow()
            .losses(resource, step.parameters())
            .stream()
            .flatMap(loss -> loss.fields().stream())
            .toList();
    differences.removeIf(d ->
        stated.stream().anyMatch(s -> (d.replaceAll("\\[\\d+]", "") + ".").startsWith(s + ".")));
    assertThat(differences).isEmpty();
  }

  @Test
  void aRestoredVolumeOfARegionThatEncryptsByDefault() throws Exception {
    try (World world = world(VOLUME)) {
      String id = world.worlds.make(VOLUME);
      world.ec2().enableEbsEncryptionByDefault(_ -> {});
      String key = world.ec2().getEbsDefaultKmsKeyId(_ -> {}).kmsKeyId();
      PlanStep step = step(world, "ebs_volume", id, Map.of());
      assertThat(step.losses()).contains(SnapshotAndDeleteVolume.encryptedWith(key));
      Resource resource = listed(world, "ebs_volume", id);
      assertThat(Keys.look(world.at(step, Map.of()), resource).against()).isEmpty();
      isTold(world, step, resource);
    }
  }

  @Test
  void aRegionThatBeganToEncryptSinceThePlanStopsTheStep() throws Exception {
    try (World world = world(VOLUME)) {
      String id = world.worlds.make(VOLUME);
      PlanStep step = step(world, "ebs_volume", id, Map.of());
      assertThat(step.losses()).noneSatisfy(loss -> assertThat(loss).contains("encrypt"));
      Site site = world.at(step, Map.of());
      assertThat(Keys.look(site, world.read(id)).against()).isEmpty();
      aws.proxy.when(c -> c.action().equals("GetEbsEncryptionByDefault"), new Fault.Deny());
      assertThat(Keys.look(site, world.read(id)).against())
          .singleElement()
          .asString()
          .contains("nobody can tell", "ec2:GetEbsEncryptionByDefault");
      aws.proxy.healAll();
      // An answer that leaves it open says no more than none.
      aws.proxy.when(
          c -> c.action().equals("GetEbsEncryptionByDefault"),
          new Fault.Replace("<ebsEncryptionByDefault>false</ebsEncryptionByDefault>", ""));
      assertThat(Keys.look(site, world.read(id)).against())
          .singleElement()
          .asString()
          .contains("nobody can tell", "its answer leaves it open");
      aws.proxy.healAll();
      world.ec2().enableEbsEncryptionByDefault(_ -> {});
      assertThat(Keys.look(site, world.read(id)).against())
          .singleElement()
          .asString()
          .endsWith("which was not planned");
    }
  }

  @Test
  void whereAwsDoesNotSayApproversReadThat() throws Exception {
    try (World world = world(VOLUME)) {
      String id = world.worlds.make(VOLUME);
      aws.proxy.when(c -> c.action().equals("GetEbsEncryptionByDefault"), new Fault.Deny());
      PlanStep step = step(world, "ebs_volume", id, Map.of());
      assertThat(step.losses()).contains(SnapshotAndDeleteVolume.UNTOLD);
      assertThat(Keys.look(world.at(step, Map.of()), world.read(id)).against()).isEmpty();
      aws.proxy.healAll();
      aws.proxy.when(
          c -> c.action().equals("GetEbsEncryptionByDefault"),
          new Fault.Refuse(400, "InvalidAction"));
      assertThat(Keys.look(world.at(step, Map.of()), world.read(id)).against())
          .as("an AWS that does not know the question")
          .isEmpty();
    }
  }

  @Test
  void aSnapshotThatIsCopiedBackWhereEitherRegionEncrypts() throws Exception {
    for (boolean home : List.of(true, false))
      try (World world = world(SNAPSHOT)) {
        String id = world.worlds.make(SNAPSHOT);
        (home ? world.ec2() : there(world)).enableEbsEncryptionByDefault(_ -> {});
        PlanStep step = step(world, "ebs_snapshot", id, Map.of("copy_region", Worlds.COPY_REGION));
        assertThat(step.losses()).anySatisfy(loss -> assertThat(loss).contains("encrypt"));
        isTold(world, step, listed(world, "ebs_snapshot", id));
      }
  }

  /** As a version planned it that did not tell so. */
  private static Site ofBefore(World world, PlanStep step) {
    ObjectNode old = Json.MAPPER.valueToTree(step);
    old.remove("losses");
    old.remove("keys");
    return world.at(Json.read(Json.bytes(old), PlanStep.class), Map.of());
  }

  @Test
  void aRegionThatBeganToEncryptStopsTheCopyOfASnapshot() throws Exception {
    try (World world = world(SNAPSHOT)) {
      String id = world.worlds.make(SNAPSHOT);
      PlanStep step = step(world, "ebs_snapshot", id, Map.of("copy_region", Worlds.COPY_REGION));
      for (Site site : List.of(world.at(step, Map.of()), ofBefore(world, step)))
        assertThat(Keys.look(site, world.read(id)).against()).isEmpty();
      world.ec2().enableEbsEncryptionByDefault(_ -> {});
      for (Site site : List.of(world.at(step, Map.of()), ofBefore(world, step)))
        assertThat(Keys.look(site, world.read(id)).against())
            .singleElement()
            .asString()
            .endsWith("which was not planned");
      PlanStep anew = step(world, "ebs_snapshot", id, Map.of("copy_region", Worlds.COPY_REGION));
      assertThat(Keys.look(world.at(anew, Map.of()), world.read(id)).against()).isEmpty();
    }
  }

  /** Deleting alone makes nothing. */
  @Test
  void aSnapshotThatIsOnlyDeletedMayBeInARegionThatEncrypts() throws Exception {
    try (World world = world(SNAPSHOT)) {
      String id = world.worlds.make(SNAPSHOT);
      Site site = world.at(step(world, "ebs_snapshot", id, Map.of()), Map.of());
      world.ec2().enableEbsEncryptionByDefault(_ -> {});
      assertThat(Keys.look(site, world.read(id)).against()).isEmpty();
    }
  }

  /** A role that was deployed before the question was asked is no reason to put it back. */
  @Test
  void aStepThatWasBegunIsNotRefusedForAQuestionThatIsNew() throws Exception {
    for (String action : List.of(VOLUME, SNAPSHOT))
      try (World world = world(action)) {
        boolean copied = action.equals(SNAPSHOT);
        String id = world.worlds.make(action);
        Site site =
            ofBefore(
                world,
                step(
                    world,
                    copied ? "ebs_snapshot" : "ebs_volume",
                    id,
                    copied ? Map.of("copy_region", Worlds.COPY_REGION) : Map.of()));
        aws.proxy.when(c -> c.action().equals("GetEbsEncryptionByDefault"), new Fault.Deny());
        assertThat(Keys.look(site, world.read(id)).against())
            .singleElement()
            .asString()
            .contains("nobody can tell");
        assertThat(Keys.again(site, world.read(id)).against()).isEmpty();
        aws.proxy.healAll();
        world.ec2().enableEbsEncryptionByDefault(_ -> {});
        assertThat(Keys.again(site, world.read(id)).against()).hasSize(1);
      }
  }

  @Test
  void theCopyOfAnUnencryptedSnapshotTakesTheKeyThatWasAskedFor() throws Exception {
    try (World world = world(SNAPSHOT)) {
      String id = world.worlds.make(SNAPSHOT);
      String key = new EncryptedWorlds(world.customer).key(Worlds.COPY_REGION, false);
      PlanStep step =
          step(
              world,
              "ebs_snapshot",
              id,
              Map.of("copy_region", Worlds.COPY_REGION, "copy_key", key));
      assertThat(step.losses()).anySatisfy(l -> assertThat(l).contains("encrypted with copy_key"));
      Resource resource = listed(world, "ebs_snapshot", id);
      assertThat(step.keys()).contains(key);
      assertThat(Keys.look(world.at(step, Map.of()), resource).against()).isEmpty();
      assertThat(Keys.look(ofBefore(world, step), resource).against())
          .containsExactly("its copy would be encrypted with " + key + ", which was not planned");
      isTold(world, step, resource);
      assertThat(there(world).describeSnapshots(r -> r.ownerIds("self")).snapshots())
          .singleElement()
          .satisfies(copy -> assertThat(copy.encrypted()).isTrue())
          .satisfies(copy -> assertThat(copy.kmsKeyId()).isEqualTo(key));
      new EncryptedWorlds(world.customer)
          .kms(Worlds.COPY_REGION)
          .disableKey(r -> r.keyId(key.substring(key.indexOf(":key/") + 5)));
      assertThat(Keys.look(world.at(step, Map.of()), resource).against())
          .containsExactly("its key " + key + " is Disabled");
    }
  }

  @Test
  void aKeyThatIsNotInTheRegionOfTheCopyIsNotPlanned() throws Exception {
    try (World world = world(SNAPSHOT)) {
      String id = world.worlds.make(SNAPSHOT);
      String key = "arn:aws:kms:us-west-2:123456789012:key/1";
      for (Map<String, String> wrong :
          List.of(
              Map.of("copy_key", key),
              Map.of("copy_key", key, "copy_region", "eu-west-1"),
              Map.of("copy_key", key.replace("aws:", "aws-cn:"), "copy_region", "us-west-2"),
              Map.of("copy_region", "cn-north-1"),
              Map.of("copy_region", "us-gov-west-1")))
        assertThat(world.attempt(id, wrong).violations())
            .as(wrong.toString())
            .extracting(Violation::field)
            .containsExactly(
                wrong.containsKey("copy_key") ? "parameters.copy_key" : "parameters.copy_region");
      assertThat(
              world.attempt(id, Map.of("copy_key", key, "copy_region", "us-west-2")).violations())
          .isEmpty();
    }
  }
}
