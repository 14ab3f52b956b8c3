package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.governance.plan.Planner;
import dev.steward.domain.governance.policy.BlastRadius;
import dev.steward.domain.governance.policy.CompiledPolicy;
import dev.steward.domain.governance.policy.PolicyEngine;
import dev.steward.domain.governance.policy.Usage;
import dev.steward.estate.Beside;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Remediation;
import dev.steward.estate.StepMoney;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Money;
import dev.steward.model.MoneyPart;
import dev.steward.model.MoneyPart.Role;
import dev.steward.model.Plan;
import dev.steward.model.PlanStep;
import dev.steward.model.Policy;
import dev.steward.model.ProblemException;
import dev.steward.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a step saves: what ends less what begins, and nothing that nobody knows. */
final class StepMoneyTest {
  private static final Usage UNUSED =
      new Usage() {
        @Override
        public int total(String kind) {
          return 100;
        }

        @Override
        public int changedToday(String kind) {
          return 0;
        }
      };

  private static Resource resource(
      String kind, @Nullable String state, Map<String, String> attributes) {
    return new Resource("x-1", kind, "us-east-1", null, state, Samples.NOW, Map.of(), attributes);
  }

  private static PlanStep step(Resource resource, String action, Map<String, String> parameters) {
    return plan(resource, action, parameters).steps().getFirst();
  }

  private static Plan plan(Resource resource, String action, Map<String, String> parameters) {
    return new Planner(PriceBook.current())
        .plan(
            Samples.account("production"),
            List.of(new Planner.Item("x", resource, null, action, parameters)));
  }

  private static void saves(
      @Nullable Double expected, Resource resource, String action, Map<String, String> parameters) {
    PlanStep step = step(resource, action, parameters);
    assertThat(step.saving())
        .as(action + " " + step.money())
        .isEqualTo(expected == null ? null : Money.usd(expected));
    assertThat(step.money()).isNotEmpty();
  }

  /** On demand on shared hardware. */
  private static Map<String, String> linux(String... more) {
    Map<String, String> attributes =
        new HashMap<>(
            Map.of(
                "platform",
                "Linux/UNIX",
                "tenancy",
                "default",
                "lifecycle",
                "on-demand",
                "automatic_address",
                "none"));
    for (int i = 0; i < more.length; i += 2) attributes.put(more[i], more[i + 1]);
    return attributes;
  }

  private static Resource instance(String state, String type) {
    return resource("ec2_instance", state, linux("instance_type", type));
  }

  /** The book has prices of Linux. */
  private static Resource windows() {
    return resource(
        "ec2_instance", "running", linux("instance_type", "m5.large", "platform", "Windows"));
  }

  private static Resource in(String region, Resource resource) {
    return new Resource(
        resource.id(),
        resource.kind(),
        region,
        null,
        resource.state(),
        Samples.NOW,
        Map.of(),
        resource.attributes());
  }

  private static final Map<String, String> NONE = Map.of();

  @Test
  void isWhatEndsLessWhatBegins() {
    Map<String, String> gp2 =
        Map.of("size_gb", "100", "volume_type", "gp2", "multi_attach", "false");
    saves(5.0, resource("ebs_volume", "available", gp2), "snapshot_and_delete_volume", NONE);
    saves(1.88, resource("ebs_volume", "in-use", gp2), "volume_to_gp3", NONE);
    Map<String, String> snapshot = Map.of("size_gb", "100", "tier", "standard");
    saves(5.0, resource("ebs_snapshot", "completed", snapshot), "delete_snapshot", NONE);
    saves(
        0.0,
        resource("ebs_snapshot", "completed", snapshot),
        "delete_snapshot",
        Map.of("copy_region", "eu-west-1"));
    // The copy costs what one costs there: 0.054 in Frankfurt, 0.05 in N. Virginia and Ireland.
    saves(
        -0.4,
        resource("ebs_snapshot", "completed", snapshot),
        "delete_snapshot",
        Map.of("copy_region", "eu-central-1"));
    saves(
        -3.75,
        resource("ebs_snapshot", "completed", Map.of("size_gb", "100", "tier", "archive")),
        "delete_snapshot",
        Map.of("copy_region", "eu-west-1"));
    saves(
        null,
        resource("ebs_snapshot", "completed", Map.of("size_gb", "100")),
        "delete_snapshot",
        NONE);
    // Its snapshots are kept, and paid for.
    Map<String, String> image =
        Map.of("size_gb", "100", "root_device", "ebs", "usage_operation", "RunInstances");
    saves(0.0, resource("ec2_image", "available", image), "deregister_image", NONE);
    saves(3.65, resource("elastic_ip", "unattached", NONE), "release_address", NONE);
    saves(70.08, instance("running", "m5.large"), "stop_instance", NONE);
    // AWS may give it a public address again.
    saves(-70.08 - 3.65, instance("stopped", "m5.large"), "start_instance", NONE);
    saves(
        70.08,
        instance("running", "m5.xlarge"),
        "resize_instance",
        Map.of("instance_type", "m5.large"));
    // A stopped instance pays no hours, of whatever type.
    saves(
        0.0,
        instance("stopped", "m5.xlarge"),
        "resize_instance",
        Map.of("instance_type", "m5.large"));
    saves(32.85, resource("nat_gateway", "available", NONE), "delete_nat_gateway", NONE);
    Map<String, String> database =
        Map.of(
            "engine",
            "postgres",
            "instance_class",
            "db.m5.large",
            "size_gb",
            "100",
            "multi_az",
            "false",
            "storage_type",
            "gp2",
            "deletion_protection",
            "false");
    saves(129.94, resource("rds_instance", "available", database), "stop_rds_instance", NONE);
    saves(
        129.94 + 11.5 - 9.5,
        resource("rds_instance", "available", database),
        "snapshot_and_delete_rds",
        NONE);
  }

