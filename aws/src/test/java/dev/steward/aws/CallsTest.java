package dev.steward.aws;

import static dev.steward.aws.FakeAws.closed;
import static dev.steward.aws.FakeAws.ok;
import static dev.steward.aws.FakeAws.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** What one call goes through: sessions, turns and further tries. */
final class CallsTest {
  private static final AtomicInteger ACCOUNTS = new AtomicInteger();
  private static final FakeAws.Said NONE =
      ok("<DescribeVolumesResponse><volumeSet/></DescribeVolumesResponse>");

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static FakeAws aws;

  @SuppressWarnings("NullAway.Init")
  private Connection connection;

  @BeforeAll
  static void start() {
    aws = new FakeAws(folder);
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @BeforeEach
  void account() {
    connection =
        FakeAws.connection(String.format(Locale.ROOT, "3000%08d", ACCOUNTS.incrementAndGet()));
    aws.forget();
    aws.says("DescribeVolumes", NONE);
  }

  private void read() {
    aws.clients(connection).ec2().describeVolumes();
  }

  private RegionClients acting() {
    Remediation delete = Catalogue.remediation("snapshot_and_delete_volume").orElseThrow();
    return aws.clients(connection.acting(delete));
  }

  // Further tries

  @ParameterizedTest
  @ValueSource(strings = {"RequestLimitExceeded", "Throttling", "SlowDown"})
  void aThrottledCallIsSentAgain(String code) {
    aws.says("DescribeVolumes", refused(503, code), refused(503, code), NONE);
    read();
    assertThat(aws.asked("DescribeVolumes")).hasSize(3);
  }

  @Test
  void whatReadsIsSentAgainWhenNoAnswerCame() {
    aws.says("DescribeVolumes", closed(), refused(500, "InternalError"), NONE);
    read();
    assertThat(aws.asked("DescribeVolumes")).hasSize(3);
  }

  /** It may have had its effect, and only who looks first can tell. */
  @Test
  void whatActsIsNotSentAgainWhenNoAnswerCame() {
    aws.says("DeleteVolume", closed(), ok("<DeleteVolumeResponse/>"));
    assertThatThrownBy(() -> acting().ec2().deleteVolume(r -> r.volumeId("vol-1")))
        .isInstanceOf(SdkClientException.class);
    assertThat(aws.asked("DeleteVolume")).hasSize(1);
    aws.says("DeleteVolume", refused(500, "InternalError"), ok("<DeleteVolumeResponse/>"));
    assertThatThrownBy(() -> acting().ec2().deleteVolume(r -> r.volumeId("vol-1")))
        .isInstanceOf(Ec2Exception.class);
    assertThat(aws.asked("DeleteVolume")).hasSize(2);
  }

  /** AWS has not begun it. */
  @Test
  void whatActsIsSentAgainWhenItWasThrottled() {
    aws.says("DeleteVolume", refused(503, "RequestLimitExceeded"), ok("<DeleteVolumeResponse/>"));
    acting().ec2().deleteVolume(r -> r.volumeId("vol-1"));
    assertThat(aws.asked("DeleteVolume")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UnauthorizedOperation",
        "InvalidParameterValue",
        "InvalidVolume.NotFound",
        "AuthFailure",
        "OptInRequired",
        "IncorrectState"
      })
  void whatIsRefusedIsNotSentAgain(String code) {
    aws.says("DescribeVolumes", refused(400, code));
    assertThatThrownBy(this::read).isInstanceOf(Ec2Exception.class);
    assertThat(aws.asked("DescribeVolumes")).hasSize(1);
  }

  @Test
  void throttlingSlowsDownTheServiceOfThatAccountAlone() {
    CallLimiter.Lane own =
        aws.access.limiter().lane(connection.limited(), FakeAws.REGION, "Ec2", Rank.BULK);
    CallLimiter.Lane other =
        aws.access.limiter().lane("999999999999", FakeAws.REGION, "Ec2", Rank.BULK);
    double before = own.rate();
    aws.says("DescribeVolumes", refused(503, "RequestLimitExceeded"), NONE);
    read();
    assertThat(own.rate()).isLessThan(before);
    assertThat(other.rate()).isEqualTo(before);
  }

  // Sessions

  @Test
  void aSessionIsOpenedOnceAndOnlyForTheServiceThatIsAsked() {
    read();
    read();
    assertThat(aws.asked("AssumeRole")).hasSize(1);
    FakeAws.Asked session = aws.asked("AssumeRole").getFirst();
    assertThat(session.get("RoleArn")).isEqualTo(connection.roleArn());
    assertThat(session.get("ExternalId")).isEqualTo("ext_fake");
    assertThat(session.get("RoleSessionName")).isEqualTo("steward-org_fake");
    assertThat(session.get("Policy"))
        .contains("ec2:DescribeVolumes")
        .doesNotContain("s3:", "cloudwatch:");
    assertThat(aws.asked("DescribeVolumes"))
        .extracting(FakeAws.Asked::key)
        .allMatch(key -> key.startsWith("SESSION"));
  }

  @Test
  void anotherServiceHasASessionOfItsOwn() {
    read();
    aws.says("GetMetricData", new FakeAws.Said(403, ""));
    assertThatThrownBy(() -> aws.clients(connection).metrics().getMetricData(_ -> {}))
        .isInstanceOf(CloudWatchException.class);
    assertThat(aws.asked("AssumeRole"))
        .extracting(a -> a.get("Policy").contains("cloudwatch:GetMetricData"))
        .containsExactly(false, true);
  }

  /** It must use a key for the snapshot that it makes, so it is one session. */
  @Test
  void whatActsHasOneSessionForAllThatItNeeds() {
    aws.says("DeleteVolume", ok("<DeleteVolumeResponse/>"));
    acting().ec2().deleteVolume(r -> r.volumeId("vol-1"));
    assertThat(aws.asked("AssumeRole").getLast().get("Policy"))
        .contains("ec2:DeleteVolume", "ec2:CreateSnapshot", "ec2:DescribeVolumes")
        .doesNotContain("rds:", "s3:");
  }

  @Test
  void aSessionThatAwsCallsExpiredIsReplacedOnce() {
    read();
    aws.says("DescribeVolumes", refused(400, "RequestExpired"), NONE);
    assertThatThrownBy(this::read).isInstanceOf(Ec2Exception.class);
    read();
    assertThat(aws.asked("AssumeRole")).hasSize(2);
    List<String> keys = aws.asked("DescribeVolumes").stream().map(FakeAws.Asked::key).toList();
    assertThat(keys.get(1)).isEqualTo(keys.get(0));
    assertThat(keys.get(2)).isNotEqualTo(keys.get(1));
  }

  @Test
  void whatIsForgottenIsOpenedAnew() {
    read();
    aws.access.forget(connection.owner());
    read();
    assertThat(aws.asked("AssumeRole")).hasSize(2);
  }

  /** Its own words say that it is the role, and no service, that refused. */
  @Test
  void aRoleThatRefusesIsToldFromAServiceThatDoes() {
    aws.says(
        "AssumeRole",
        new FakeAws.Said(
            403, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>"));
    try {
      assertThatThrownBy(this::read)
          .isInstanceOf(SdkException.class)
          .matches(AwsError::isOfSts)
          .matches(e -> AwsError.of(e) == AwsError.DENIED);
      assertThat(aws.asked("DescribeVolumes")).isEmpty();
    } finally {
      aws.unsay("AssumeRole");
    }
  }

  @Test
  void aRegionThatThereIsNotIsToldWithoutACall() {
    RegionClients nowhere = new RegionClients(aws.access, connection, "xx-nowhere-1");
    assertThatThrownBy(() -> nowhere.ec2().describeVolumes())
        .matches(e -> AwsError.of(e) == AwsError.UNREACHABLE);
    assertThat(aws.asked("DescribeVolumes")).isEmpty();
  }
}
