package dev.steward.estate;

import dev.steward.model.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A change that Steward may carry out once it was approved.
 *
 * @param kind the kind of resource that it is for
 * @param undo how it is undone; why it cannot be, where it cannot
 * @param actions the IAM actions that it needs beside those that list the kind, its undo's among
 *     them; those that read what refers to it come from {@link References}, and those on the key of
 *     what is encrypted from {@link KeyUse}
 * @param states in which the resource must be; empty where it has none
 * @param watches attributes that must be as they were planned; tags always must
 * @param after what the resource looks like afterwards; {@code ${name}} is a parameter
 * @param parameters with their defaults; an empty default must be given
 * @param usage whether the last day's metrics must show that nobody uses it
 */
public record Remediation(
    String id,
    String title,
    String kind,
    Risk risk,
    boolean undoable,
    String undo,
    List<String> actions,
    List<String> states,
    List<String> watches,
    Map<String, String> after,
    Map<String, String> parameters,
    boolean usage) {
  private static final Map<String, String> GONE = Map.of("present", "false");

  public static final List<Remediation> ALL =
      List.of(
          on("snapshot_and_delete_volume", "Snapshot, then delete the volume", "ebs_volume")
              .undoneBy("a volume is made from the snapshot, in the same zone and with its tags")
              .needs(
                  "ec2:CreateSnapshot",
                  "ec2:DescribeSnapshots",
                  // A snapshot that is in the way after all: the volume was not deleted.
                  "ec2:DeleteSnapshot",
                  "ec2:DeleteVolume",
                  "ec2:CreateVolume",
                  "ec2:DescribeVolumeAttribute",
                  "ec2:ModifyVolumeAttribute",
                  "ec2:GetEbsEncryptionByDefault",
                  "ec2:GetEbsDefaultKmsKeyId",
                  "ec2:CreateTags")
              .in("available")
              .watching("size_gb", "volume_type", "instance", "encrypted", "kms_key")
              .leaves(GONE)
              .risk(Risk.MEDIUM)
              .unused(),
          on("volume_to_gp3", "Change the volume to gp3", "ebs_volume")
              .undoneBy("the volume is changed back to its type, IOPS and throughput")
              .needs("ec2:ModifyVolume", "ec2:DescribeVolumesModifications")
              .in("available", "in-use")
              .watching("size_gb", "volume_type", "iops", "throughput", "multi_attach")
              .leaves(Map.of("volume_type", "gp3"))
              .risk(Risk.LOW),
          on("delete_snapshot", "Delete the snapshot", "ebs_snapshot")
              .notUndone("a deleted snapshot is gone; with copy_region a copy is kept elsewhere")
              .needs(
                  "ec2:DeleteSnapshot",
                  "ec2:CopySnapshot",
                  "ec2:DescribeSnapshotAttribute",
                  "ec2:ModifySnapshotAttribute",
                  "ec2:GetEbsEncryptionByDefault",
                  "ec2:GetEbsDefaultKmsKeyId",
                  "ec2:CreateTags",
                  "ec2:DescribeSnapshots")
              .in("completed")
              .watching("size_gb", "volume", "encrypted", "kms_key")
              .taking(Map.of("copy_region", "none", "copy_key", "none"))
              .leaves(GONE)
              .risk(Risk.HIGH),
          on("deregister_image", "Deregister the image", "ec2_image")
              .undoneBy("the image is registered again from its snapshots, under a new id")
              .needs(
                  "ec2:DeregisterImage",
                  "ec2:RegisterImage",
                  "ec2:CreateTags",
                  "ec2:DescribeSnapshots",
                  "ec2:ModifyImageAttribute",
                  "ec2:EnableImageDeprecation")
              .in("available")
              .watching("snapshots", "last_launched")
              .leaves(GONE)
              .risk(Risk.MEDIUM),
          on("release_address", "Release the address", "elastic_ip")
              .notUndone("AWS gives the address to somebody else")
              .needs("ec2:ReleaseAddress")
              .in("unattached")
              .watching("address", "association", "instance", "interface")
              .leaves(GONE)
              .risk(Risk.HIGH),
          on("stop_instance", "Stop the instance", "ec2_instance")
              .undoneBy("the instance is started again")
              .needs("ec2:StopInstances", "ec2:StartInstances", "ec2:DescribeVolumes")
              .in("running")
              .watching("instance_type")
              .leaves(Map.of("state", "stopped"))
              .risk(Risk.MEDIUM)
              .unused(),
          on("start_instance", "Start the instance", "ec2_instance")
              .undoneBy("the instance is stopped again")
              .needs("ec2:StartInstances", "ec2:StopInstances", "ec2:DescribeVolumes")
              .in("stopped")
              .watching("instance_type")
              .leaves(Map.of("state", "running"))
              .risk(Risk.LOW),
          on(
                  "terminate_instance",
                  "Stop the instance, snapshot its volumes, then terminate it",
                  "ec2_instance")
              .notUndone(
                  "a terminated instance is gone; snapshots of its volumes are kept, and volumes can be made from them")
              .needs(
                  "ec2:TerminateInstances",
                  // Its disks are at rest before they are kept; it runs again where it stays.
                  "ec2:StopInstances",
                  "ec2:StartInstances",
                  "ec2:CreateSnapshot",
                  "ec2:DescribeSnapshots",
                  "ec2:DeleteSnapshot",
                  "ec2:DescribeVolumes",
                  "ec2:CreateTags")
              .in("running", "stopped")
              .watching("instance_type", "stopped_at")
              .leaves(GONE)
              .risk(Risk.HIGH)
              .unused(),
          on("resize_instance", "Stop, resize and start the instance", "ec2_instance")
              .undoneBy("the instance gets its old type back, with a stop and a start")
              .needs(
                  "ec2:StopInstances",
                  "ec2:ModifyInstanceAttribute",
                  "ec2:StartInstances",
                  "ec2:DescribeVolumes",
                  "ec2:DescribeInstanceCreditSpecifications",
                  "ec2:ModifyInstanceCreditSpecification")
              .in("running", "stopped")
              .watching("instance_type")
              .taking(Map.of("instance_type", ""))
              .leaves(Map.of("instance_type", "${instance_type}"))
              .risk(Risk.MEDIUM)
              .unused(),
          on("delete_nat_gateway", "Delete the NAT gateway", "nat_gateway")
              .notUndone("a new gateway has another id, which every route would have to name")
              .needs("ec2:DeleteNatGateway")
              .in("available")
              .watching("vpc", "subnet")
              .leaves(GONE)
              .risk(Risk.HIGH)
              .unused(),
          on("delete_network_interface", "Delete the network interface", "network_interface")
              .notUndone("a new interface has another id")
              .needs("ec2:DeleteNetworkInterface")
              .in("available")
              .watching("instance", "interface_type")
              .leaves(GONE)
              .risk(Risk.MEDIUM),
          on("delete_load_balancer", "Delete the load balancer", "load_balancer")
              .notUndone("a new load balancer has another DNS name")
              .needs("elasticloadbalancing:DeleteLoadBalancer")
              .in("active")
              .watching("listeners", "type")
              .leaves(GONE)
              .risk(Risk.HIGH)
              .unused(),
          on("stop_rds_instance", "Stop the database, and hold it stopped", "rds_instance")
              .undoneBy("the database is started again")
              .needs("rds:StopDBInstance", "rds:StartDBInstance")
              .in("available")
              .watching(
                  "instance_class",
                  "engine",
                  "cluster",
                  "replica_of",
                  "replicas",
                  "encrypted",
                  "kms_key")
              .leaves(Map.of("state", "stopped"))
              .risk(Risk.MEDIUM)
              .unused(),
          on("snapshot_and_delete_rds", "Snapshot, then delete the database", "rds_instance")
              .undoneBy(
                  "a database of the same name, address and settings is restored from the snapshot")
              .needs(
                  "rds:CreateDBSnapshot",
                  "rds:DescribeDBSnapshots",
                  // A snapshot that is in the way after all: the database was not deleted.
                  "rds:DeleteDBSnapshot",
                  "rds:DeleteDBInstance",
                  "rds:RestoreDBInstanceFromDBSnapshot",
                  // What a restore does not take.
                  "rds:ModifyDBInstance",
                  "rds:AddTagsToResource")
              .in("available")
              .watching(
                  "instance_class",
                  "engine",
                  "size_gb",
                  "cluster",
                  "replica_of",
                  "replicas",
                  "deletion_protection",
                  "encrypted",
                  "kms_key")
              .leaves(GONE)
              .risk(Risk.HIGH)
              .unused(),
          on("set_log_retention", "Set the retention", "log_group")
              .undoneBy("the retention is taken away again; what AWS has deleted meanwhile is gone")
              .needs("logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy")
              .watching("retention_days")
              .taking(Map.of("days", "90"))
              .leaves(Map.of("retention_days", "${days}"))
              .risk(Risk.MEDIUM),
          on("set_bucket_lifecycle", "Set a lifecycle", "s3_bucket")
              .undoneBy("the rule is taken away again")
              .needs("s3:PutLifecycleConfiguration")
              .watching("lifecycle_rules")
              .taking(Map.of("days", "30"))
              .leaves(Map.of("lifecycle_rules", "1"))
              .risk(Risk.LOW));

  public Remediation {
    actions = References.with(id, actions);
    states = List.copyOf(states);
    watches = List.copyOf(watches);
    after = Map.copyOf(after);
    parameters = Map.copyOf(parameters);
  }

  public static Optional<Remediation> find(String id) {
    return ALL.stream().filter(r -> r.id().equals(id)).findFirst();
  }

  /** The state of the resource afterwards under these parameters. */
  public Map<String, String> after(Map<String, String> given) {
    Map<String, String> filled = new TreeMap<>();
    after.forEach((key, value) -> {
      String text = value;
      for (Map.Entry<String, String> parameter : given.entrySet())
        text = text.replace("${" + parameter.getKey() + "}", parameter.getValue());
      filled.put(key, text);
    });
    return filled;
  }

  /** What an action changes on its way and does not name in what it leaves. */
  private static final Map<String, Set<String>> ON_THE_WAY =
      Map.of(
          "volume_to_gp3", Set.of("iops", "throughput"),
          "terminate_instance", Set.of("stopped_at"));

  /** The facts that the action itself changes, beside which none may differ from the plan. */
  public Set<String> changes() {
    Set<String> facts = new TreeSet<>(after.keySet());
    facts.add("state");
    facts.addAll(ON_THE_WAY.getOrDefault(id, Set.of()));
    return facts;
  }

  private static Row on(String id, String title, String kind) {
    return new Row(id, title, kind);
  }

  /** A row being written; it ends with its risk. */
  private static final class Row {
    private final String id;
    private final String title;
    private final String kind;
    private boolean undoable;
    private String undo = "";
    private final List<String> actions = new ArrayList<>();
    private List<String> states = List.of();
    private List<String> watches = List.of();
    private Map<String, String> after = Map.of();
    private Map<String, String> parameters = Map.of();

    private Row(String id, String title, String kind) {
      this.id = id;
      this.title = title;
      this.kind = kind;
    }

    Row undoneBy(String how) {
      undoable = true;
      undo = how;
      return this;
    }

    Row notUndone(String why) {
      undo = why;
      return this;
    }

    Row needs(String... iam) {
      actions.addAll(List.of(iam));
      return this;
    }

    Row in(String... allowed) {
      states = List.of(allowed);
      return this;
    }

    Row watching(String... attributes) {
      watches = List.of(attributes);
      return this;
    }

    Row taking(Map<String, String> defaults) {
      parameters = defaults;
      return this;
    }

    Row leaves(Map<String, String> end) {
      after = end;
      return this;
    }

    Remediation risk(Risk risk) {
      return new Remediation(
          id,
          title,
          kind,
          risk,
          undoable,
          undo,
          actions,
          states,
          watches,
          after,
          parameters,
          false);
    }
  }

  /** The same, but only while the last day's metrics show that nobody uses it. */
  private Remediation unused() {
    return new Remediation(
        id, title, kind, risk, undoable, undo, actions, states, watches, after, parameters, true);
  }
}
