package dev.steward.estate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class Gp3Test {
  private static Optional<Gp3> like(String type, int size, int iops, int throughput) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("volume_type", type);
    attributes.put("size_gb", Integer.toString(size));
    if (iops > 0) attributes.put("iops", Integer.toString(iops));
    if (throughput > 0) attributes.put("throughput", Integer.toString(throughput));
    return Gp3.asFastAs(
        new Resource(
            "vol-1", "ebs_volume", "us-east-1", null, "in-use", null, Map.of(), attributes));
  }

  @Test
  void isNoSlowerThanTheVolumeAtItsBest() {
    assertThat(like("gp2", 170, 510, 0)).contains(new Gp3(3_000, 128));
    assertThat(like("gp2", 171, 513, 0)).contains(new Gp3(3_000, 250));
    assertThat(like("gp2", 334, 1_002, 0)).contains(new Gp3(3_000, 250));
    assertThat(like("gp2", 2_000, 6_000, 0)).contains(new Gp3(6_000, 250));
    assertThat(like("gp2", 16_000, 16_000, 0)).contains(new Gp3(16_000, 250));
    assertThat(like("io1", 100, 4_500, 0)).contains(new Gp3(4_500, 500));
    assertThat(like("st1", 2_000, 0, 0)).contains(new Gp3(3_000, 489));
    assertThat(like("sc1", 500, 0, 0)).contains(new Gp3(3_000, 125));
  }

  @Test
  void isNotMadeUpWhereGp3CannotBeAsFastOrNothingIsKnown() {
    assertThat(like("io1", 1_000, 40_000, 0)).isEmpty();
    assertThat(like("io2", 1_000, 8_000, 0)).isEmpty();
    assertThat(like("io1", 100, 0, 0)).isEmpty();
    assertThat(like("standard", 100, 0, 0)).isEmpty();
    assertThat(like("gp2", 0, 0, 0)).isEmpty();
    // 500 IOPS a GiB.
    assertThat(like("io2", 7, 3_800, 0)).isEmpty();
  }
}
