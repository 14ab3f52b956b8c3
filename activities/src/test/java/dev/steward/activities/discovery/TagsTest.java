package dev.steward.activities.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.EmulatedAws.Connected;
import dev.steward.aws.Lister;
import dev.steward.domain.governance.plan.Drift;
import dev.steward.domain.governance.plan.Planner;
import dev.steward.estate.KeepTag;
import dev.steward.estate.Kind;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Remediation;
import dev.steward.estate.Tags;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Listing;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import dev.steward.testing.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** The tags of every kind of the catalogue, in the inventory and when a step looks again. */
@SuppressWarnings("NullAway.Init")
final class TagsTest {
  private static final String HOME = "us-east-1";
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

  static Stream<String> kinds() {
    return Catalogue.KINDS.stream().map(Kind::id);
  }

  /** Kinds that some action is for: a step looks at them again. */
  static Stream<String> actedOn() {
    return Catalogue.REMEDIATIONS.stream().map(Remediation::kind).distinct();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void arriveInTheInventory(String kind) throws Exception {
    try (Connected at = lab.connect()) {
      String id = new Tagged(at.customer(), HOME).make(kind);
      Listing line = lab.list(at.account(), HOME, kind);
      assertThat(line.detail()).isNull();
      Resource resource = found(at, kind, id);
      assertThat(resource.tagsKnown()).isTrue();
      switch (Catalogue.kind(kind).tags()) {
        case Tags.Listed _, Tags.Asked _, Tags.Batched _ ->
            assertThat(resource.tags()).containsEntry(KeepTag.NAME, "keep");
        case Tags.None _ -> assertThat(resource.tags()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("actedOn")
  void areReadAgainBeforeAStep(String kind) throws Exception {
    try (Connected at = lab.connect()) {
      String id = new Tagged(at.customer(), HOME).make(kind);
      assertThat(
              Lister.read(Catalogue.kind(kind), lab.clients(at.account(), HOME), id)
                  .orElseThrow()
                  .tags())
          .containsEntry(KeepTag.NAME, "keep");
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatAskingForThemNeedsIsGranted(String id) {
    Kind kind = Catalogue.kind(id);
    assertThat(kind.actions()).containsAll(kind.tags().actions());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void areUnknownAndNotEmptyWhereAskingIsDenied(String kind) throws Exception {
    List<String> actions = Catalogue.kind(kind).tags().actions();
    if (actions.isEmpty()) return;
    try (Connected at = lab.connect()) {
      String id = new Tagged(at.customer(), HOME).make(kind);
      String operation = actions.getFirst().substring(actions.getFirst().indexOf(':') + 1);
      lab.proxy.when(
          call ->
              call.action().equals(operation)
                  || call.page().contains("tagging")
                  || call.action().contains("/tags/"),
          new Fault.Deny());
      Listing line = lab.list(at.account(), HOME, kind);
      assertThat(line.detail()).startsWith("answered without all details of");
      assertThat(found(at, kind, id).tagsKnown()).isFalse();
    }
  }

  @Test
  void aBalancerThatWasMarkedSinceThePlanIsLeftAlone() throws Exception {
    try (Connected at = lab.connect()) {
      String id = new Tagged(at.customer(), HOME).loadBalancer(Map.of());
      Resource planned =
          Lister.read(Catalogue.kind("load_balancer"), lab.clients(at.account(), HOME), id)
              .orElseThrow();
      PlanStep step =
          new Planner(PriceBook.current())
              .plan(
                  at.account(),
                  List.of(new Planner.Item("x", planned, null, "delete_load_balancer", Map.of())))
              .steps()
              .getFirst();
      at.customer()
          .client(HOME, ElasticLoadBalancingV2Client.class, ElasticLoadBalancingV2Client::builder)
          .addTags(r -> r.resourceArns(id).tags(t -> t.key(KeepTag.NAME).value("keep")));
      assertThat(
              Drift.of(
                  step,
                  Lister.read(
                      Catalogue.kind("load_balancer"), lab.clients(at.account(), HOME), id)))
          .containsExactly("tag:" + KeepTag.NAME + " is new");
      lab.proxy.when(call -> call.action().equals("DescribeTags"), new Fault.Deny());
      assertThat(
              Drift.of(
                  step,
                  Lister.read(
                      Catalogue.kind("load_balancer"), lab.clients(at.account(), HOME), id)))
          .anyMatch(why -> why.startsWith("its tags could not be read"));
    }
  }

  @Test
  void oneBalancerThatIsGoneDoesNotCostTheBatchItsTags() throws Exception {
    try (Connected at = lab.connect()) {
      Tagged tagged = new Tagged(at.customer(), HOME);
      String id = tagged.make("load_balancer");
      String other = tagged.loadBalancer("second", Map.of("team", "web"));
      // The whole batch is refused, as AWS does for one name that it does not know.
      java.util.concurrent.atomic.AtomicBoolean first =
          new java.util.concurrent.atomic.AtomicBoolean(true);
      lab.proxy.when(
          call -> call.action().equals("DescribeTags") && first.getAndSet(false),
          new Fault.Refuse(400, "LoadBalancerNotFound"));
      lab.list(at.account(), HOME, "load_balancer");
      assertThat(found(at, "load_balancer", id).tags()).containsEntry(KeepTag.NAME, "keep");
      assertThat(found(at, "load_balancer", other).tags()).containsEntry("team", "web");
    }
  }

  private static Resource found(Connected at, String kind, String id) {
    return lab.resources(at.account(), HOME, kind).stream()
        .filter(r -> r.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
