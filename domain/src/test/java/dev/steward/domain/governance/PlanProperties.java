package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.instancio.Instancio.gen;

import dev.steward.domain.governance.plan.Canonical;
import dev.steward.domain.governance.plan.Drift;
import dev.steward.domain.governance.plan.Planner;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.AccountId;
import dev.steward.model.Json;
import dev.steward.model.Money;
import dev.steward.model.Plan;
import dev.steward.model.PlanStep;
import dev.steward.model.ProblemException;
import dev.steward.model.Resource;
import dev.steward.model.Risk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InstancioExtension.class)
final class PlanProperties {
  private static final Planner PLANNER = new Planner(PriceBook.current());

  private static Plan of(Map<String, String> tags) {
    return PLANNER.plan(
        Samples.account("production"),
        List.of(
            new Planner.Item(
                "x", Samples.volume("vol-1", tags), null, "snapshot_and_delete_volume", Map.of())));
  }

  @Test
  void theHashDoesNotDependOnTheOrderOfMaps() {
    for (int round = 0; round < 1_000; round++) {
      Map<String, String> tags = tags();
      List<Map.Entry<String, String>> entries = new ArrayList<>(tags.entrySet());
      Collections.shuffle(entries, new Random(gen().longs().get()));
      Map<String, String> other = new LinkedHashMap<>();
      entries.forEach(e -> other.put(e.getKey(), e.getValue()));
      assertThat(Canonical.hash(of(other))).as("%s", tags).isEqualTo(Canonical.hash(of(tags)));
      assertThat(Canonical.text(new HashMap<>(other))).isEqualTo(Canonical.text(tags));
    }
  }

  private static Map<String, String> tags() {
    Map<String, String> tags = new LinkedHashMap<>();
    for (int i = gen().ints().range(0, 8).get(); i > 0; i--)
      tags.put(key(), gen().string().unicode().allowEmpty().length(0, 8).get());
    return tags;
  }

  private static String key() {
    return gen().string().mixedCase().length(1, 8).get();
  }

  /** There are few enough of them to try each. */
  @Test
  void theHashSurvivesARoundTrip() {
    for (int volumes = 1; volumes <= 20; volumes++) {
      Plan plan = Samples.plan(volumes);
      Plan read = Json.read(Json.bytes(plan), Plan.class);
      assertThat(Canonical.hash(read)).isEqualTo(Canonical.hash(plan));
      assertThat(Canonical.hash(plan)).matches("[0-9a-f]{64}");
    }
  }

  @Test
  void anyOtherPlanHasAnotherHash() {
    for (int one = 1; one <= 10; one++)
      for (int two = 1; two <= 10; two++)
        assertThat(Canonical.hash(Samples.plan(one)).equals(Canonical.hash(Samples.plan(two))))
            .isEqualTo(one == two);
  }

