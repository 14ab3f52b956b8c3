package dev.steward.estate;

import dev.steward.estate.dynamodb.Tables;
import dev.steward.estate.ec2.Addresses;
import dev.steward.estate.ec2.Images;
import dev.steward.estate.ec2.Instances;
import dev.steward.estate.ec2.NatGateways;
import dev.steward.estate.ec2.NetworkInterfaces;
import dev.steward.estate.ec2.Snapshots;
import dev.steward.estate.ec2.Volumes;
import dev.steward.estate.elb.LoadBalancers;
import dev.steward.estate.elb.TargetGroups;
import dev.steward.estate.lambda.Functions;
import dev.steward.estate.logs.LogGroups;
import dev.steward.estate.rds.DatabaseSnapshots;
import dev.steward.estate.rds.Databases;
import dev.steward.estate.s3.Buckets;
import dev.steward.model.Feature;
import java.util.List;
import java.util.TreeSet;

/**
 * Every resource kind and every remediation, as data. A kind is added here and as a lister;
 * everything else follows.
 */
public final class Catalogue {
  public static final List<Kind> KINDS =
      List.of(
          Instances.KIND,
          Volumes.KIND,
          Snapshots.KIND,
          Images.KIND,
          Addresses.KIND,
          NatGateways.KIND,
          LoadBalancers.KIND,
          TargetGroups.KIND,
          NetworkInterfaces.KIND,
          Databases.KIND,
          DatabaseSnapshots.KIND,
          Buckets.KIND,
          LogGroups.KIND,
          Functions.KIND,
          Tables.KIND);

  /** What reading needs beside the listers: where to look, and the metrics. */
  public static final List<String> COMMON_ACTIONS =
      List.of(
          "ec2:DescribeRegions",
          "ec2:GetEbsEncryptionByDefault",
          "ec2:GetEbsDefaultKmsKeyId",
          "cloudwatch:GetMetricData",
          "ce:GetCostAndUsageWithResources");

  private Catalogue() {}

  public static Kind kind(String id) {
    return KINDS.stream()
        .filter(k -> k.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind " + id + " in the catalogue"));
  }

  /** The IAM actions that a customer grants for the features, in order. */
  public static List<String> actions(Feature feature) {
    TreeSet<String> actions = new TreeSet<>();
    switch (feature) {
      case READ -> {
        actions.addAll(COMMON_ACTIONS);
        KINDS.forEach(kind -> actions.addAll(kind.actions()));
      }
      case ACT -> Remediation.ALL.forEach(remediation -> actions.addAll(remediation.actions()));
    }
    return List.copyOf(actions);
  }
}
