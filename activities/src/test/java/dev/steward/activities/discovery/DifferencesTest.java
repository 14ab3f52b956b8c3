package dev.steward.activities.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.steward.activities.EmulatedAws.Connected;
import dev.steward.model.Account;
import dev.steward.model.Coverage;
import dev.steward.model.Differences;
import dev.steward.model.Event;
import dev.steward.model.ResourceDifference;
import dev.steward.storage.Chunks;
import dev.steward.storage.Tables;
import dev.steward.testing.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/** A second look at the same account, in a real emulator and a real store. */
final class DifferencesTest {
  private static final String HOME = "us-east-1";
  @TempDir static Path folder;
  private static ListingLab lab;

  @BeforeAll
  static void start() {
    lab = new ListingLab(folder, 5, 1_000);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static String volume(Ec2Client ec2) {
    return ec2.createVolume(r -> r.availabilityZone(HOME + "a").size(8).volumeType(VolumeType.GP3))
        .volumeId();
  }

  private static List<ResourceDifference> seen(Account account) {
    return lab.store
        .state()
        .rows(Tables.DIFFERENCES)
        .startingWith(account.id().value() + "/")
        .flatMap(row -> Chunks.differences(lab.store.state(), row).stream())
        .toList();
  }

  private static List<String> events(Account account) {
    return lab.store.state().rows(Tables.EVENTS).stream()
        .filter(event -> event.subject().equals(account.id().value()))
        .map(Event::type)
        .filter(type -> type.startsWith("resource.") || type.startsWith("inventory."))
        .toList();
  }

  @Test
  void onlyTheSecondLookTellsWhatIsOtherwise() throws Exception {
    try (Connected at = lab.connect()) {
      Ec2Client ec2 = at.customer().client(HOME, Ec2Client.class, Ec2Client::builder);
      String goes = volume(ec2);
      String grows = volume(ec2);
      lab.list(at.account(), HOME, "ebs_volume");
      assertThat(seen(at.account())).isEmpty();
      lab.list(at.account(), HOME, "ebs_volume");
      assertThat(seen(at.account())).isEmpty();

      ec2.deleteVolume(r -> r.volumeId(goes));
      ec2.createTags(r -> r.resources(grows).tags(t -> t.key("team").value("web")));
      String comes = volume(ec2);
      lab.list(at.account(), HOME, "ebs_volume");
      assertThat(seen(at.account()))
          .extracting(ResourceDifference::id, ResourceDifference::what)
          .containsExactlyInAnyOrder(
              tuple(goes, ResourceDifference.What.GONE),
              tuple(grows, ResourceDifference.What.CHANGED),
              tuple(comes, ResourceDifference.What.APPEARED));
      assertThat(seen(at.account()))
          .filteredOn(one -> one.id().equals(grows))
          .singleElement()
          .satisfies(one ->
              assertThat(one.fields())
                  .containsOnly(Map.entry("tag:team", new ResourceDifference.Field(null, "web"))));
      assertThat(events(at.account()))
          .containsExactlyInAnyOrder("resource.gone", "resource.changed", "resource.appeared");
    }
  }

  @Test
  void aListingThatFailsSaysNothingOfWhatWent() throws Exception {
    try (Connected at = lab.connect()) {
      volume(at.customer().client(HOME, Ec2Client.class, Ec2Client::builder));
      lab.list(at.account(), HOME, "ebs_volume");
      lab.proxy.when(call -> call.action().equals("DescribeVolumes"), new Fault.Deny());
      assertThat(lab.list(at.account(), HOME, "ebs_volume").coverage()).isEqualTo(Coverage.DENIED);
      lab.proxy.healAll();
      assertThat(seen(at.account())).isEmpty();
      assertThat(
              Chunks.resources(
                  lab.store.state(), Chunks.inventoryKey(at.account().id(), HOME, "ebs_volume")))
          .hasSize(1);
    }
  }

  /** A listing of one page writes its line of the record, and no inventory again. */
  @Test
  void theSameAgainIsNotWrittenAgain() throws Exception {
    try (Connected at = lab.connect()) {
      Ec2Client ec2 = at.customer().client(HOME, Ec2Client.class, Ec2Client::builder);
      for (int i = 0; i < 3; i++) volume(ec2);
      lab.list(at.account(), HOME, "ebs_volume");
      byte[] first = body(at.account());
      lab.list(at.account(), HOME, "ebs_volume");
      assertThat(body(at.account())).isSameAs(first);
      volume(ec2);
      lab.list(at.account(), HOME, "ebs_volume");
      assertThat(body(at.account())).isNotEqualTo(first);
    }
  }

  private static byte[] body(Account account) {
    return lab.store
        .state()
        .body(Tables.CHUNKS, Chunks.inventoryKey(account.id(), HOME, "ebs_volume"))
        .orElseThrow();
  }

  @Test
  void ofManyDifferencesOneEventTells() throws Exception {
    try (Connected at = lab.connect()) {
      Ec2Client ec2 = at.customer().client(HOME, Ec2Client.class, Ec2Client::builder);
      volume(ec2);
      lab.list(at.account(), HOME, "ebs_volume");
      for (int i = 0; i <= ChangesSeen.MOST_EVENTS; i++) volume(ec2);
      lab.list(at.account(), HOME, "ebs_volume");
      assertThat(events(at.account())).containsExactly("inventory.changed");
      assertThat(
              lab.store
                  .state()
                  .rows(Tables.DIFFERENCES)
                  .startingWith(at.account().id().value() + "/")
                  .map(Differences::appeared))
          .containsExactly(ChangesSeen.MOST_EVENTS + 1);
    }
  }
}
