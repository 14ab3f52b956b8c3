package dev.steward.estate.catalogue;

import dev.steward.estate.Kind;
import dev.steward.estate.LastDay;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Remediation;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.apprunner.AppRunnerServices;
import dev.steward.estate.appsync.GraphqlApis;
import dev.steward.estate.batch.ComputeEnvironments;
import dev.steward.estate.batch.JobQueues;
import dev.steward.estate.cloudformation.Stacks;
import dev.steward.estate.cloudtrail.Trails;
import dev.steward.estate.cloudwatch.Alarms;
import dev.steward.estate.cloudwatch.CompositeAlarms;
import dev.steward.estate.cloudwatch.Dashboards;
import dev.steward.estate.codebuild.BuildProjects;
import dev.steward.estate.codepipeline.Pipelines;
import dev.steward.estate.cognito.UserPools;
import dev.steward.estate.comprehend.Endpoints;
import dev.steward.estate.dynamodb.DynamoDbTables;
import dev.steward.estate.ec2.Addresses;
import dev.steward.estate.ec2.ImageParameters;
import dev.steward.estate.ec2.Images;
import dev.steward.estate.ec2.Instances;
import dev.steward.estate.ec2.LaunchConfigurations;
import dev.steward.estate.ec2.LaunchTemplates;
import dev.steward.estate.ec2.NatGateways;
import dev.steward.estate.ec2.NetworkInterfaces;
import dev.steward.estate.ec2.Snapshots;
import dev.steward.estate.ec2.Volumes;
import dev.steward.estate.ecr.Repositories;
import dev.steward.estate.ecs.Clusters;
import dev.steward.estate.eks.EksClusters;
import dev.steward.estate.elasticbeanstalk.Environments;
import dev.steward.estate.elb.LoadBalancers;
import dev.steward.estate.elb.TargetGroups;
import dev.steward.estate.events.EventBuses;
import dev.steward.estate.events.EventRules;
import dev.steward.estate.iam.IamUsers;
import dev.steward.estate.iam.Roles;
import dev.steward.estate.kms.KmsKeys;
import dev.steward.estate.lambda.EventSources;
import dev.steward.estate.lambda.Functions;
import dev.steward.estate.lambda.LambdaLayers;
import dev.steward.estate.logs.LogGroups;
import dev.steward.estate.price.Quote;
import dev.steward.estate.rds.DatabaseSnapshots;
import dev.steward.estate.rds.Databases;
import dev.steward.estate.s3.S3Buckets;
import dev.steward.estate.sagemaker.MlDomains;
import dev.steward.estate.sagemaker.MlEndpoints;
import dev.steward.estate.sagemaker.MlModels;
import dev.steward.estate.sagemaker.Notebooks;
import dev.steward.estate.secretsmanager.StoredSecrets;
import dev.steward.estate.sns.Topics;
import dev.steward.estate.sqs.Queues;
import dev.steward.estate.ssm.AdvancedParameters;
import dev.steward.estate.states.StateMachines;
import dev.steward.estate.transfer.Servers;
import dev.steward.estate.workspaces.Workspaces;
import dev.steward.model.AccountFeature;
import dev.steward.model.Finding;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every kind of resource. A kind is a line here and its row; everything else follows. */
public final class Catalogue {
  public static final List<Kind> KINDS =
      List.of(
          Instances.KIND,
          Volumes.KIND,
          Snapshots.KIND,
          Images.KIND,
          LaunchTemplates.KIND,
          LaunchConfigurations.KIND,
          ImageParameters.KIND,
          Addresses.KIND,
          NatGateways.KIND,
          LoadBalancers.KIND,
          TargetGroups.KIND,
          NetworkInterfaces.KIND,
          Databases.KIND,
          DatabaseSnapshots.KIND,
          S3Buckets.KIND,
          LogGroups.KIND,
          Functions.KIND,
          DynamoDbTables.KIND,
          Clusters.KIND,
          Repositories.KIND,
          EksClusters.KIND,
          LambdaLayers.KIND,
          EventSources.KIND,
          Queues.KIND,
          Topics.KIND,
          StateMachines.KIND,
          EventBuses.KIND,
          EventRules.KIND,
          Alarms.KIND,
          CompositeAlarms.KIND,
          Dashboards.KIND,
          Trails.KIND,
          StoredSecrets.KIND,
          KmsKeys.KIND,
          AdvancedParameters.KIND,
          Workspaces.KIND,
          Notebooks.KIND,
          MlEndpoints.KIND,
          MlModels.KIND,
          MlDomains.KIND,
          Endpoints.KIND,
          BuildProjects.KIND,
          Pipelines.KIND,
          UserPools.KIND,
          Stacks.KIND,
          IamUsers.KIND,
          Roles.KIND,
          GraphqlApis.KIND,
          Servers.KIND,
          Environments.KIND,
          ComputeEnvironments.KIND,
          JobQueues.KIND,
          AppRunnerServices.KIND);

