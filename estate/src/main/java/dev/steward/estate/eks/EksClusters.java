package dev.steward.estate.eks;

import static dev.steward.estate.Attribute.flag;
import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import dev.steward.estate.iam.Roles;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Clusters of EKS. */
public final class EksClusters {
  public static final String ID = "eks_cluster";

  public static final Attribute<String> VERSION = text("version", "of Kubernetes", "version");
  public static final Attribute<String> SUPPORT =
      text(
          "support_type",
          "EXTENDED: it stays on its version; STANDARD: it is upgraded in time",
          "upgradePolicy.supportType");
  public static final Attribute<Boolean> AUTO =
      flag("auto_mode", "whether EKS runs its nodes", "computeConfig.enabled");
  public static final Attribute<String> VPC = text("vpc", "its VPC", "resourcesVpcConfig.vpcId");
  public static final Attribute<List<String>> ROLE =
      ids("role", "what it acts as", "roleArn", Roles.ID);

  public static final Kind KIND =
      Kind.regional(ID, "EKS cluster", "eks:ListClusters")
          .lists("clusters[].{name: @}")
          .id("name")
          .name("name")
          .state("status")
          .created("createdAt")
          .pages(new Paging("nextToken", "nextToken", "maxResults", 1, 100))
          .detail(
              new Detail(
                  "cluster",
                  Call.of("eks:DescribeCluster"),
                  Map.of("name", Path.at("name")),
                  "cluster",
                  Set.of(),
                  List.of(VERSION, SUPPORT, AUTO, VPC, ROLE)))
          .tags(
              new Tags.Asked(
                  Call.of("eks:ListTagsForResource"),
                  Map.of("resourceArn", Path.at("arn")),
                  "tags",
                  "",
                  Set.of()))
          .costsUnknown()
          .row();

  private EksClusters() {}
}
