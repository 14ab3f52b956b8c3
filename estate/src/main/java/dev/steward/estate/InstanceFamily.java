package dev.steward.estate;

import java.util.Locale;
import java.util.Set;

/**
 * What the name of an EC2 instance type tells of its hardware (Amazon EC2 instance types guide,
 * "Instance type naming conventions",
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html). What it does not
 * tell counts as what harms more: before an action AWS is asked.
 *
 * @param name what stands before the dot, such as {@code m6gd}
 */
record InstanceFamily(String name) {
  /** A letter {@code d} behind their number stands for disks. */
  private static final String BY_LETTER = "(t\\d|[cmr][4-9])[a-z0-9-]*";

  /** Others that have none ("Amazon EC2 instance types", instance storage). */
  private static final Set<String> WITHOUT_DISKS =
      Set.of(
          "a1",
          "dl2q",
          "g5g",
          "hpc6a",
          "hpc7a",
          "hpc7g",
          "hpc8a",
          "inf1",
          "inf2",
          "mac-m3ultra",
          "mac-m4max",
          "mac1",
          "mac2",
          "mac2-m1ultra",
          "mac2-m2",
          "mac2-m2pro",
          "u-3tb1",
          "u-6tb1",
          "u7i-6tb",
          "u7i-8tb",
          "u7i-12tb",
          "u7in-16tb",
          "u7in-24tb",
          "u7in-32tb",
          "vt1",
          "x2iezn",
          "x8g",
          "x8i");

  public static InstanceFamily of(String type) {
    int dot = type.indexOf('.');
    return new InstanceFamily((dot < 0 ? type : type.substring(0, dot)).toLowerCase(Locale.ROOT));
  }

  /** Whether an instance of it may have disks that are lost when it stops. */
  public boolean mayHaveDisks() {
    return name.matches(BY_LETTER) ? capabilities().contains("d") : !WITHOUT_DISKS.contains(name);
  }

  /** Who made the processors: an image for the one does not start on the other. */
  public String processors() {
    if (name.startsWith("mac")) return name.equals("mac1") ? "x86_64_mac" : "arm64_mac";
    return name.equals("a1") || capabilities().contains("g") ? "arm64" : "x86_64";
  }

  /** The letters behind the number. */
  private String capabilities() {
    return name.replaceFirst("^[a-z]+-?\\d+", "");
  }
}
