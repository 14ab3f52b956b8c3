package dev.steward.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.AccountFeature;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.rds.RdsClient;

/** Answers as plain maps, and what is made of them. */
final class FormsTest {
  // The SDK's answers

  private static Map<String, Object> plain(SdkPojo pojo) {
    return Sdk.plain(pojo);
  }

  @Test
  void whatAwsLeftOutIsNotThereAndWhatItSaidIs() {
    assertThat(plain(Volume.builder().build())).isEmpty();
    assertThat(plain(Volume.builder().size(0).encrypted(false).volumeId("").build()))
        .containsOnly(
            Map.entry("Size", 0), Map.entry("Encrypted", false), Map.entry("VolumeId", ""));
  }

  @Test
  void anEmptyListThatAwsSentIsOneAndOneThatItDidNotSendIsNot() {
    assertThat(plain(DescribeVolumesResponse.builder().build())).doesNotContainKey("Volumes");
    assertThat(plain(DescribeVolumesResponse.builder().volumes(List.of()).build()))
        .containsEntry("Volumes", List.of());
  }

  @Test
  void whatLiesWithinIsPlainToo() {
    Map<String, Object> volume =
        plain(
            Volume.builder()
                .attachments(a -> a.instanceId("i-1").deleteOnTermination(true))
                .tags(t -> t.key("k").value("v"))
                .createTime(Instant.EPOCH)
                .build());
    assertThat(Answers.at("Attachments[].InstanceId", volume)).isEqualTo(List.of("i-1"));
    assertThat(Answers.at("Tags[0].Key", volume)).isEqualTo("k");
    assertThat(Answers.at("CreateTime", volume)).isEqualTo(Instant.EPOCH);
  }

  @ParameterizedTest
  @CsvSource({
    "DescribeDBInstances, DescribeDbInstances",
    "DescribeDBSnapshots, DescribeDbSnapshots",
    "DescribeEvents, DescribeEvents"
  })
  void operationsAreFoundByTheNamesOfTheServicesModel(String operation, String type) {
    assertThat(Sdk.message(RdsClient.class, operation, "Request").getSimpleName())
        .isEqualTo(type + "Request");
  }

