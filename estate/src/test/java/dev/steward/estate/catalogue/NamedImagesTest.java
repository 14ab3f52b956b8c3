package dev.steward.estate.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.Resource;
import org.junit.jupiter.api.Test;

/** Images and snapshots that something names are in use, and what nobody can tell is unknown. */
final class NamedImagesTest {
  private final World world = new World();
  private final Judge unused = new Judge(world, "unused_image");
  private final Judge orphan = new Judge(world, "orphan_snapshot");
  private final Judge old = new Judge(world, "old_snapshot");

  private Resource image(String id, String... attributes) {
    return world.add("ec2_image", id, "available", 400, attributes);
  }

  private Resource snapshot(String id, String... attributes) {
    String[] all = java.util.Arrays.copyOf(attributes, attributes.length + 2);
    all[attributes.length] = "size_gb";
    all[attributes.length + 1] = "20";
    return world.add("ebs_snapshot", id, "completed", 400, all);
  }

  @Test
  void anImageThatATemplateNamesIsInUse() {
    Resource image = image("ami-1");
    unused.isWaste(image);
    world.add("launch_template", "lt-1", null, 400, "images", "ami-0,ami-1");
    unused.isFine(image).isWaste(image("ami-2"));
  }

  @Test
  void anImageThatAConfigurationOrAParameterNamesIsInUse() {
    world.add("launch_configuration", "lc-1", null, 400, "images", "ami-1");
    world.add("image_parameter", "/golden", null, 400, "images", "ami-2");
    unused.isFine(image("ami-1")).isFine(image("ami-2")).isWaste(image("ami-3"));
  }

  @Test
  void whatWasNotAnsweredMayNameIt() {
    Resource image = image("ami-1");
    for (String kind :
        new String[] {"launch_template", "launch_configuration", "image_parameter"}) {
      world.answered.remove("us-east-1/" + kind);
      unused.isUnknown(image, kind.replace('_', ' ') + "s were not answered");
      world.answered.add("us-east-1/" + kind);
    }
    world.add("launch_template", "lt-1", null, 400, "details_missing", "versions");
    unused.isUnknown(image, "launch templates were not answered in full");
  }

  @Test
  void aTemplateThatTakesItsImageFromAParameterNamesWhatThatNames() {
    Resource image = image("ami-1");
    world.add("launch_template", "lt-1", null, 400, "images", "resolve:ssm:/aws/service/al2023");
    unused.isWaste(image);
    world.add("launch_template", "lt-2", null, 400, "images", "resolve:ssm:/golden");
    unused.isUnknown(image, "takes its image from resolve:ssm:/golden");
    world.add("image_parameter", "/golden", null, 400, "images", "ami-2");
    unused.isWaste(image).isFine(image("ami-2"));
    world.add("launch_template", "lt-3", null, 400, "images", "resolve:ssm:/golden:3");
    unused.isUnknown(image, "resolve:ssm:/golden:3");
  }

  @Test
  void whatIsSharedIsInUseBySomebodyElse() {
    unused.isFine(image("ami-shared", "shared_with", "2"));
    Resource unasked = image("ami-unasked", "shared_with", "");
    unused.asks(unasked, unasked);
    orphan.isFine(snapshot("snap-shared", "volume", "gone", "shared_with", "1"));
    Resource doubt = snapshot("snap-unasked", "volume", "gone", "shared_with", "");
    orphan.asks(doubt, doubt);
  }

  @Test
  void onlyWhatWouldBeWasteIsAskedAbout() {
    Resource young = world.add("ec2_image", "ami-young", "available", 10, "shared_with", "");
    unused.isFine(young);
    Resource named = image("ami-named", "shared_with", "");
    world.add("launch_template", "lt-1", null, 400, "images", "ami-named");
    unused.isFine(named);
    Resource doubt = image("ami-doubt", "shared_with", "");
    assertThat(
            WasteDetector.doubts(
                world.inventory, world.sight(), java.util.Map.of(), WasteDetector.Word.NONE))
        .containsExactly(doubt);
  }

  @Test
  void aSnapshotThatATemplateMapsIsInUse() {
    Resource snapshot = snapshot("snap-1", "volume", "gone");
    orphan.isWaste(snapshot);
    world.add("ebs_volume", "vol", "in-use", 400, "volume_type", "gp3", "size_gb", "8");
    Resource ofLiving = snapshot("snap-2", "volume", "vol");
    old.isWaste(ofLiving);
    world.add("launch_template", "lt-1", null, 400, "snapshots", "snap-1");
    world.add("launch_configuration", "lc-1", null, 400, "snapshots", "snap-2");
    orphan.isFine(snapshot);
    old.isFine(ofLiving);
    world.answered.remove("us-east-1/launch_configuration");
    orphan.isUnknown(snapshot("snap-3", "volume", "gone"), "launch configurations");
  }

  /** AWS: the volume id of a copy is arbitrary and means nothing. */
  @Test
  void aCopyIsNotJudgedByItsVolume() {
    for (String[] copy :
        new String[][] {
          {"volume", "vol-ffffffff"},
          {"volume", "vol-1", "transfer", "standard"},
          {"volume", "vol-1", "description", "[Copied snap-1 from eu-west-1]"},
          {"volume", "vol-1", "description", "Copied for DestinationAmi ami-1 from SourceAmi ami-2"}
        }) {
      Resource snapshot = snapshot("snap-" + world.inventory.size(), copy);
      orphan.isFine(snapshot);
      old.isFine(snapshot);
    }
    orphan
        .isUnknown(snapshot("dr", "volume", "v", "description", "DR copy of snap-1"), "a copy")
        .isWaste(snapshot("other", "volume", "v", "description", "the last copy before v2"));
  }

  @Test
  void whatIsBeingMadeOrFailedIsNone() {
    orphan.isFine(
        world.add("ebs_snapshot", "pending", "pending", 400, "volume", "gone", "size_gb", "8"));
    unused.isFine(world.add("ec2_image", "ami-failed", "failed", 400));
  }
}
