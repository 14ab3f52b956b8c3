package dev.steward.aws;

import java.util.Map;

/** The lister of each kind of the catalogue; a test holds the two together. */
public final class Listers {
  public static final Map<String, Lister> ALL =
      Map.ofEntries(
          Map.entry("ec2_instance", ComputeListers::instances),
          Map.entry("ebs_volume", ComputeListers::volumes),
          Map.entry("ebs_snapshot", ComputeListers::snapshots),
          Map.entry("ec2_image", ComputeListers::images),
          Map.entry("elastic_ip", NetworkListers::addresses),
          Map.entry("nat_gateway", NetworkListers::natGateways),
          Map.entry("network_interface", NetworkListers::interfaces),
          Map.entry("load_balancer", BalancerListers::loadBalancers),
          Map.entry("target_group", BalancerListers::targetGroups),
          Map.entry("rds_instance", DataListers::databases),
          Map.entry("rds_snapshot", DataListers::databaseSnapshots),
          Map.entry("dynamodb_table", DataListers::tables),
          Map.entry("s3_bucket", BucketListers::buckets),
          Map.entry("log_group", DataListers::logGroups),
          Map.entry("lambda_function", DataListers::functions));

  private Listers() {}

  public static Lister of(String kind) {
    Lister lister = ALL.get(kind);
    if (lister == null) throw new IllegalArgumentException("no lister for " + kind);
    return lister;
  }
}