  @Test
  void anOperationThatThereIsNotIsRefused() {
    assertThatThrownBy(() -> Sdk.message(Ec2Client.class, "DescribeDreams", "Request"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DescribeDreams");
  }

  // Paths

  @Test
  void aPathThatLeadsNowhereSaysNothing() {
    Map<String, Object> answer = Map.of("A", Map.of("B", List.of(1, 2)), "N", 5);
    assertThat(Answers.at("A.B", answer)).isEqualTo(List.of(1, 2));
    assertThat(Answers.at("A.C", answer)).isNull();
    assertThat(Answers.at("N.B", answer)).isNull();
    assertThat(Answers.at("X", answer)).isNull();
    assertThat(Answers.at("X", List.of())).isNull();
    assertThat(Answers.list("A.B", answer)).hasSize(2);
    assertThat(Answers.list("N", answer)).isEmpty();
    assertThat(Answers.list("X", answer)).isEmpty();
  }

  @Test
  void aTextWithNothingInItSaysNothing() {
    assertThat(Answers.text("")).isNull();
    assertThat(Answers.text(null)).isNull();
    assertThat(Answers.text(7)).isEqualTo("7");
  }

  // Tags

  @Test
  void tagsAreReadInEveryFormThatServicesWriteThemIn() {
    Map<String, String> tags = Map.of("team", "a");
    assertThat(TagForms.read(Map.of("team", "a"))).isEqualTo(tags);
    for (String[] form :
        new String[][] {
          {"Key", "Value"}, {"key", "value"}, {"TagKey", "TagValue"}, {"tagKey", "tagValue"}
        })
      assertThat(TagForms.read(List.of(Map.of(form[0], "team", form[1], "a")))).isEqualTo(tags);
    assertThat(TagForms.read(List.of(Map.of("Key", "only")))).isEqualTo(Map.of("only", ""));
    assertThat(TagForms.read(List.of(Map.of("Value", "nobody's"), "odd"))).isEmpty();
    assertThat(TagForms.read(null)).isEmpty();
    assertThatThrownBy(() -> TagForms.read("text")).isInstanceOf(IllegalStateException.class);
  }

  // One resource

  private static SdkException error(String code) {
    return AwsServiceException.builder()
        .statusCode(400)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .build();
  }

  private static Described one() {
    return new Described("ebs_volume", "us-east-1", "vol-1");
  }

  private static Described asked(String what, String code) {
    return one()
        .detail(
            what,
            () -> {
              throw error(code);
            });
  }

  @Test
  void aQuestionThatIsRefusedMarksTheResourceAndCostsNothingElse() {
    Resource listed =
        asked("a", "AccessDenied").with("x", 1).detail("b", () -> {}).listed().orElseThrow();
    assertThat(listed.missing()).isEqualTo("a");
    assertThat(listed.attribute(Resource.DETAILS_ERROR)).isEqualTo("AccessDenied");
    assertThat(listed.attribute("x")).isEqualTo("1");
    assertThat(listed.tagsKnown()).isTrue();
  }

  @Test
  void tagsThatAreRefusedAreUnknownAndNoDetail() {
    Resource listed =
        one()
            .tagsOf(() -> {
              throw error("AccessDenied");
            })
            .listed()
            .orElseThrow();
    assertThat(listed.tagsKnown()).isFalse();
    assertThat(listed.missing()).isNull();
    assertThat(one().tagsUnknown().listed().orElseThrow().tagsKnown()).isFalse();
  }

  @Test
  void whatIsGoneMeanwhileIsNotListedAndAskedNothingMore() {
    List<String> further = new ArrayList<>();
    Described gone = asked("a", "InvalidVolume.NotFound").detail("b", () -> further.add("b"));
    assertThat(gone.listed()).isEmpty();
    assertThat(gone.read()).isEmpty();
    assertThat(further).isEmpty();
  }

  /** A decision about it waits for the answer; a listing goes on without. */
  @Test
  void whatMayBeAnsweredLaterIsThrownToWhoDecides() {
    Described throttled = asked("a", "Throttling");
    assertThat(throttled.listed().map(Resource::missing)).contains("a");
    assertThatThrownBy(throttled::read).isInstanceOf(SdkException.class);
    assertThat(asked("a", "AccessDenied").read()).isPresent();
  }

  @Test
  void aSessionThatEndsBetweenTwoCallsIsAskedOnceMore() {
    List<String> asked = new ArrayList<>();
    Described whole =
        one()
            .detail(
                "a",
                () -> {
                  asked.add("a");
                  if (asked.size() == 1) throw error("ExpiredToken");
                });
    assertThat(asked).hasSize(2);
    assertThat(whole.listed().orElseThrow().missing()).isNull();
    assertThat(asked("a", "ExpiredToken").listed().orElseThrow().missing()).isEqualTo("a");
  }

  @Test
  void itsNameIsTheTagUnlessItWasGivenOne() {
    Map<String, String> tags = Map.of("Name", "tagged");
    assertThat(one().tags(tags).listed().map(Resource::name)).contains("tagged");
    assertThat(one().tags(tags).name("given").listed().map(Resource::name)).contains("given");
    assertThat(one().with("empty", "").with("none", null).listed().orElseThrow().attributes())
        .isEmpty();
  }

  // Connections

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::123456789012:role/x, 123456789012",
    "arn:aws-us-gov:iam::123456789012:role/x, 123456789012",
    "arn:aws:iam::12345:role/x, acc_1",
    "nonsense, acc_1",
    ", acc_1"
  })
  void callsAreLimitedByTheAccountThatAwsCounts(String arn, String limited) {
    Connection connection = new Connection("acc_1", "org_1", arn, null, null, List.of(), Rank.BULK);
    assertThat(connection.limited()).isEqualTo(limited);
    assertThat(connection.isOf("123456789012")).isEqualTo(limited.equals("123456789012"));
    assertThat(connection.acting(Catalogue.REMEDIATIONS.getFirst()).limited()).isEqualTo(limited);
  }

  static List<Remediation> actions() {
    return Catalogue.REMEDIATIONS;
  }

  @ParameterizedTest
  @MethodSource("actions")
  void whatActsMayDoWhatItNeedsAndIsNotTakenForWhatReads(Remediation action) {
    Connection reading = FakeAws.connection("123456789012");
    Connection acting = reading.acting(action);
    assertThat(acting.acts()).isTrue();
    assertThat(reading.acts()).isFalse();
    assertThat(acting.actions()).containsAll(action.actions()).doesNotHaveDuplicates();
    assertThat(acting.owner()).startsWith(reading.owner() + "/").isNotEqualTo(reading.owner());
    assertThat(acting.rank()).isEqualTo(Rank.INTERACTIVE);
    assertThat(acting.within("s3")).isSameAs(acting);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec2", "rds", "s3", "cloudwatch", "logs", "dynamodb"})
  void aSessionForAServiceMayReadThatOneAndNoOther(String service) {
    Connection all =
        new Connection(
            "acc_1", "org_1", null, null, null, Catalogue.actions(AccountFeature.READ), Rank.BULK);
    Connection one = all.within(service);
    assertThat(one.actions()).isNotEmpty().allMatch(action -> action.startsWith(service + ":"));
    assertThat(one.owner()).isEqualTo("acc_1/read/" + service);
    assertThat(all.asking("ec2:DescribeVolumes").actions()).containsExactly("ec2:DescribeVolumes");
  }

  @Test
  void aRefusalIsToldFromOtherCodesInAList() {
    assertThat(AwsError.isDenied("Throttling,AccessDenied")).isTrue();
    assertThat(AwsError.isDenied("Throttling,InternalError")).isFalse();
    assertThat(AwsError.isDenied("")).isFalse();
    assertThat(AwsError.isDenied(null)).isFalse();
    assertThat(Optional.of(error("NoSuchBucket")).filter(AwsError::isAbsent)).isPresent();
    assertThat(AwsError.isAbsent(error("AccessDenied"))).isFalse();
  }
}