  /** Then it may have one, which its stop gives back. */
  @Test
  void anAddressOfWhichNobodyToldHasNoPrice() {
    Map<String, String> untold = linux("instance_type", "m5.large");
    untold.remove("automatic_address");
    Resource instance = resource("ec2_instance", "running", untold);
    saves(null, instance, "stop_instance", NONE);
    assertThat(step(instance, "stop_instance", NONE).money())
        .contains(new MoneyPart(Role.ENDS, "the public address that AWS gave it, if it did", null));
  }

  private static PlanStep beside(
      Resource resource, String action, Map<String, String> parameters, Beside beside) {
    return new Planner(PriceBook.current())
        .plan(
            Samples.account("production"),
            List.of(new Planner.Item("x", resource, null, action, parameters, beside)))
        .steps()
        .getFirst();
  }

  private static Resource volume(String type, @Nullable String goes, String instances) {
    Map<String, String> attributes =
        new HashMap<>(
            Map.of(
                "volume_type",
                type,
                "size_gb",
                "100",
                "iops",
                "3000",
                "throughput",
                "125",
                "instance",
                instances));
    if (goes != null) attributes.put("delete_on_termination", goes);
    return resource("ebs_volume", "in-use", attributes);
  }

  @Test
  void terminatingEndsHoursAddressesAndTheVolumesThatGoAndBeginsASnapshotOfEach() {
    Resource instance =
        resource(
            "ec2_instance",
            "running",
            linux("instance_type", "m5.large", "automatic_address", "3.5.7.9"));
    List<Resource> volumes =
        List.of(
            volume("gp3", "true", "x-1"),
            volume("gp2", "false", "x-1"),
            // Another instance has it, too.
            volume("gp3", "true", "x-1,x-2"));
    PlanStep step = beside(instance, "terminate_instance", NONE, new Beside(Samples.NOW, volumes));
    assertThat(step.saving()).isEqualTo(Money.usd(70.08 + 3.65 + 8 - 3 * 5));
    assertThat(step.money())
        .contains(new MoneyPart(Role.STAYS, "volumes that survive it", Money.usd(10.0 + 8)));
    PlanStep stopped = beside(instance, "stop_instance", NONE, new Beside(Samples.NOW, volumes));
    assertThat(stopped.saving()).isEqualTo(Money.usd(70.08 + 3.65));
    assertThat(stopped.money())
        .contains(new MoneyPart(Role.STAYS, "its volumes", Money.usd(8.0 + 10 + 8)));
    for (Resource unknown : List.of(volume("io3", "true", "x-1"), volume("gp3", null, "x-1")))
      assertThat(
              beside(
                      instance,
                      "terminate_instance",
                      NONE,
                      new Beside(Samples.NOW, List.of(unknown)))
                  .saving())
          .isNull();
  }

