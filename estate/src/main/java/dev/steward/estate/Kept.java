package dev.steward.estate;

import java.util.List;
import java.util.Optional;

/**
 * What actions make and keep so that they can be undone. It is never waste while an undo may need
 * it, and it is removed when the undo has expired.
 *
 * @param action the remediation
 * @param recipe under which name the id of what was made stands in a step's recipe
 * @param kind of what was made
 * @param iam the IAM actions that finding and removing it needs
 */
public record Kept(String action, String recipe, String kind, List<String> iam) {
  /**
   * The tag on whatever a step makes; its value is the change's id, a slash and the step's number.
   */
  public static final String STEP_TAG = "steward:step";

  private static final List<String> SNAPSHOTS =
      List.of("ec2:DescribeSnapshots", "ec2:DescribeSnapshotAttribute", "ec2:DeleteSnapshot");
  private static final List<String> DATABASES =
      List.of(
          "rds:DescribeDBSnapshots", "rds:DescribeDBSnapshotAttributes", "rds:DeleteDBSnapshot");

  public static final List<Kept> ALL =
      List.of(
          new Kept("snapshot_and_delete_volume", "snapshot", "ebs_snapshot", SNAPSHOTS),
          new Kept("delete_snapshot", "copy", "ebs_snapshot", SNAPSHOTS),
          new Kept("snapshot_and_delete_rds", "snapshot", "rds_snapshot", DATABASES));

  public Kept {
    iam = List.copyOf(iam);
  }

  public static Optional<Kept> by(String action) {
    return ALL.stream().filter(kept -> kept.action().equals(action)).findFirst();
  }
}
