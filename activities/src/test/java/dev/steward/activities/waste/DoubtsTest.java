package dev.steward.activities.waste;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.steward.activities.EmulatedAws.Connected;
import dev.steward.activities.discovery.ListingLab;
import dev.steward.estate.KeepTag;
import dev.steward.estate.Kind;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Coverage;
import dev.steward.model.RunStatus;
import dev.steward.model.Scan;
import dev.steward.model.Scan.DoubtCoverage;
import dev.steward.model.job.Jobs.ScanRef;
import dev.steward.storage.Tables;
import dev.steward.testing.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What a scan asks a second time, about what would be waste but for the answer. */
@SuppressWarnings("NullAway.Init")
final class DoubtsTest {
  private static final String HOME = "us-east-1";

  @TempDir private static Path folder;
  private static ListingLab lab;

  @BeforeAll
  static void start() {
    lab = new ListingLab(folder, 100, 10_000);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @AfterEach
  void heal() {
    lab.proxy.healAll();
  }

  /** An image that nobody uses, in an account that was listed. */
  private static String forgotten(Connected at) {
    at.customer().at(Instant.now().minus(Duration.ofDays(400)));
    String image =
        ec2(at)
            .registerImage(r -> r.name("old").rootDeviceName("/dev/sda1").architecture("x86_64"))
            .imageId();
    at.customer().at(null);
    for (Kind kind : Catalogue.KINDS) lab.list(at.account(), HOME, kind.id());
    return image;
  }

  private static Ec2Client ec2(Connected at) {
    return at.customer().client(HOME, Ec2Client.class, Ec2Client::builder);
  }

  private static Scan kept(ScanRef scan) {
    return lab.store.state().find(Tables.SCANS, scan.scan().value()).orElseThrow();
  }

  @Test
  void asASecondAttemptAsksTheAnswersOfTheFirstAreThereStill() throws Exception {
    try (Connected at = lab.connect()) {
      String image = forgotten(at);
      ScanRef scan = lab.measured(at.account());
      lab.ask(scan);
      lab.ask(scan);
      assertThat(lab.judged(scan).findings()).containsExactly("unused_image/" + image);
      assertThat(kept(scan).status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(kept(scan).doubts())
          .containsExactly(
              new DoubtCoverage(
                  HOME, "ec2_image", "launch permissions", Coverage.ANSWERED, 1, null));
    }
  }

  @Test
  void aRefusedSecondLookIsALineOfTheCoverage() throws Exception {
    try (Connected at = lab.connect()) {
      String image = forgotten(at);
      lab.proxy.when(c -> c.action().equals("DescribeImageAttribute"), new Fault.Deny());
      ScanRef scan = lab.measured(at.account());
      lab.ask(scan);
      assertThat(lab.judged(scan).unknown()).containsExactly("unused_image/" + image);
      assertThat(kept(scan).status()).isEqualTo(RunStatus.PARTIAL);
      DoubtCoverage line = kept(scan).doubts().getFirst();
      assertThat(line.coverage()).isEqualTo(Coverage.DENIED);
      assertThat(line.detail())
          .contains("UnauthorizedOperation in us-east-1: 1 of 1 without launch permissions");
    }
  }

  @Test
  void metricsThatAreRefusedInDoubtAreALineToo() throws Exception {
    try (Connected at = lab.connect()) {
      NearMisses estate = new NearMisses(at.customer(), HOME);
      estate.build();
      for (Kind kind : Catalogue.KINDS) lab.list(at.account(), HOME, kind.id());
      ScanRef scan = lab.measured(at.account());
      lab.proxy.when(c -> c.action().equals("GetMetricData"), new Fault.Deny());
      lab.ask(scan);
      lab.judged(scan);
      assertThat(kept(scan).doubts())
          .filteredOn(line -> line.question().equals("metrics"))
          .isNotEmpty()
          .extracting(DoubtCoverage::kind, DoubtCoverage::coverage)
          .containsOnly(
              tuple("ec2_instance", Coverage.DENIED), tuple("ebs_volume", Coverage.DENIED));
    }
  }

  /** As when the activity was given up. */
  @Test
  void whatNobodyWasAskedAboutIsALineToo() throws Exception {
    try (Connected at = lab.connect()) {
      forgotten(at);
      ScanRef scan = lab.measured(at.account());
      lab.judged(scan);
      assertThat(kept(scan).status()).isEqualTo(RunStatus.PARTIAL);
      assertThat(kept(scan).doubts())
          .extracting(DoubtCoverage::kind, DoubtCoverage::coverage, DoubtCoverage::asked)
          .containsExactly(tuple("ec2_image", Coverage.FAILED, 1));
    }
  }

  @Test
  void whatIsGoneMeanwhileIsNoGap() throws Exception {
    try (Connected at = lab.connect()) {
      forgotten(at);
      lab.proxy.when(
          c -> c.action().equals("DescribeImageAttribute"),
          new Fault.Refuse(400, "InvalidAMIID.Unavailable"));
      ScanRef scan = lab.measured(at.account());
      lab.ask(scan);
      assertThat(lab.judged(scan).findings()).isEmpty();
      assertThat(kept(scan).status()).isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void aDiscoveryThatCameAfterTheQuestionIsTheNewerWord() throws Exception {
    try (Connected at = lab.connect()) {
      String image = forgotten(at);
      ScanRef scan = lab.measured(at.account());
      lab.ask(scan);
      ec2(at)
          .createTags(r ->
              r.resources(image)
                  .tags(Tag.builder().key(KeepTag.NAME).value(KeepTag.VALUE).build()));
      lab.list(at.account(), HOME, "ec2_image");
      Judged judged = lab.judged(scan);
      assertThat(judged.findings()).isEmpty();
      assertThat(judged.unknown()).isEmpty();
    }
  }
}