  @Test
  void aRetentionEndsTheShareThatIsOlder() {
    Resource group = resource("log_group", null, Map.of("stored_bytes", "100000000000"));
    Map<String, String> days = Map.of("days", "90");
    for (Map.Entry<Integer, Double> age : Map.of(30, 0.0, 90, 0.0, 360, 2.25).entrySet()) {
      Instant seen = Samples.NOW.plus(Duration.ofDays(age.getKey()));
      assertThat(beside(group, "set_log_retention", days, new Beside(seen, null)).saving())
          .as(age.getKey() + " days old")
          .isEqualTo(Money.usd(age.getValue()));
    }
    assertThat(beside(group, "set_log_retention", days, Beside.UNKNOWN).saving()).isNull();
  }

  @Test
  void isUnknownWhereAPartIs() {
    saves(
        null,
        resource("log_group", null, Map.of("stored_bytes", "9e9")),
        "set_log_retention",
        NONE);
    saves(null, resource("s3_bucket", null, NONE), "set_bucket_lifecycle", NONE);
    saves(null, instance("running", "m5.large"), "terminate_instance", NONE);
    saves(null, windows(), "stop_instance", NONE);
    // AWS's list of 2025-04-04 does not have it there.
    Map<String, String> newer = Map.of("instance_type", "m8a.large");
    saves(null, in("eu-central-1", instance("running", "m5.large")), "resize_instance", newer);
    saves(
        null,
        resource("ebs_volume", "available", Map.of("size_gb", "100", "volume_type", "io3")),
        "snapshot_and_delete_volume",
        NONE);
    saves(
        null,
        resource("ebs_volume", "available", Map.of("volume_type", "gp3")),
        "snapshot_and_delete_volume",
        NONE);
    saves(
        null,
        resource(
            "rds_instance",
            "available",
            Map.of("engine", "oracle-ee", "instance_class", "db.m5.large", "size_gb", "100")),
        "stop_rds_instance",
        NONE);
  }

  @Test
  void saysOfEveryActionWhatEndsStaysOrBegins() {
    for (Remediation action : Catalogue.REMEDIATIONS)
      assertThat(
              action.money(
                  PriceBook.current(),
                  resource(action.kind(), "available", Map.of()),
                  Map.of("instance_type", "m5.large"),
                  Beside.UNKNOWN))
          .as(action.id())
          .isNotEmpty();
    assertThat(StepMoney.saving(List.of(new MoneyPart(Role.STAYS, "x", null))))
        .isEqualTo(Money.ZERO);
  }

  @Test
  void anUnknownPriceSlipsUnderNoCapAndNoCondition() {
    Plan plan = plan(windows(), "stop_instance", Map.of());
    assertThat(plan.unpriced()).isEqualTo(1);
    assertThat(BlastRadius.exceeded(List.of(new Policy.Caps(null, null, 1e6)), plan, UNUSED))
        .singleElement()
        .asString()
        .contains("1 of 1 steps have no known price");
    for (String when :
        List.of("step.saving < 1e6", "step.saving >= 0", "plan.monthly_saving < 1e6"))
      for (Policy.Effect effect : Policy.Effect.values())
        assertThat(ruling(plan, Samples.rule("r", when, effect)))
            .as(when)
            .isEqualTo(Policy.Effect.DENY);
    assertThat(ruling(plan, Samples.rule("r", "plan.unpriced > 0", Policy.Effect.EXEMPT)))
        .isEqualTo(Policy.Effect.EXEMPT);
    assertThat(ruling(plan, Samples.rule("r", "!has(step.saving)", Policy.Effect.EXEMPT)))
        .isEqualTo(Policy.Effect.EXEMPT);
  }

  private static Policy.Effect ruling(Plan plan, Policy.Rule rule) {
    return PolicyEngine.rule(
            List.of(CompiledPolicy.of(Samples.policy(rule))),
            new PolicyEngine.Question(
                Samples.account("production"),
                plan,
                "client",
                step -> new PolicyEngine.Subject(null, null),
                null,
                Samples.NOW))
        .effect();
  }

  @Test
  void aTypeThatNobodyKnowsIsRefusedWithTheNearestNames() {
    assertThatThrownBy(() ->
            plan(
                instance("running", "m5.large"),
                "resize_instance",
                Map.of("instance_type", "m5.nonsense")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem().violations())
                    .singleElement()
                    .satisfies(v -> assertThat(v.field()).isEqualTo("parameters.instance_type"))
                    .satisfies(v ->
                        assertThat(v.message()).contains("an instance type that there is", "m5.")));
  }
}
