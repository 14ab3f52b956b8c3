package dev.steward.activities.waste;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.EmulatedAws.Connected;
import dev.steward.activities.discovery.ListingLab;
import dev.steward.model.Account;
import dev.steward.model.Coverage;
import dev.steward.model.Money;
import dev.steward.model.RunStatus;
import dev.steward.model.Scan;
import dev.steward.model.ScanId;
import dev.steward.storage.Chunks;
import dev.steward.storage.Tables;
import dev.steward.testing.AwsCall;
import dev.steward.testing.Fault;
import dev.steward.workflows.waste.MetricActivities.Answer;
import dev.steward.workflows.waste.MetricActivities.Question;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** One region that does not answer hides nothing of the others. */
@SuppressWarnings("NullAway.Init")
final class MetricsByRegionTest {
  private static final ScanId SCAN = new ScanId("scn_metric00000");
  @TempDir private static Path folder;
  private static ListingLab lab;

  @BeforeAll
  static void start() {
    lab = new ListingLab(folder, 100, 1_000);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @AfterEach
  void heal() {
    lab.proxy.healAll();
  }

  private static void bucket(Connected at, String region) {
    at.customer()
        .client(region, S3Client.class, S3Client::builder)
        .createBucket(r -> {
          r.bucket("b-" + region + "-" + at.customer().account());
          if (!region.equals("us-east-1"))
            r.createBucketConfiguration(c -> c.locationConstraint(region));
        });
  }

  private static Scan scan(Account account) {
    return new Scan(
        SCAN,
        account.organization(),
        account.id(),
        RunStatus.RUNNING,
        5,
        List.of(),
        List.of(),
        Money.ZERO,
        null,
        Instant.now(),
        null,
        0,
        List.of());
  }

  private static Answer read(Connected at) {
    for (String region : List.of("us-east-1", "eu-west-1", "eu-central-1")) bucket(at, region);
    lab.list(at.account(), "us-east-1", "s3_bucket");
    lab.store.write(t -> t.put(Tables.SCANS, scan(at.account())));
    return lab.metrics().read(new Question(at.account().id(), SCAN, "global", "s3_bucket", 10));
  }

  private static Predicate<AwsCall> metricsIn(String region) {
    return c -> c.action().equals("GetMetricData") && c.region().equals(region);
  }

  private static Map<String, Map<String, double[]>> stored(Connected at) {
    return Chunks.metrics(
        lab.store.state(), Chunks.metricsKey(at.account().id(), "global", "s3_bucket"));
  }

  @Test
  void aDeniedRegionIsAGapAndTheOthersAreRead() throws Exception {
    try (Connected at = lab.connect()) {
      lab.proxy.when(metricsIn("eu-west-1"), new Fault.Deny());
      Answer answer = read(at);
      assertThat(answer.coverage()).isEqualTo(Coverage.DENIED);
      assertThat(stored(at).keySet()).hasSize(2).noneMatch(bucket -> bucket.contains("eu-west-1"));
      assertThat(
              lab.store
                  .state()
                  .find(Tables.SCANS, SCAN.value())
                  .orElseThrow()
                  .metrics()
                  .getFirst()
                  .detail())
          .matches("AccessDenied\\w* in eu-west-1: 1 of 3 without metrics");
    }
  }

  @Test
  void aSeriesThatIsAnsweredInPartIsNotThere() throws Exception {
    try (Connected at = lab.connect()) {
      lab.proxy.when(metricsIn("eu-west-1"), new Fault.Replace("Complete", "InternalError"));
      assertThat(read(at).coverage()).isEqualTo(Coverage.FAILED);
      assertThat(stored(at).get("b-eu-west-1-" + at.customer().account())).isEmpty();
      assertThat(stored(at).get("b-us-east-1-" + at.customer().account())).hasSize(3);
    }
  }
}
