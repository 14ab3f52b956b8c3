package dev.steward.estate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.Resource;
import dev.steward.model.Scan.CheckResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every account, however odd. */
final class DetectorProperties {
  @Provide
  Arbitrary<List<Resource>> accounts() {
    Arbitrary<String> kinds = Arbitraries.of(Catalogue.KINDS).map(Kind::id);
    Arbitrary<String> states =
        Arbitraries.of("available", "running", "stopped", "in-use", "completed", "");
    Arbitrary<Map<String, String>> attributes =
        Arbitraries.maps(
                Arbitraries.of(
                    "size_gb",
                    "volume_type",
                    "instance_type",
                    "stored_bytes",
                    "lifecycle_rules",
                    "volume",
                    "instance",
                    "snapshots",
                    "stopped_at",
                    "targets",
                    "load_balancers"),
                Arbitraries.of(
                    "gp2",
                    "gp3",
                    "100",
                    "-1",
                    "NaN",
                    "1e300",
                    "m5.large",
                    "",
                    "r-1",
                    "2026-01-01T00:00:00Z",
                    "nonsense"))
            .ofMaxSize(8);
    Arbitrary<Map<String, String>> tags =
        Arbitraries.of(Map.of(), Map.of("steward", "keep"), Map.of("steward", "drop"));
    Arbitrary<Resource> resources =
        Combinators.combine(
                Arbitraries.integers().between(0, 30),
                kinds,
                states,
                Arbitraries.integers().between(0, 900),
                tags,
                attributes)
            .as((id, kind, state, age, tag, attribute) ->
                new Resource(
                    "r-" + id, kind, World.REGION, null, state, World.ago(age), tag, attribute));
    return resources.list().ofMaxSize(40);
  }

  private static Detector.Report run(List<Resource> account) {
    World world = new World();
    world.inventory.addAll(account);
    return Detector.run(account, world.sight(), Map.of());
  }

  @Property(tries = 300)
  void everyResourceIsJudgedOnceByEachOfItsChecks(@ForAll("accounts") List<Resource> account) {
    for (CheckResult result : run(account).results()) {
      String kind = Checks.find(result.check()).orElseThrow().kind();
      assertThat(result.waste() + result.fine() + result.unknown())
          .isEqualTo((int) account.stream().filter(r -> r.kind().equals(kind)).count());
    }
  }

  @Property(tries = 300)
  void whatIsMarkedAsWantedIsNeverWaste(@ForAll("accounts") List<Resource> account) {
    assertThat(run(account).hits()).noneMatch(hit -> Checks.isKept(hit.resource()));
  }

  @Property(tries = 300)
  void withoutMetricsNothingIsIdle(@ForAll("accounts") List<Resource> account) {
    assertThat(run(account).hits()).noneMatch(hit -> hit.check().id().startsWith("idle"));
  }

  @Property(tries = 200)
  void theOrderOfTheInventoryDoesNotMatter(
      @ForAll("accounts") List<Resource> account, @ForAll long seed) {
    List<Resource> distinct = new ArrayList<>();
    for (Resource r : account)
      if (distinct.stream().noneMatch(d -> d.id().equals(r.id()) && d.kind().equals(r.kind())))
        distinct.add(r);
    List<Resource> shuffled = new ArrayList<>(distinct);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(run(shuffled).results()).isEqualTo(run(distinct).results());
  }

  @Property(tries = 200)
  void aRegionThatWasNotAnsweredNeverProvesAbsence(@ForAll("accounts") List<Resource> account) {
    World world = new World();
    world.inventory.addAll(account);
    world.answered.clear();
    List<String> needAbsence =
        List.of(
            "orphan_snapshot",
            "old_snapshot",
            "unused_image",
            "load_balancer_without_targets",
            "stopped_instance");
    assertThat(Detector.run(account, world.sight(), Map.of()).hits())
        .noneMatch(hit -> needAbsence.contains(hit.check().id()));
  }
}
