package dev.steward.aws;

import static dev.steward.aws.FakeAws.ok;
import static dev.steward.aws.FakeAws.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.steward.estate.RegionSetting;
import dev.steward.estate.ec2.LaunchTemplates;
import dev.steward.estate.ec2.Volumes;
import dev.steward.model.Resource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** The one lister, where AWS answers oddly. */
final class ListerTest {
  @TempDir private static Path folder;
  private static final AtomicInteger ACCOUNTS = new AtomicInteger();

  @SuppressWarnings("NullAway.Init")
  private static FakeAws aws;

  private RegionClients clients;

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
    String number = String.format(Locale.ROOT, "5000%08d", ACCOUNTS.incrementAndGet());
    clients = aws.clients(FakeAws.connection(number));
    aws.forget();
    aws.says("GetEbsEncryptionByDefault", refused(403, "UnauthorizedOperation"));
  }

  private static FakeAws.Said page(String next, String... items) {
    StringBuilder set = new StringBuilder();
    for (String item : items) set.append("<item>").append(item).append("</item>");
    return ok(
        "<DescribeVolumesResponse><volumeSet>"
            + set
            + "</volumeSet>"
            + (next.isEmpty() ? "" : "<nextToken>" + next + "</nextToken>")
            + "</DescribeVolumesResponse>");
  }

  private static String volume(String id) {
    return "<volumeId>" + id + "</volumeId><size>8</size><status>available</status>";
  }

  private List<String> ids(Page page) {
    return page.resources().stream().map(Resource::id).toList();
  }

  @Test
  void aPageIsAskedForByTheTokenOfTheOneBefore() {
    aws.says("DescribeVolumes", page("two", volume("vol-1")), page("", volume("vol-2")));
    Page first = Lister.page(Volumes.KIND, clients, null);
    assertThat(ids(first)).containsExactly("vol-1");
    assertThat(first.next()).isEqualTo("two");
    Page last = Lister.page(Volumes.KIND, clients, first.next());
    assertThat(ids(last)).containsExactly("vol-2");
    assertThat(last.next()).isNull();
    assertThat(aws.asked("DescribeVolumes"))
        .extracting(a -> a.get("NextToken"), a -> a.get("MaxResults"))
        .containsExactly(tuple("", "100"), tuple("two", "100"));
  }

  @Test
  void anEmptyPageIsNotTheLastOne() {
    aws.says("DescribeVolumes", page("more"));
    Page page = Lister.page(Volumes.KIND, clients, null);
    assertThat(page.resources()).isEmpty();
    assertThat(page.next()).isEqualTo("more");
  }

  @Test
  void aPageThatNamesItselfAsTheNextOneIsAnError() {
    aws.says("DescribeVolumes", page("same", volume("vol-1")));
    assertThatThrownBy(() -> Lister.page(Volumes.KIND, clients, "same"))
        .isInstanceOf(SamePage.Again.class);
  }

  /** What has no name cannot be kept, and is no nothing. */
  @Test
  void whatHasNoIdFailsThePage() {
    aws.says("DescribeVolumes", page("", "<size>8</size>"));
    assertThatThrownBy(() -> Lister.page(Volumes.KIND, clients, null))
        .isInstanceOf(SdkClientException.class)
        .hasMessageContaining("ebs_volume without an id");
  }

  @Test
  void whatAwsDoesNotSayIsNotThere() {
    aws.says("DescribeVolumes", page("", "<volumeId>vol-1</volumeId>"));
    Resource resource = Lister.page(Volumes.KIND, clients, null).resources().getFirst();
    assertThat(resource.attributes())
        .doesNotContainKeys("size_gb", "volume_type", "instance", "encrypted", "iops");
    assertThat(resource.createdAt()).isNull();
    assertThat(resource.state()).isNull();
    assertThat(resource.tags()).isEmpty();
  }

  @Test
  void everythingThatItSaysIsKept() {
    aws.says(
        "DescribeVolumes",
        page(
            "",
            volume("vol-1")
                + "<volumeType>io2</volumeType><iops>4000</iops><encrypted>true</encrypted>"
                + "<createTime>2026-01-02T03:04:05.000Z</createTime>"
                + "<attachmentSet><item><instanceId>i-1</instanceId></item><item><instanceId>i-2</instanceId></item></attachmentSet>"
                + "<tagSet><item><key>Name</key><value>data</value></item><item><key>only</key></item></tagSet>"));
    Resource resource = Lister.page(Volumes.KIND, clients, null).resources().getFirst();
    assertThat(resource.attributes())
        .containsEntry("size_gb", "8")
        .containsEntry("volume_type", "io2")
        .containsEntry("iops", "4000")
        .containsEntry("encrypted", "true")
        .containsEntry("instance", "i-1,i-2");
    assertThat(resource.createdAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
    assertThat(resource.name()).isEqualTo("data");
    assertThat(resource.tags()).containsEntry("only", "");
    assertThat(resource.region()).isEqualTo(FakeAws.REGION);
  }

  @Test
  void aTypeOfTomorrowIsKeptAsItIsWritten() {
    aws.says("DescribeVolumes", page("", volume("vol-1") + "<volumeType>gp9</volumeType>"));
    assertThat(Lister.page(Volumes.KIND, clients, null).resources().getFirst().attributes())
        .containsEntry("volume_type", "gp9");
  }

  // One alone

  private Optional<Resource> read(String id) {
    return Lister.read(Volumes.KIND, clients, id);
  }

  @Test
  void oneIsReadByItsIdAndNothingElseOfTheAnswerIsTakenForIt() {
    aws.says("DescribeVolumes", page("", volume("vol-2"), volume("vol-1")));
    assertThat(read("vol-1").map(Resource::id)).contains("vol-1");
    assertThat(aws.asked("DescribeVolumes").getFirst().get("VolumeId.1")).isEqualTo("vol-1");
    assertThat(read("vol-3")).isEmpty();
  }

  @Test
  void oneThatIsGoneOrGoingIsNotThere() {
    aws.says("DescribeVolumes", refused(400, "InvalidVolume.NotFound"));
    assertThat(read("vol-1")).isEmpty();
    for (String state : List.of("deleting", "deleted")) {
      aws.says(
          "DescribeVolumes", page("", "<volumeId>vol-1</volumeId><status>" + state + "</status>"));
      assertThat(read("vol-1")).as(state).isEmpty();
    }
  }

  /** Who is refused does not know that it is gone. */
  @Test
  void oneThatMayNotBeReadIsNotGone() {
    aws.says("DescribeVolumes", refused(403, "UnauthorizedOperation"));
    assertThatThrownBy(() -> read("vol-1")).isInstanceOf(Ec2Exception.class);
  }

  @Test
  void oneIsLookedForOnEveryPageAndACircleIsNoAnswer() {
    aws.says(
        "DescribeVolumes",
        page("a", volume("vol-2")),
        page("b", volume("vol-3")),
        page("", volume("vol-1")));
    assertThat(read("vol-1")).isPresent();
    assertThat(aws.asked("DescribeVolumes")).hasSize(3);
    aws.says(
        "DescribeVolumes",
        page("a", volume("vol-2")),
        page("b", volume("vol-3")),
        page("a", volume("vol-2")));
    assertThatThrownBy(() -> read("vol-1")).isInstanceOf(SamePage.Again.class);
  }

  private static FakeAws.Said templates() {
    return ok(
        "<DescribeLaunchTemplatesResponse><launchTemplates><item><launchTemplateId>lt-1</launchTemplateId>"
            + "<launchTemplateName>web</launchTemplateName></item></launchTemplates></DescribeLaunchTemplatesResponse>");
  }

  private static FakeAws.Said versions(String set, String next) {
    return ok(
        "<DescribeLaunchTemplateVersionsResponse>"
            + set
            + (next.isEmpty() ? "" : "<nextToken>" + next + "</nextToken>")
            + "</DescribeLaunchTemplateVersionsResponse>");
  }

  private static String version(String image) {
    return "<launchTemplateVersionSet><item><launchTemplateData><imageId>"
        + image
        + "</imageId></launchTemplateData></item></launchTemplateVersionSet>";
  }

  /** A page that leaves its list out is no error, and not the last one. */
  @Test
  void aPageOfADetailWithoutAListHidesNothingOfTheOthers() {
    aws.says("DescribeLaunchTemplates", templates());
    aws.says(
        "DescribeLaunchTemplateVersions",
        versions("", "two"),
        versions(version("ami-1"), "three"),
        versions(version("ami-2"), ""));
    Resource template = Lister.page(LaunchTemplates.KIND, clients, null).resources().getFirst();
    assertThat(template.missing()).isNull();
    assertThat(LaunchTemplates.IMAGES.of(template)).containsExactly("ami-1", "ami-2");
  }

  @Test
  void pagesOfADetailThatGoInACircleAreNoAnswer() {
    aws.says("DescribeLaunchTemplates", templates());
    aws.says(
        "DescribeLaunchTemplateVersions",
        versions(version("ami-1"), "two"),
        versions(version("ami-1"), "three"),
        versions(version("ami-1"), "two"));
    assertThat(Lister.page(LaunchTemplates.KIND, clients, null).resources().getFirst().missing())
        .isEqualTo("versions");
  }

  private static FakeAws.Said encrypts(String said) {
    return ok(
        "<GetEbsEncryptionByDefaultResponse>" + said + "</GetEbsEncryptionByDefaultResponse>");
  }

  /** What an answer leaves out is neither no nor a word of its own. */
  @Test
  void aSettingThatTheAnswerLeavesOpenIsUnknown() {
    aws.says("DescribeVolumes", page("", volume("vol-1")));
    aws.says("GetEbsEncryptionByDefault", encrypts(""));
    assertThat(defaultKey()).isNull();
    aws.says(
        "GetEbsEncryptionByDefault",
        encrypts("<ebsEncryptionByDefault>true</ebsEncryptionByDefault>"));
    aws.says(
        "GetEbsDefaultKmsKeyId",
        ok("<GetEbsDefaultKmsKeyIdResponse></GetEbsDefaultKmsKeyIdResponse>"));
    assertThat(defaultKey()).isNull();
    aws.says(
        "GetEbsDefaultKmsKeyId",
        ok(
            "<GetEbsDefaultKmsKeyIdResponse><kmsKeyId>alias/x</kmsKeyId></GetEbsDefaultKmsKeyIdResponse>"));
    assertThat(defaultKey()).isEqualTo("alias/x");
    aws.says(
        "GetEbsEncryptionByDefault",
        encrypts("<ebsEncryptionByDefault>false</ebsEncryptionByDefault>"));
    assertThat(defaultKey()).isEqualTo(RegionSetting.NONE);
  }

  private @Nullable String defaultKey() {
    return Lister.page(Volumes.KIND, clients, null).resources().getFirst().attribute("default_key");
  }
}
