package dev.steward.activities.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.activities.EmulatedAws.Connected;
import dev.steward.model.Coverage;
import dev.steward.model.Listing;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import dev.steward.testing.AwsCall;
import dev.steward.testing.Fault;
import io.temporal.failure.CanceledFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.s3.S3Client;

/** What a listing comes to when AWS answers in part, twice, slowly, or not. */
@SuppressWarnings("NullAway.Init")
final class ListingTest {
  private static final String HOME = "us-east-1";
  @TempDir private static Path folder;
  private static ListingLab lab;

  @BeforeAll
  static void start() {
    lab = new ListingLab(folder, 5, 1_000);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @AfterEach
  void heal() {
    lab.proxy.healAll();
  }

  private static void volumes(Connected at, int count) {
    Ec2Client ec2 = at.customer().client(HOME, Ec2Client.class, Ec2Client::builder);
    for (int i = 0; i < count; i++)
      ec2.createVolume(r -> r.size(100).volumeType("gp3").availabilityZone("us-east-1a"));
  }

  private static void buckets(Connected at, int count) {
    S3Client s3 = at.customer().client(HOME, S3Client.class, S3Client::builder);
    for (int i = 0; i < count; i++) {
      String name = bucket(at, i);
      s3.createBucket(r -> r.bucket(name));
    }
  }

  private static String bucket(Connected at, int number) {
    return "b" + number + "-" + at.customer().account();
  }

  private static void tables(Connected at, int count) {
    DynamoDbClient dynamo =
        at.customer().client(HOME, DynamoDbClient.class, DynamoDbClient::builder);
    for (int i = 0; i < count; i++) {
      String name = "table-" + i;
      dynamo.createTable(r ->
          r.tableName(name)
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .attributeDefinitions(a -> a.attributeName("id").attributeType(ScalarAttributeType.S))
              .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH)));
    }
  }

  private static Predicate<AwsCall> action(String action) {
    return call -> call.action().equals(action);
  }

  private static Predicate<AwsCall> about(String bucket) {
    return call -> call.action().startsWith("GET /" + bucket);
  }

  @Test
  void aPageTokenThatComesAgainIsAGapAndNoCircle() throws Exception {
    try (Connected at = lab.connect()) {
      volumes(at, 13);
      lab.proxy.forgetCalls();
      // The second page names itself as the next one: offset 10 becomes offset 5.
      lab.proxy.when(action("DescribeVolumes"), new Fault.Replace("MTA=", "NQ=="));
      Listing line = lab.list(at.account(), HOME, "ebs_volume");
      assertThat(line.coverage()).isEqualTo(Coverage.FAILED);
      assertThat(line.detail()).isEqualTo("AWS gave the same page again");
      assertThat(line.resources()).isZero();
      assertThat(lab.proxy.calls().stream().filter(action("DescribeVolumes"))).hasSize(2);
    }
  }

  @Test
  void aLongerCircleOfPagesIsAGapToo() throws Exception {
    try (Connected at = lab.connect()) {
      volumes(at, 18);
      // The third page names the second one.
      lab.proxy.when(action("DescribeVolumes"), new Fault.Replace("MTU=", "NQ=="));
      Listing line = lab.list(at.account(), HOME, "ebs_volume");
      assertThat(line.coverage()).isEqualTo(Coverage.FAILED);
      assertThat(line.detail()).isEqualTo("AWS gave the same page again");
    }
  }

  @Test
  void whoFollowsPagesElsewhereDoesNotGoInACircleEither() throws Exception {
    try (Connected at = lab.connect()) {
      volumes(at, 13);
      lab.proxy.when(action("DescribeVolumes"), new Fault.Replace("MTA=", "NQ=="));
      assertThatThrownBy(() ->
              lab.clients(at.account(), HOME)
                  .ec2()
                  .describeVolumesPaginator(r -> r.maxResults(5))
                  .volumes()
                  .forEach(v -> assertThat(v.volumeId()).isNotEmpty()))
          .hasMessage("AWS gave the same page again");
    }
  }

  @Test
  void whatStandsOnTwoPagesIsCountedOnce() throws Exception {
    try (Connected at = lab.connect()) {
      volumes(at, 7);
      // The second page begins at the fourth volume.
      lab.proxy.when(action("DescribeVolumes"), new Fault.Replace("NQ==", "Mw=="));
      Listing line = lab.list(at.account(), HOME, "ebs_volume");
      assertThat(line.coverage()).isEqualTo(Coverage.ANSWERED);
      assertThat(line.resources()).isEqualTo(7);
      assertThat(line.monthlyCost()).isEqualTo(Money.usd(7 * 8.0));
      assertThat(line.unpriced()).isZero();
      assertThat(lab.resources(at.account(), HOME, "ebs_volume"))
          .extracting(Resource::id)
          .doesNotHaveDuplicates()
          .hasSize(7);
    }
  }

  @Test
  void aTableThatIsGoneSinceItWasListedIsLeftOut() throws Exception {
    try (Connected at = lab.connect()) {
      tables(at, 3);
      AtomicBoolean first = new AtomicBoolean(true);
      lab.proxy.when(
          call -> call.action().equals("DescribeTable") && first.getAndSet(false),
          new Fault.Refuse(400, "ResourceNotFoundException"));
      Listing line = lab.list(at.account(), HOME, "dynamodb_table");
      assertThat(line.coverage()).isEqualTo(Coverage.ANSWERED);
      assertThat(line.resources()).isEqualTo(2);
      assertThat(line.detail()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"AccessDeniedException, 400", "InternalServerError, 500", "ThrottlingException, 400"})
  void aTableWhoseDetailsAreRefusedIsThereAndSaysSo(String code, int status) throws Exception {
    try (Connected at = lab.connect()) {
      tables(at, 2);
      lab.proxy.when(action("DescribeTable"), new Fault.Refuse(status, code));
      Listing line = lab.list(at.account(), HOME, "dynamodb_table");
      assertThat(line.coverage()).isEqualTo(Coverage.ANSWERED);
      assertThat(line.resources()).isEqualTo(2);
      assertThat(line.detail()).isEqualTo("answered without all details of 2 of 2: " + code);
      assertThat(lab.resources(at.account(), HOME, "dynamodb_table"))
          .allSatisfy(table -> {
            assertThat(table.missing()).isEqualTo("description");
            assertThat(table.tagsKnown()).isFalse();
          });
    }
  }

  @Test
  void oneBucketThatIsGoneAndOneThatIsDeniedCostNoOther() throws Exception {
    try (Connected at = lab.connect()) {
      buckets(at, 4);
      lab.proxy
          .when(about(bucket(at, 1)), new Fault.Refuse(404, "NoSuchBucket"))
          .when(about(bucket(at, 2)), new Fault.Deny());
      Listing line = lab.list(at.account(), HOME, "s3_bucket");
      assertThat(line.coverage()).isEqualTo(Coverage.ANSWERED);
      assertThat(line.detail()).isEqualTo("answered without all details of 1 of 3: AccessDenied");
      List<Resource> found = lab.resources(at.account(), HOME, "s3_bucket");
      assertThat(found)
          .extracting(Resource::id)
          .containsExactly(bucket(at, 0), bucket(at, 2), bucket(at, 3));
      assertThat(found.get(1).missing()).isEqualTo("lifecycle");
      assertThat(found.get(1).tagsKnown()).isFalse();
      assertThat(found.get(1).attribute("lifecycle_rules")).isNull();
      assertThat(found.get(2).missing()).isNull();
      assertThat(found.get(2).attribute("lifecycle_rules")).isEqualTo("0");
    }
  }

  @Test
  void aDetailThatIsRetriedIsTheOnlyCallThatIsMadeAgain() throws Exception {
    try (Connected at = lab.connect()) {
      buckets(at, 12);
      AtomicInteger throttled = new AtomicInteger();
      lab.proxy.when(
          call -> call.page().contains("tagging") && throttled.getAndIncrement() < 3,
          new Fault.Throttle());
      lab.proxy.forgetCalls();
      Listing line = lab.list(at.account(), HOME, "s3_bucket");
      assertThat(line.resources()).isEqualTo(12);
      assertThat(line.detail()).isNull();
      // Three pages of five, two calls a bucket, and those that were throttled.
      assertThat(lab.proxy.calls().stream().filter(c -> c.service().equals("s3")))
          .hasSize(3 + 2 * 12 + 3);
    }
  }

  @Test
  void noCallIsMadeTwice() throws Exception {
    try (Connected at = lab.connect()) {
      buckets(at, 12);
      lab.proxy.forgetCalls();
      lab.list(at.account(), HOME, "s3_bucket");
      List<AwsCall> calls =
          lab.proxy.calls().stream().filter(c -> c.service().equals("s3")).toList();
      assertThat(calls).hasSize(3 + 2 * 12);
      assertThat(new HashSet<>(calls)).hasSameSizeAs(calls);
    }
  }

  @Test
  void aThirdOfAllCallsMayBeThrottled() throws Exception {
    try (Connected at = lab.connect()) {
      buckets(at, 16);
      Random random = new Random(7);
      lab.proxy.when(
          call -> {
            synchronized (random) {
              return call.service().equals("s3") && random.nextInt(10) < 3;
            }
          },
          new Fault.Throttle());
      Listing line = lab.list(at.account(), HOME, "s3_bucket");
      assertThat(line.coverage()).isEqualTo(Coverage.ANSWERED);
      assertThat(line.resources()).isEqualTo(16);
      assertThat(line.detail()).isNull();
    }
  }

  @Test
  void detailsGoOutSideBySideAndComeBackInOrder() throws Exception {
    try (Connected at = lab.connect()) {
      buckets(at, 10);
      AtomicInteger under = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      lab.proxy.when(
          call -> {
            // Counts who waits for an answer; each is delayed, so that they meet.
            if (!call.page().contains("tagging")) return false;
            most.accumulateAndGet(under.incrementAndGet(), Math::max);
            return true;
          },
          new Fault.Delay(Duration.ofMillis(300)));
      lab.list(at.account(), HOME, "s3_bucket");
      assertThat(most.get()).isGreaterThan(1);
      assertThat(lab.resources(at.account(), HOME, "s3_bucket"))
          .extracting(Resource::id)
          .isSorted()
          .hasSize(10);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OptInRequired, 403, UNAVAILABLE",
    "AuthFailure, 401, UNAVAILABLE",
    "UnauthorizedOperation, 403, DENIED",
    "InvalidParameterValue, 400, FAILED",
    "UnheardOf, 400, FAILED"
  })
  void theCodeIsWhatTheCoverageSays(String code, int status, Coverage coverage) throws Exception {
    try (Connected at = lab.connect()) {
      lab.proxy.when(call -> call.region().equals("eu-west-1"), new Fault.Refuse(status, code));
      Listing line = lab.list(at.account(), "eu-west-1", "ebs_volume");
      assertThat(line.coverage()).isEqualTo(coverage);
      assertThat(line.detail()).isEqualTo(code);
    }
  }

  @Test
  void aRegionThatIsNotThereIsUnavailable() throws Exception {
    try (Connected at = lab.connect()) {
      Listing line = lab.list(at.account(), "xx-nowhere-9", "ebs_volume");
      assertThat(line.coverage()).isEqualTo(Coverage.UNAVAILABLE);
      assertThat(line.detail()).isEqualTo("endpoint unknown");
    }
  }

  @Test
  void credentialsThatAreWrongEverywhereAreNoRegionThatIsDisabled() throws Exception {
    try (Connected at = lab.connect()) {
      lab.proxy.when(call -> call.service().equals("ec2"), new Fault.Refuse(401, "AuthFailure"));
      Listing line = lab.list(at.account(), "eu-west-1", "ebs_volume");
      assertThat(line.coverage()).isEqualTo(Coverage.DENIED);
    }
  }

  /** Each service has a session of its own: that EC2's is good says nothing of another's. */
  @Test
  void credentialsThatAreWrongForAServiceAreNoRegionThatIsDisabled() throws Exception {
    try (Connected at = lab.connect()) {
      lab.proxy.when(call -> call.service().equals("rds"), new Fault.Refuse(401, "AuthFailure"));
      Listing line = lab.list(at.account(), "eu-west-1", "rds_instance");
      assertThat(line.coverage()).isEqualTo(Coverage.DENIED);
    }
  }

  @Test
  void aSessionThatEndsInTheMiddleIsReplaced() throws Exception {
    try (Connected at = lab.connect()) {
      buckets(at, 8);
      lab.list(at.account(), HOME, "s3_bucket");
      AtomicInteger seen = new AtomicInteger();
      lab.proxy.when(
          call -> {
            if (call.page().contains("tagging") && seen.incrementAndGet() == 3)
              lab.emulator.expireSessions();
            return false;
          },
          new Fault.Close());
      Listing line = lab.list(at.account(), HOME, "s3_bucket");
      assertThat(line.coverage()).isEqualTo(Coverage.ANSWERED);
      assertThat(line.resources()).isEqualTo(8);
      assertThat(line.detail()).isNull();
    }
  }

  @Test
  void anActivityThatNobodyWaitsForMakesNoMoreCalls() throws Exception {
    try (Connected at = lab.connect()) {
      buckets(at, 4);
      lab.proxy.forgetCalls();
      AtomicBoolean first = new AtomicBoolean(true);
      lab.proxy.when(
          call -> {
            if (!call.page().contains("lifecycle")) return false;
            if (first.getAndSet(false)) lab.activities().requestCancelActivity();
            return true;
          },
          new Fault.Delay(Duration.ofSeconds(2)));
      // It beats every 100 ms, and so hears of it while the first calls are under way.
      assertThatThrownBy(() -> lab.list(at.account(), HOME, "s3_bucket", Duration.ofMillis(600)))
          .isInstanceOf(CanceledFailure.class);
      assertThat(lab.proxy.calls().stream().filter(c -> c.page().contains("tagging"))).isEmpty();
    }
  }

  @Test
  void beatsWhileAPageIsUnderWay() throws Exception {
    try (Connected at = lab.connect()) {
      buckets(at, 4);
      AtomicInteger beats = new AtomicInteger();
      lab.activities().setActivityHeartbeatListener(Long.class, calls -> beats.incrementAndGet());
      lab.proxy.when(call -> call.service().equals("s3"), new Fault.Delay(Duration.ofMillis(700)));
      lab.list(at.account(), HOME, "s3_bucket", Duration.ofMillis(600));
      assertThat(beats.get()).isGreaterThan(3);
    }
  }
}
