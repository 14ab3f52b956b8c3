package dev.steward.waste;

import java.util.List;

/**
 * A change that Steward may carry out once it was approved.
 *
 * @param actions the IAM actions that it needs
 */
public record Remediation(String id, String title, boolean undoable, List<String> actions) {
  public static final List<Remediation> ALL =
      List.of(
          new Remediation(
              "snapshot_and_delete_volume",
              "Snapshot, then delete the volume",
              true,
              List.of(
                  "ec2:CreateSnapshot",
                  "ec2:DescribeSnapshots",
                  "ec2:DeleteVolume",
                  "ec2:CreateVolume",
                  "ec2:CreateTags")),
          new Remediation(
              "delete_snapshot", "Delete the snapshot", false, List.of("ec2:DeleteSnapshot")),
          new Remediation(
              "deregister_image",
              "Deregister the image",
              true,
              List.of("ec2:DeregisterImage", "ec2:RegisterImage")),
          new Remediation(
              "stop_instance",
              "Stop the instance",
              true,
              List.of("ec2:StopInstances", "ec2:StartInstances")),
          new Remediation(
              "terminate_instance",
              "Snapshot its volumes, then terminate the instance",
              false,
              List.of("ec2:CreateSnapshot", "ec2:TerminateInstances")),
          new Remediation(
              "release_address", "Release the address", false, List.of("ec2:ReleaseAddress")),
          new Remediation(
              "delete_nat_gateway",
              "Delete the NAT gateway",
              false,
              List.of("ec2:DeleteNatGateway")),
          new Remediation(
              "delete_load_balancer",
              "Delete the load balancer",
              false,
              List.of("elasticloadbalancing:DeleteLoadBalancer")),
          new Remediation(
              "stop_rds_instance",
              "Stop the database",
              true,
              List.of("rds:StopDBInstance", "rds:StartDBInstance")),
          new Remediation(
              "volume_to_gp3",
              "Change the volume to gp3",
              true,
              List.of("ec2:ModifyVolume", "ec2:DescribeVolumesModifications")),
          new Remediation(
              "set_log_retention",
              "Set the retention",
              true,
              List.of("logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy")),
          new Remediation(
              "set_bucket_lifecycle",
              "Set a lifecycle",
              true,
              List.of("s3:PutLifecycleConfiguration")));

  public Remediation {
    actions = List.copyOf(actions);
  }
}
