package dev.steward.aws;

import static dev.steward.aws.ComputeListers.next;

import com.google.common.collect.Lists;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** Load balancers and what is behind them. */
final class BalancerListers {
  private static final Set<String> ANSWERS_BY_ITSELF = Set.of("redirect", "fixed-response");

  /** DescribeTags takes 20 ARNs (Elastic Load Balancing API reference). */
  private static final int ARNS = 20;

  private BalancerListers() {}

  static Page loadBalancers(RegionClients clients, @Nullable String token) {
    DescribeLoadBalancersResponse page =
        clients
            .balancers()
            .describeLoadBalancers(r -> r.pageSize(clients.page(Page.DETAILED)).marker(token));
    return detailed(
        clients, page.loadBalancers(), b -> loadBalancer(clients, b), next(page.nextMarker()));
  }

  static Page targetGroups(RegionClients clients, @Nullable String token) {
    DescribeTargetGroupsResponse page =
        clients
            .balancers()
            .describeTargetGroups(r -> r.pageSize(clients.page(Page.DETAILED)).marker(token));
    return detailed(
        clients, page.targetGroups(), g -> targetGroup(clients, g), next(page.nextMarker()));
  }

  private static <T> Page detailed(
      RegionClients clients,
      List<T> listed,
      Function<T, Described> describe,
      @Nullable String next) {
    List<Described> all = SideBySide.map(listed, describe);
    SideBySide.map(Lists.partition(all, ARNS), batch -> tagged(clients, batch));
    return Page.of(all, next);
  }

  static Described loadBalancer(RegionClients clients, LoadBalancer b) {
    Described balancer =
        new Described("load_balancer", clients.region(), b.loadBalancerArn())
            .name(b.loadBalancerName())
            .state(b.state() == null ? null : b.state().codeAsString())
            .created(b.createdTime())
            .with("type", b.typeAsString())
            // CloudWatch names it by the part of the ARN after "loadbalancer/".
            .with(
                "dimension",
                b.loadBalancerArn()
                    .substring(
                        b.loadBalancerArn().indexOf("loadbalancer/") + "loadbalancer/".length()));
    return balancer.detail(
        "listeners",
        () -> {
          List<Listener> listeners =
              clients
                  .balancers()
                  .describeListeners(r -> r.loadBalancerArn(b.loadBalancerArn()))
                  .listeners();
          balancer
              .with("listeners", listeners.size())
              .with(
                  "redirects",
                  listeners.stream()
                      .flatMap(l -> l.defaultActions().stream())
                      .anyMatch(a -> ANSWERS_BY_ITSELF.contains(a.typeAsString())));
        });
  }

  private static Described targetGroup(RegionClients clients, TargetGroup g) {
    Described group =
        new Described("target_group", clients.region(), g.targetGroupArn())
            .name(g.targetGroupName())
            .with("load_balancers", String.join(",", g.loadBalancerArns()))
            .with("target_type", g.targetTypeAsString());
    return group.detail(
        "targets",
        () -> {
          List<TargetHealthDescription> targets =
              clients
                  .balancers()
                  .describeTargetHealth(r -> r.targetGroupArn(g.targetGroupArn()))
                  .targetHealthDescriptions();
          group
              .with("targets", targets.size())
              .with(
                  "healthy",
                  targets.stream()
                      .filter(t -> t.targetHealth().state() == TargetHealthStateEnum.HEALTHY)
                      .count());
        });
  }

  /** Reads the tags of up to 20; returns the same. */
  static List<Described> tagged(RegionClients clients, List<Described> batch) {
    Map<String, Described> byArn =
        batch.stream().collect(Collectors.toMap(Described::id, Function.identity(), (a, b) -> a));
    try {
      Described.withSession(() -> ask(clients, byArn));
    } catch (SdkException e) {
      // One that is gone meanwhile fails the batch, and must not cost the others their tags.
      if (AwsError.of(e) == AwsError.GONE && batch.size() > 1)
        batch.forEach(one -> tagged(clients, List.of(one)));
      else batch.forEach(one -> one.tagsFailed(e));
    }
    return batch;
  }

  private static void ask(RegionClients clients, Map<String, Described> byArn) {
    Set<Described> silent = new HashSet<>(byArn.values());
    for (TagDescription said :
        clients.balancers().describeTags(r -> r.resourceArns(byArn.keySet())).tagDescriptions()) {
      Described described = byArn.get(said.resourceArn());
      if (described == null) continue;
      silent.remove(described);
      described.tags(said.tags(), Tag::key, Tag::value);
    }
    // Who is not in the answer has not been said to have no tags.
    silent.forEach(Described::tagsUnknown);
  }
}