  /** Every check, in the order of the kinds. */
  public static final List<WasteCheck> CHECKS =
      KINDS.stream().flatMap(kind -> kind.checks().stream()).toList();

  /** Every action, in the order of the kinds. */
  public static final List<Remediation> REMEDIATIONS =
      KINDS.stream().flatMap(kind -> kind.remediations().stream()).toList();

  private static final Map<String, Kind> BY_ID =
      KINDS.stream().collect(Collectors.toUnmodifiableMap(Kind::id, Function.identity()));

  private static final Map<String, WasteCheck> CHECKS_BY_ID =
      CHECKS.stream().collect(Collectors.toUnmodifiableMap(WasteCheck::id, Function.identity()));

  private static final Map<String, Remediation> REMEDIATIONS_BY_ID =
      REMEDIATIONS.stream()
          .collect(Collectors.toUnmodifiableMap(Remediation::id, Function.identity()));

  /** What reading needs beside the listers: where to look, and the metrics. */
  public static final List<String> COMMON_ACTIONS =
      List.of("ec2:DescribeRegions", "cloudwatch:GetMetricData", "ce:GetCostAndUsageWithResources");

  private Catalogue() {}

  public static Kind kind(String id) {
    return find(id)
        .orElseThrow(() -> new IllegalArgumentException("no kind " + id + " in the catalogue"));
  }

  public static Optional<Kind> find(String id) {
    return Optional.ofNullable(BY_ID.get(id));
  }

  public static Optional<WasteCheck> check(String id) {
    return Optional.ofNullable(CHECKS_BY_ID.get(id));
  }

  public static Optional<Remediation> remediation(String id) {
    return Optional.ofNullable(REMEDIATIONS_BY_ID.get(id));
  }

  /**
   * What can be done about a finding, the first by default; empty where what it says is advice. One
   * from before its actions were kept offers all of its check's.
   */
  public static List<String> offered(Finding finding) {
    List<String> actions = finding.actions();
    return actions != null
        ? actions
        : check(finding.check()).map(WasteCheck::remediations).orElse(List.of());
  }

  /** What cleaning up means for each kind that can be cleaned up, by the kind's id. */
  public static SortedMap<String, Remediation> cleanups() {
    SortedMap<String, Remediation> cleanups = new TreeMap<>();
    for (Remediation remediation : REMEDIATIONS)
      if (remediation.cleansUp()) cleanups.put(remediation.kind(), remediation);
    return cleanups;
  }

  /** The IAM actions on keys of all actions, in order. */
  public static List<String> keyActions() {
    return REMEDIATIONS.stream()
        .flatMap(remediation -> remediation.keys().stream())
        .flatMap(use -> use.iam().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** What a step that acts on a finding of this check must see shown before it does. */
  public static Optional<LastDay> lastDay(@Nullable String check) {
    return Optional.ofNullable(check).flatMap(Catalogue::check).map(WasteCheck::lastDay);
  }

  /** What the resource is estimated to cost a month; empty where nobody can tell. */
  public static Optional<Quote> monthly(Resource resource, PriceBook prices) {
    return find(resource.kind()).flatMap(kind -> kind.cost().monthly(resource, prices));
  }

  /** The IAM actions that a customer grants for the features, in order. */
  public static List<String> actions(AccountFeature feature) {
    TreeSet<String> actions = new TreeSet<>();
    switch (feature) {
      case READ -> {
        actions.addAll(COMMON_ACTIONS);
        for (Kind kind : KINDS) {
          actions.addAll(kind.actions());
          kind.settings().forEach(setting -> actions.addAll(setting.iam()));
        }
      }
      case ACT -> REMEDIATIONS.forEach(remediation -> actions.addAll(remediation.actions()));
    }
    return List.copyOf(actions);
  }
}
