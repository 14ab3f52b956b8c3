package dev.steward.estate.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Compared;
import dev.steward.estate.Looks;
import dev.steward.model.Resource;
import dev.steward.model.ResourceDifference;
import dev.steward.model.ResourceDifference.Field;
import dev.steward.model.ResourceDifference.What;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is otherwise, and what only seems so. */
final class ComparedTest {
  private static Resource volume(String id, String state, String... attributes) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < attributes.length; i += 2) values.put(attributes[i], attributes[i + 1]);
    return new Resource(
        id, "ebs_volume", World.REGION, null, state, World.ago(9), Map.of("team", "web"), values);
  }

  private static List<ResourceDifference> compared(List<Resource> before, List<Resource> after) {
    return Compared.of(Catalogue.kind("ebs_volume"), before, after);
  }

  @Test
  void tellsWhatAppearedChangedAndWent() {
    Resource stays = volume("v-1", "in-use", "size_gb", "8");
    Resource tagged =
        new Resource(
            "v-2",
            "ebs_volume",
            World.REGION,
            "root",
            "available",
            World.ago(9),
            Map.of("cost", "7"),
            Map.of("size_gb", "16"));
    assertThat(
            compared(
                List.of(stays, volume("v-2", "in-use", "size_gb", "8"), volume("v-3", "in-use")),
                List.of(volume("v-4", "in-use"), tagged, stays)))
        .containsExactly(
            new ResourceDifference(
                "v-2",
                World.REGION,
                "root",
                What.CHANGED,
                Map.of(
                    "name", new Field(null, "root"),
                    "state", new Field("in-use", "available"),
                    "size_gb", new Field("8", "16"),
                    "tag:team", new Field("web", null),
                    "tag:cost", new Field(null, "7"))),
            new ResourceDifference("v-3", World.REGION, null, What.GONE, Map.of()),
            new ResourceDifference("v-4", World.REGION, null, What.APPEARED, Map.of()));
  }

  @Test
  void whatCouldNotBeReadIsNoChange() {
    Resource whole = volume("v", "in-use", "size_gb", "8", "iops", "100");
    Resource partly = volume("v", "in-use", "size_gb", "8", Resource.DETAILS_MISSING, "iops");
    Resource untagged =
        new Resource(
            "v",
            "ebs_volume",
            World.REGION,
            null,
            "in-use",
            World.ago(9),
            Map.of(),
            Map.of("size_gb", "8", "iops", "100", Resource.TAGS_UNKNOWN, "true"));
    for (Resource other : List.of(partly, untagged)) {
      assertThat(compared(List.of(whole), List.of(other))).isEmpty();
      assertThat(compared(List.of(other), List.of(whole))).isEmpty();
    }
  }

  @Test
  void whatIsMeasuredAndWhatWeAddOurselvesIsNoChange() {
    assertThat(
            compared(
                List.of(volume("v", "in-use")),
                List.of(volume("v", "in-use", Looks.UNUSED_SINCE, "2026-11-01T00:00:00Z"))))
        .isEmpty();
    Resource group =
        new Resource(
            "g",
            "log_group",
            World.REGION,
            null,
            null,
            null,
            Map.of(),
            Map.of("stored_bytes", "1"));
    assertThat(
            Compared.of(
                Catalogue.kind("log_group"),
                List.of(group),
                List.of(group.with(Map.of("stored_bytes", "2")))))
        .isEmpty();
  }
}