  /** Written by hand: nothing that tables say is in it. */
  @Test
  void theCanonicalFormIsWhatItWasInTheFirstVersion() {
    Plan plan =
        new Plan(
            new AccountId("acc_sample0000"),
            "111122223333",
            List.of(
                new PlanStep(
                    1,
                    "stop_instance",
                    "ec2_instance",
                    "us-east-1",
                    "i-1",
                    null,
                    null,
                    null,
                    Map.of("state", "running", "instance_type", "m5.large"),
                    Map.of("state", "stopped"),
                    Map.of(),
                    Risk.MEDIUM,
                    Money.usd(12.5),
                    true,
                    "started again",
                    List.of("ec2:StopInstances"),
                    List.of(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of())),
            Money.usd(12.5),
            Risk.MEDIUM,
            true,
            "2026-11");
    // A change of the form would void every approval that waits.
    assertThat(Canonical.text(plan))
        .isEqualTo(
            "{\"account\":\"acc_sample0000\",\"aws_account\":\"111122223333\",\"monthly_saving\":12.5,\"price_book\":\"2026-11\",\"risk\":\"MEDIUM\",\"steps\":[{\"action\":\"stop_instance\",\"after\":{\"state\":\"stopped\"},\"before\":{\"instance_type\":\"m5.large\",\"state\":\"running\"},\"kind\":\"ec2_instance\",\"number\":1,\"parameters\":{},\"permissions\":[\"ec2:StopInstances\"],\"region\":\"us-east-1\",\"resource\":\"i-1\",\"risk\":\"MEDIUM\",\"saving\":12.5,\"undo\":\"started again\",\"undoable\":true}],\"undoable\":true}");
    assertThat(Canonical.hash(plan))
        .isEqualTo("403aceeb7d5446ce3ee6f25fbfbff2498eda65b4e57cafb7bf29aa3884b7fab4");
  }

  @Test
  void whateverIsWatchedAndChangesIsDrift() {
    for (int round = 0; round < 1_000; round++) isDrift(key());
  }

  private static void isDrift(String key) {
    PlanStep step = Samples.plan(1).steps().getFirst();
    Resource same = Samples.volume("vol-0", Map.of("team", "a"));
    assertThat(Drift.of(step, Optional.of(same))).isEmpty();
    assertThat(Drift.of(step, Optional.empty())).containsExactly("it is gone");
    assertThat(Drift.of(step, Optional.of(Samples.volume("vol-0", Map.of("team", "b")))))
        .hasSize(1);
    assertThat(Drift.of(step, Optional.of(Samples.volume("vol-0", Map.of("team", "a", key, "x")))))
        .as(key)
        .hasSize(1);
    assertThat(Drift.of(step, Optional.of(with(same, "in-use", Map.of())))).isNotEmpty();
    assertThat(
            Drift.of(
                step,
                Optional.of(
                    with(same, "available", Map.of("size_gb", "200", "volume_type", "gp2")))))
        .containsExactly("size_gb is 200 and was planned as 100");
  }

  private static Resource with(Resource r, String state, Map<String, String> attributes) {
    return new Resource(
        r.id(),
        r.kind(),
        r.region(),
        r.name(),
        state,
        r.createdAt(),
        r.tags(),
        attributes.isEmpty() ? r.attributes() : attributes);
  }

  @Test
  void tagsThatAwsWritesItselfAreNoDrift() {
    PlanStep step = Samples.plan(1).steps().getFirst();
    assertThat(
            Drift.of(
                step,
                Optional.of(Samples.volume("vol-0", Map.of("team", "a", "aws:createdBy", "x")))))
        .isEmpty();
  }

  @Test
  void whoeverCameToLookAfterItSinceStopsTheStep() {
    PlanStep step = Samples.plan(1).steps().getFirst();
    Resource grouped =
        Samples.volume("vol-0", Map.of("team", "a", "aws:cloudformation:stack-name", "web"));
    assertThat(Drift.of(step, Optional.of(grouped)))
        .containsExactly("it is managed by CloudFormation stack web, which was not planned");
    PlanStep planned =
        PLANNER
            .plan(
                Samples.account("production"),
                List.of(
                    new Planner.Item("x", grouped, null, "snapshot_and_delete_volume", Map.of())))
            .steps()
            .getFirst();
    assertThat(planned.managedBy()).containsExactly("CloudFormation stack web");
    assertThat(planned.awsTags()).containsEntry("aws:cloudformation:stack-name", "web");
    assertThat(Drift.of(planned, Optional.of(grouped))).isEmpty();
    assertThat(
            Drift.of(
                planned,
                Optional.of(
                    Samples.volume(
                        "vol-0",
                        Map.of(
                            "team",
                            "a",
                            "aws:cloudformation:stack-name",
                            "web",
                            "kubernetes.io/cluster/c",
                            "owned")))))
        .anyMatch(line -> line.contains("Kubernetes cluster c, which was not planned"));
  }

  @Test
  void tagsThatCouldNotBeReadStopEverything() {
    Resource unread =
        with(
            Samples.volume("vol-0", Map.of()),
            "available",
            Map.of("size_gb", "100", "volume_type", "gp2", Resource.TAGS_UNKNOWN, "true"));
    assertThat(Drift.of(Samples.plan(1).steps().getFirst(), Optional.of(unread)))
        .anyMatch(line -> line.startsWith("its tags could not be read"));
    assertThatThrownBy(() ->
            PLANNER.plan(
                Samples.account("production"),
                List.of(
                    new Planner.Item("x", unread, null, "snapshot_and_delete_volume", Map.of()))))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem().violations())
                    .anyMatch(v -> v.message().contains("tags could not be read")));
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    Resource running =
        new Resource("i-1", "ec2_instance", "us-east-1", null, "running", null, Map.of(), Map.of());
    assertThatThrownBy(() ->
            PLANNER.plan(
                Samples.account("production"),
                List.of(
                    new Planner.Item("findings[0]", running, null, "explode", Map.of()),
                    new Planner.Item(
                        "findings[1]", running, null, "start_instance", Map.of("days", "3")),
                    new Planner.Item("findings[2]", running, null, "resize_instance", Map.of()))))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem().violations())
                    .extracting(v -> v.field() + " " + v.message())
                    .anyMatch(v -> v.contains("explode is not an action"))
                    .anyMatch(v -> v.contains("needs it to be stopped"))
                    .anyMatch(v -> v.startsWith("parameters.days"))
                    .anyMatch(v -> v.startsWith("parameters.instance_type"))
                    .anyMatch(v -> v.contains("is in the plan already")));
  }

  @Test
  void whatCannotBeUndoneMakesTheWholePlanSo() {
    Resource address =
        new Resource(
            "eip-1",
            "elastic_ip",
            "us-east-1",
            null,
            "unattached",
            null,
            Map.of(),
            Map.of("address", "1.2.3.4"));
    Plan plan =
        PLANNER.plan(
            Samples.account("production"),
            List.of(
                new Planner.Item(
                    "x",
                    Samples.volume("vol-1", Map.of()),
                    null,
                    "snapshot_and_delete_volume",
                    Map.of()),
                new Planner.Item("y", address, null, "release_address", Map.of())));
    assertThat(plan.undoable()).isFalse();
    assertThat(plan.risk()).isEqualTo(Risk.HIGH);
    assertThat(plan.monthlySaving().dollars().doubleValue()).isEqualTo(8.65);
    assertThat(plan.steps().getLast().undo()).contains("somebody else");
  }

  @Test
  void everyActionSaysWhatItNeedsAndWhatItLeaves() {
    for (Remediation action : Catalogue.REMEDIATIONS) {
      assertThat(action.actions()).as(action.id()).isNotEmpty();
      assertThat(action.after()).as(action.id()).isNotEmpty();
      assertThat(action.undo()).as(action.id()).isNotEmpty();
      // What cannot be undone is never of low risk.
      if (!action.undoable()) assertThat(action.risk()).as(action.id()).isNotEqualTo(Risk.LOW);
    }
  }
}
