package dev.steward.estate.ec2;

import dev.steward.estate.Parameter;
import dev.steward.estate.Partition;
import dev.steward.model.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a copy of a snapshot is made before it is deleted, and how that is encrypted. */
public final class SnapshotCopy {
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:(key|alias)/[\\w/-]{1,256}");

  /** A region, or none for no copy. */
  public static final Parameter REGION =
      Parameter.of("copy_region", Parameter.NONE, SnapshotCopy::region);

  /**
   * The ARN of a key there; none for that of the region or, of one of many regions, its replica.
   */
  public static final Parameter KEY = Parameter.of("copy_key", Parameter.NONE, SnapshotCopy::key);

  private SnapshotCopy() {}

  private static Optional<String> region(
      String region, Resource snapshot, Map<String, String> all) {
    boolean well =
        region.equals(Parameter.NONE)
            || (region.matches("[a-z]{2}(-[a-z]+)+-\\d")
                && !region.equals(snapshot.region())
                && Partition.ofRegion(region) == Partition.ofRegion(snapshot.region()));
    return well
        ? Optional.empty()
        : Optional.of("must be another region, such as eu-west-1, to which AWS copies, or none");
  }

  private static Optional<String> key(String key, Resource snapshot, Map<String, String> all) {
    boolean well = key.equals(Parameter.NONE) || isKeyIn(REGION.in(all), key);
    return well
        ? Optional.empty()
        : Optional.of("must be the ARN of a key in copy_region, or none");
  }

  private static boolean isKeyIn(String region, String key) {
    return ARN.matcher(key).matches()
        && key.startsWith("arn:" + Partition.ofRegion(region).id() + ":kms:" + region + ":");
  }
}
