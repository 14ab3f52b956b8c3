package dev.steward.aws;

import static dev.steward.aws.FakeAws.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.model.Json;
import dev.steward.model.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What is listed by name, in batches, and under parents. */
final class UnderParentsTest {
  @TempDir private static Path folder;
  private static final AtomicInteger ACCOUNTS = new AtomicInteger();

  @SuppressWarnings("NullAway.Init")
  private static FakeAws aws;

  @SuppressWarnings("NullAway.Init")
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
    clients =
        aws.clients(
            FakeAws.connection(String.format(Locale.ROOT, "5300%08d", ACCOUNTS.incrementAndGet())));
    aws.forget();
    aws.says("GetResources", tagged(Map.of()));
  }

  private static FakeAws.Said said(String key, List<?> values, String next) {
    return ok(
        Json.text(next.isEmpty() ? Map.of(key, values) : Map.of(key, values, "nextToken", next)));
  }

  private static FakeAws.Said clusters(String next, String... arns) {
    return said("clusterArns", List.of(arns), next);
  }

  private static FakeAws.Said refused(String code) {
    return new FakeAws.Said(400, Json.text(Map.of("__type", code)));
  }

  private static FakeAws.Said tagged(Map<String, String> byArn) {
    return ok(
        Json.text(
            Map.of(
                "ResourceTagMappingList",
                byArn.entrySet().stream()
                    .map(e ->
                        Map.of(
                            "ResourceARN",
                            e.getKey(),
                            "Tags",
                            List.of(Map.of("Key", "team", "Value", e.getValue()))))
                    .toList())));
  }

  private static FakeAws.Said described(List<String> services, List<String> missing) {
    return ok(
        Json.text(
            Map.of(
                "services",
                services.stream()
                    .map(arn -> Map.of("serviceArn", arn, "status", "ACTIVE", "desiredCount", 2))
                    .toList(),
                "failures",
                missing.stream().map(arn -> Map.of("arn", arn, "reason", "MISSING")).toList())));
  }

  private static Map<String, Object> cluster(String arn, String status) {
    return Map.of("clusterArn", arn, "status", status, "activeServicesCount", 3);
  }

  private static List<String> ids(Page page) {
    return page.resources().stream().map(Resource::id).sorted().toList();
  }

  private Page services() {
    return Lister.page(ClusterKinds.SERVICES, clients, null);
  }

  // Names, then what they stand for

  @Test
  void namesAreAskedAboutInBatchesAndWhatIsSaidOfThemIsKept() {
    aws.says("ListClusters", clusters("", "a", "b", "c"));
    aws.says(
        "DescribeClusters",
        ok(
            Json.text(
                Map.of(
                    "clusters",
                    Stream.of("a", "b", "c").map(c -> cluster(c, "ACTIVE")).toList()))));
    Page page = Lister.page(ClusterKinds.CLUSTERS, clients, null);
    assertThat(ids(page)).containsExactly("a", "b", "c");
    assertThat(page.resources())
        .allSatisfy(one -> {
          assertThat(one.state()).isEqualTo("ACTIVE");
          assertThat(one.attributes()).containsEntry("services", "3");
          assertThat(one.missing()).isNull();
        });
    assertThat(aws.asked("DescribeClusters")).hasSize(2);
  }

  /** It is there, for it was listed; what is not known of it is said. */
  @Test
  void whatADescriptionLeavesOutIsNotLost() {
    aws.says("ListClusters", clusters("", "a", "b"));
    aws.says(
        "DescribeClusters", ok(Json.text(Map.of("clusters", List.of(cluster("a", "ACTIVE"))))));
    Page page = Lister.page(ClusterKinds.CLUSTERS, clients, null);
    assertThat(ids(page)).containsExactly("a", "b");
    assertThat(page.resources().getLast().missing()).isEqualTo("description");
    assertThat(page.resources().getLast().attributes()).doesNotContainKey("services");
  }

  @Test
  void whatADescriptionSaysIsGoneIsNotThere() {
    aws.says("ListClusters", clusters("", "a", "b"));
    aws.says(
        "DescribeClusters",
        ok(
            Json.text(
                Map.of(
                    "clusters",
                    List.of(cluster("a", "INACTIVE")),
                    "failures",
                    List.of(Map.of("arn", "b", "reason", "MISSING"))))));
    assertThat(Lister.page(ClusterKinds.CLUSTERS, clients, null).resources()).isEmpty();
  }

  @Test
  void aDescriptionThatIsRefusedMarksThoseItIsAbout() {
    aws.says("ListClusters", clusters("", "a"));
    aws.says("DescribeClusters", refused("AccessDeniedException"));
    Resource one = Lister.page(ClusterKinds.CLUSTERS, clients, null).resources().getFirst();
    assertThat(one.missing()).isEqualTo("description");
    assertThat(one.attribute(Resource.DETAILS_ERROR)).isEqualTo("AccessDeniedException");
  }

  @Test
  void oneIsReadAgainByItsDescription() {
    aws.says(
        "DescribeClusters", ok(Json.text(Map.of("clusters", List.of(cluster("a", "ACTIVE"))))));
    assertThat(Lister.read(ClusterKinds.CLUSTERS, clients, "a").map(Resource::state))
        .contains("ACTIVE");
    aws.says(
        "DescribeClusters",
        ok(Json.text(Map.of("failures", List.of(Map.of("arn", "a", "reason", "MISSING"))))));
    assertThat(Lister.read(ClusterKinds.CLUSTERS, clients, "a")).isEqualTo(Optional.empty());
  }

  // Under parents

  @Test
  void aPageIsAPageOfParentsWithAllPagesOfWhatIsUnderThem() {
    aws.says("ListClusters", clusters("more", "c1"), clusters("", "c2"));
    aws.says(
        "ListServices",
        said("serviceArns", List.of("s1"), "two"),
        said("serviceArns", List.of("s2"), ""));
    aws.says("DescribeServices", described(List.of("s1", "s2"), List.of()));
    aws.says("GetResources", tagged(Map.of("s1", "web")));
    Page page = services();
    assertThat(ids(page)).containsExactly("s1", "s2");
    assertThat(page.next()).isEqualTo("more");
    assertThat(page.resources())
        .allSatisfy(one -> {
          assertThat(ClusterKinds.CLUSTER.of(one)).isEqualTo("c1");
          assertThat(ClusterKinds.DESIRED.of(one)).isEqualTo(2);
          assertThat(one.tagsKnown()).isTrue();
        });
    assertThat(page.resources().getFirst().tags()).containsEntry("team", "web");
    Lister.page(ClusterKinds.SERVICES, clients, page.next());
    assertThat(aws.asked("ListClusters").getLast().get("body"))
        .contains("\"nextToken\":\"more\"", "\"maxResults\":2");
  }

  /** Nothing was seen of what is under it, so there is no page that would look like nothing. */
  @Test
  void aParentThatDoesNotAnswerFailsThePage() {
    aws.says("ListClusters", clusters("", "c1", "c2"));
    aws.says("ListServices", refused("AccessDeniedException"));
    assertThatThrownBy(this::services).isInstanceOf(AwsServiceException.class);
    aws.says("ListServices", new FakeAws.Said(404, "{}"));
    assertThatThrownBy(this::services).isInstanceOf(AwsServiceException.class);
  }

  @Test
  void aParentThatIsGoneMeanwhileHasNothing() {
    aws.says("ListClusters", clusters("", "c1"));
    aws.says("ListServices", refused("ClusterNotFoundException"));
    assertThat(services().resources()).isEmpty();
  }

  @Test
  void aParentWithoutANameIsNotAskedAbout() {
    aws.says("ListClusters", ok("{\"clusterArns\":[\"c1\", null]}"));
    aws.says("ListServices", said("serviceArns", List.of(), ""));
    // The SDK leaves out what is null; so does the page.
    assertThat(services().resources()).isEmpty();
    assertThat(aws.asked("ListServices")).hasSize(1);
  }

  @Test
  void pagesUnderAParentThatGoInACircleAreNoAnswer() {
    aws.says("ListClusters", clusters("", "c1"));
    aws.says(
        "ListServices",
        said("serviceArns", List.of("s1"), "two"),
        said("serviceArns", List.of("s2"), "three"),
        said("serviceArns", List.of("s1"), "two"));
    assertThatThrownBy(this::services).isInstanceOf(SdkClientException.class);
  }

  // Tags by the tagging API

  private Resource tagged(FakeAws.Said said) {
    aws.says("ListClusters", clusters("", "c1"));
    aws.says("ListServices", said("serviceArns", List.of("s1"), ""));
    aws.says("DescribeServices", described(List.of("s1"), List.of()));
    aws.says("GetResources", said);
    return services().resources().getFirst();
  }

  @Test
  void whomTheTaggingApiLeavesOutHasNone() {
    Resource one = tagged(tagged(Map.of()));
    assertThat(one.tagsKnown()).isTrue();
    assertThat(one.tags()).isEmpty();
  }

  @Test
  void whoseAnswerIsNotWholeOrRefusedHasUnknownOnes() {
    assertThat(
            tagged(ok("{\"ResourceTagMappingList\":[],\"PaginationToken\":\"more\"}")).tagsKnown())
        .isFalse();
    assertThat(tagged(refused("AccessDeniedException")).tagsKnown()).isFalse();
  }

  @Test
  void aHundredAreAskedForInOneCall() {
    List<String> arns = Stream.iterate(1, n -> n + 1).limit(150).map(n -> "s" + n).toList();
    aws.says("ListClusters", clusters("", "c1"));
    aws.says("ListServices", said("serviceArns", arns, ""));
    aws.says("DescribeServices", described(arns, List.of()));
    assertThat(services().resources()).hasSize(150);
    assertThat(aws.asked("GetResources")).hasSize(2);
    assertThat(aws.asked("DescribeServices")).hasSize(15);
  }
}
