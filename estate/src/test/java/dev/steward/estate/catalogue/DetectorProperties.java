package dev.steward.estate.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.instancio.Instancio.gen;

import dev.steward.estate.KeepTag;
import dev.steward.model.Resource;
import dev.steward.model.Scan.CheckResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds for every account, however odd. */
@ExtendWith(InstancioExtension.class)
final class DetectorProperties {
  private static final List<Map<String, String>> TAGS =
      List.of(Map.of(), Map.of("steward", "keep"), Map.of("steward", "drop"));

  /** Up to 40 resources, many of them of the same name. */
  private static List<Resource> account() {
    return Stream.generate(DetectorProperties::resource)
        .limit(gen().ints().range(0, 40).get())
        .toList();
  }

  private static Resource resource() {
    return new Resource(
        "r-" + gen().ints().range(0, 30).get(),
        gen().oneOf(Catalogue.KINDS).get().id(),
        World.REGION,
        null,
        gen().oneOf("available", "running", "stopped", "in-use", "completed", "").get(),
        World.ago(gen().ints().range(0, 900).get()),
        gen().oneOf(TAGS).get(),
        attributes());
  }

  private static Map<String, String> attributes() {
    Map<String, String> attributes = new HashMap<>();
    for (int i = gen().ints().range(0, 8).get(); i > 0; i--)
      attributes.put(
          gen()
              .oneOf(
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
                  "load_balancers")
              .get(),
          gen()
              .oneOf(
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
                  "nonsense")
              .get());
    return attributes;
  }

  private static WasteDetector.Report run(List<Resource> account) {
    World world = new World();
    world.inventory.addAll(account);
    return WasteDetector.run(account, world.sight(), Map.of());
  }

  @Test
  void everyResourceIsJudgedOnceByEachOfItsChecks() {
    for (int round = 0; round < 300; round++) {
      List<Resource> account = account();
      for (CheckResult result : run(account).results()) {
        String kind = Catalogue.check(result.check()).orElseThrow().kind();
        assertThat(result.waste() + result.fine() + result.unknown())
            .isEqualTo((int) account.stream().filter(r -> r.kind().equals(kind)).count());
      }
    }
  }

  @Test
  void whatIsMarkedAsWantedIsNeverWaste() {
    for (int round = 0; round < 300; round++) {
      List<Resource> account = account();
      assertThat(run(account).hits()).noneMatch(hit -> KeepTag.isOn(hit.resource()));
    }
  }

  @Test
  void withoutMetricsNothingIsIdle() {
    for (int round = 0; round < 300; round++) {
      List<Resource> account = account();
      assertThat(run(account).hits()).noneMatch(hit -> hit.check().id().startsWith("idle"));
    }
  }

  @Test
  void theOrderOfTheInventoryDoesNotMatter() {
    for (int round = 0; round < 200; round++) {
      List<Resource> account = account();
      List<Resource> distinct = new ArrayList<>();
      for (Resource r : account)
        if (distinct.stream().noneMatch(d -> d.id().equals(r.id()) && d.kind().equals(r.kind())))
          distinct.add(r);
      List<Resource> shuffled = new ArrayList<>(distinct);
      Collections.shuffle(shuffled, new Random(gen().longs().get()));
      assertThat(run(shuffled).results()).isEqualTo(run(distinct).results());
    }
  }

  @Test
  void aRegionThatWasNotAnsweredNeverProvesAbsence() {
    for (int round = 0; round < 200; round++) {
      List<Resource> account = account();
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
      assertThat(WasteDetector.run(account, world.sight(), Map.of()).hits())
          .noneMatch(hit -> needAbsence.contains(hit.check().id()));
    }
  }
}
