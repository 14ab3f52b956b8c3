package dev.steward.estate.catalogue;

import static dev.steward.estate.catalogue.World.days;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.WasteCheck;
import dev.steward.model.CheckSettings;
import dev.steward.model.OrganizationId;
import dev.steward.model.Resource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of two checks that find the same resource one tells of it, with the settings in force. */
final class PrecedenceTest {
  private static final OrganizationId ORGANIZATION = new OrganizationId("org_precedence0");
  private final World world = new World();

  /** Does nothing at all, and would be too large if it did a little. */
  private final Resource instance = instance();

  private Resource instance() {
    Resource made =
        world.add("ec2_instance", "i", "running", 100, "instance_type", "m5.xlarge", "zone", "a");
    world
        .metric(made, "cpu", days(14, 3))
        .metric(made, "network_in", days(14, 10))
        .metric(made, "network_out", days(14, 10))
        .hours(made, "cpu_hour", days(336, 3));
    return made;
  }

  private static Map<String, CheckSettings> settings(
      String check, boolean enabled, Map<String, Double> thresholds) {
    return Map.of(check, new CheckSettings(ORGANIZATION, check, enabled, thresholds));
  }

  private List<String> found(Map<String, CheckSettings> settings, WasteDetector.Word word) {
    return WasteDetector.run(world.inventory, world.sight(), settings, word).hits().stream()
        .map(hit -> hit.check().id())
        .sorted()
        .toList();
  }

  private List<String> found(Map<String, CheckSettings> settings) {
    return found(settings, WasteDetector.Word.NONE);
  }

  @Test
  void theOneThatSavesMoreTells() {
    assertThat(found(Map.of())).containsExactly("idle_instance");
    assertThat(WasteDetector.run(world.inventory, world.sight(), Map.of()).results())
        .filteredOn(r -> r.check().equals("oversized_instance"))
        .allSatisfy(r -> assertThat(r.fine()).isEqualTo(1));
  }

  @Test
  void aCheckThatIsSwitchedOffHidesNothing() {
    assertThat(found(settings("idle_instance", false, Map.of())))
        .containsExactly("oversized_instance");
  }

  @Test
  void aCheckWhoseOwnThresholdsDoNotFindItHidesNothing() {
    assertThat(found(settings("idle_instance", true, Map.of("max_cpu", 2.0))))
        .containsExactly("oversized_instance");
    world.metric(instance, "network_in", days(14, 9e6));
    assertThat(found(Map.of())).containsExactly("oversized_instance");
    assertThat(found(settings("idle_instance", true, Map.of("max_network_mb", 20.0))))
        .containsExactly("idle_instance");
  }

  @Test
  void aFindingThatAPersonDismissedHidesNothing() {
    WasteDetector.Word dismissed =
        new WasteDetector.Word() {
          @Override
          public boolean judged(String check, Resource resource) {
            return check.equals("idle_instance") && resource.equals(instance);
          }

          @Override
          public boolean needed(Resource resource) {
            return false;
          }
        };
    assertThat(found(Map.of(), dismissed)).containsExactly("idle_instance", "oversized_instance");
  }

  @Test
  void aVolumeIsCountedOnce() {
    world.inventory.clear();
    Resource volume =
        world.add("ebs_volume", "vol", "available", 60, "volume_type", "gp2", "size_gb", "100");
    world.metric(volume, "attached", days(14, 0));
    assertThat(found(Map.of())).containsExactly("unattached_volume");
    assertThat(found(settings("unattached_volume", false, Map.of()))).containsExactly("gp2_volume");
    assertThat(found(settings("unattached_volume", true, Map.of("min_age_days", 90.0))))
        .containsExactly("gp2_volume");
  }

  @Test
  void theTableNamesChecksOfOneKindAndGoesInNoCircle() {
    for (WasteCheck check : Catalogue.CHECKS) before(check, new LinkedHashSet<>());
  }

  private static void before(WasteCheck check, Set<String> behind) {
    assertThat(behind.add(check.id())).as("a circle: " + behind + " " + check.id()).isTrue();
    for (WasteCheck.StandsBack row : check.standsBack()) {
      WasteCheck before = Catalogue.check(row.before()).orElseThrow();
      assertThat(before.kind()).isEqualTo(check.kind());
      assertThat(row.why()).isNotEmpty();
      before(before, behind);
    }
    behind.remove(check.id());
  }
}
