package dev.steward.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.AccountFeature;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;

/** STS refuses a session policy that is too long, and then nothing can be done at all. */
final class SessionPolicyTest {
  private static final int MOST = 2_048;

  private static Connection reading() {
    return new Connection(
        "acc_1",
        "org_1",
        "arn",
        "ext",
        null,
        Catalogue.actions(AccountFeature.READ),
        Rank.INTERACTIVE);
  }

  /** The services that reading needs. */
  static Stream<String> services() {
    return reading().actions().stream()
        .map(action -> action.substring(0, action.indexOf(':')))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("services")
  void theSessionThatReadsAServiceFitsAndMayDoNothingElse(String service) {
    Connection reads = reading().within(service);
    assertThat(AwsAccess.sessionPolicy(reads)).hasSizeLessThanOrEqualTo(MOST);
    assertThat(reads.actions()).isNotEmpty().allMatch(action -> action.startsWith(service + ":"));
  }

  @Test
  void everyClientIsThere() {
    for (String service : Services.all())
      assertThat(builder(Services.type(service))).as(service).isNotNull();
  }

  @SuppressWarnings("unchecked")
  private static <
          B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkClient>
      Object builder(Class<? extends SdkClient> type) {
    return Services.<B, C>builder((Class<C>) type);
  }

  @Test
  void everythingThatReadingNeedsIsInTheSessionOfAService() {
    assertThat(services().flatMap(service -> reading().within(service).actions().stream()))
        .containsExactlyInAnyOrderElementsOf(reading().actions());
  }

  static List<Remediation> actions() {
    return Catalogue.REMEDIATIONS;
  }

  @ParameterizedTest
  @MethodSource("actions")
  void theSessionOfEachActionFitsAndMayReadWhatRefersToIt(Remediation action) {
    Connection acting = reading().acting(action);
    assertThat(AwsAccess.sessionPolicy(acting)).hasSizeLessThanOrEqualTo(MOST);
    action.referrers().forEach(row -> assertThat(acting.actions()).containsAll(row.iam()));
    assertThat(Catalogue.actions(AccountFeature.ACT)).containsAll(action.actions());
  }

  @Test
  void aSessionInChinaUsesKeysByTheServicesOfChina() {
    Connection china =
        new Connection(
            "acc_1",
            "org_1",
            "arn:aws-cn:iam::123456789012:role/steward",
            "ext",
            null,
            List.of("ec2:StopInstances", "kms:CreateGrant"),
            Rank.INTERACTIVE);
    assertThat(AwsAccess.sessionPolicy(china)).contains("\"ec2.*.amazonaws.com.cn\"");
  }
}
