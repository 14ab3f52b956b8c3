package dev.steward.estate;

import dev.steward.model.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a gp3 volume is provisioned with (EBS user guide, General Purpose SSD volumes; EC2 API
 * reference, ModifyVolume). The evidence's price, the plan and the call take it from here.
 *
 * @param throughput MiB/s
 */
public record Gp3(int iops, int throughput) {
  /** What the price of a GiB includes. */
  private static final int INCLUDED_IOPS = 3_000;

  private static final int INCLUDED_THROUGHPUT = 125;

  /** What every region gives; some give more. */
  private static final int MOST_IOPS = 16_000;

  private static final int MOST_THROUGHPUT = 1_000;
  private static final int IOPS_A_GIB = 500;
  private static final int IOPS_A_MIB = 4;
  private static final double GIB_A_TIB = 1_024;
  private static final Set<String> KNOWN = Set.of("gp2", "gp3", "io1", "io2", "st1", "sc1");

  /**
   * The least gp3 that is no slower than the volume is at its best: not in IOPS, not in throughput.
   * Empty when gp3 cannot be as fast, and when not enough is known of the volume.
   */
  public static Optional<Gp3> asFastAs(Resource volume) {
    String type = volume.attribute("volume_type");
    double size = volume.number("size_gb", 0);
    if (type == null || !KNOWN.contains(type) || size <= 0) return Optional.empty();
    double iops = volume.number("iops", 0);
    double throughput = volume.number("throughput", 0);
    return switch (type) {
      // From 171 GiB it bursts to 250 MiB/s, from 334 GiB it has them all the time.
      case "gp2" -> of(size, Math.min(16_000, Math.max(100, 3 * size)), size <= 170 ? 128 : 250);
      // 256 KiB an operation, up to 500 MiB/s; io2 Block Express has 0.256 MiB/s for each.
      case "io1" -> iops <= 0 ? Optional.empty() : of(size, iops, Math.min(500, iops / 4));
      case "io2" -> iops <= 0 ? Optional.empty() : of(size, iops, Math.min(4_000, iops * 0.256));
      case "st1" -> of(size, 500, Math.min(500, 250 * size / GIB_A_TIB));
      case "sc1" -> of(size, 250, Math.min(250, 80 * size / GIB_A_TIB));
      default -> iops <= 0 || throughput <= 0 ? Optional.empty() : of(size, iops, throughput);
    };
  }

  private static Optional<Gp3> of(double size, double iops, double throughput) {
    int mib = (int) Math.ceil(Math.max(INCLUDED_THROUGHPUT, throughput));
    int operations =
        (int) Math.ceil(Math.max(INCLUDED_IOPS, Math.max(iops, (double) mib * IOPS_A_MIB)));
    if (operations > MOST_IOPS || mib > MOST_THROUGHPUT) return Optional.empty();
    if (operations > INCLUDED_IOPS && operations > IOPS_A_GIB * size) return Optional.empty();
    return Optional.of(new Gp3(operations, mib));
  }

  /** Whether it has more than what the price of a GiB includes. */
  public boolean paysMore() {
    return iops > INCLUDED_IOPS || throughput > INCLUDED_THROUGHPUT;
  }

  /** The volume as it is afterwards. */
  public Resource of(Resource volume) {
    Map<String, String> all = new TreeMap<>(volume.attributes());
    all.putAll(attributes());
    return volume.with(all);
  }

  /** The volume's attributes afterwards. */
  public Map<String, String> attributes() {
    return Map.of(
        "volume_type",
        "gp3",
        "iops",
        Integer.toString(iops),
        "throughput",
        Integer.toString(throughput));
  }
}
