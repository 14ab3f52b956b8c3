package dev.steward.estate.elb;

import static dev.steward.estate.Attribute.count;
import static dev.steward.estate.Attribute.flag;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Referrer;
import dev.steward.estate.Remediation;
import dev.steward.estate.Sight;
import dev.steward.estate.Tags;
import dev.steward.estate.Use;
import dev.steward.estate.price.Quote;
import dev.steward.model.Resource;
import dev.steward.model.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Load balancers. */
public final class LoadBalancers {
  public static final String ID = "load_balancer";

  /** Takes one away. */
  public static final String DELETE = "delete_load_balancer";

  private static final Set<String> ANSWERS_BY_ITSELF = Set.of("redirect", "fixed-response");
  private static final String NAME = "loadbalancer/";

  public static final Attribute<String> TYPE =
      text("type", "application, network or gateway", "Type");

  /** CloudWatch names it by the part of the ARN after "loadbalancer/". */
  public static final Attribute<String> DIMENSION =
      text("dimension", "its name in CloudWatch", "LoadBalancerArn")
          .as(arn -> arn.toString().substring(arn.toString().indexOf(NAME) + NAME.length()));

  public static final Attribute<Double> LISTENERS = count("listeners", "how many", "Listeners");
  public static final Attribute<Boolean> REDIRECTS =
      flag(
              "redirects",
              "true when a listener answers by itself",
              "[Listeners[].DefaultActions[].Type][]")
          .as(types ->
              ((List<?>) types)
                  .stream().map(String::valueOf).anyMatch(ANSWERS_BY_ITSELF::contains));

  /** On pages of at most 100, because each one is asked about (API reference: at most 400). */
  static final Paging PAGES = new Paging("Marker", "NextMarker", "PageSize", 1, 100);

  /** DescribeTags takes 20 ARNs (Elastic Load Balancing API reference). */
  static Tags tags(String arn) {
    return new Tags.Batched(
        Call.of("elasticloadbalancing:DescribeTags"),
        "ResourceArns",
        Path.at(arn),
        20,
        "TagDescriptions[]",
        "ResourceArn",
        "Tags");
  }

  public static final Kind KIND =
      Kind.regional(ID, "Load balancer", "elasticloadbalancing:DescribeLoadBalancers")
          .lists("LoadBalancers[]")
          .id("LoadBalancerArn")
          .name("LoadBalancerName")
          .state("State.Code")
          .created("CreatedTime")
          .pages(PAGES)
          .again("LoadBalancerArns")
          .tags(tags("LoadBalancerArn"))
          .knows(TYPE, DIMENSION)
          .detail(
              new Detail(
                  "listeners",
                  Call.of("elasticloadbalancing:DescribeListeners"),
                  Map.of("LoadBalancerArn", Path.at("LoadBalancerArn")),
                  "{Listeners: Listeners}",
                  Set.of(),
                  List.of(LISTENERS, REDIRECTS)))
          .measures(
              metric("requests", "AWS/ApplicationELB", "RequestCount", "Sum", "application"),
              metric("flows", "AWS/NetworkELB", "ActiveFlowCount", "Maximum", "network"),
              metric("gateway_flows", "AWS/GatewayELB", "ActiveFlowCount", "Maximum", "gateway"))
          .namedBy(Referrer.TARGETS, TargetGroups.ID, TargetGroups.LOAD_BALANCERS)
          .usedBy(TargetGroups.ID, LoadBalancers::use)
          .costs((balancer, prices) -> prices.balancer(balancer))
          .check(WithoutTargets.CHECK)
          .action(delete())
          .row();

  private LoadBalancers() {}

  private static Remediation.Row delete() {
    return Remediation.of(DELETE, "Delete the load balancer", Risk.HIGH)
        .notUndone("a new load balancer has another DNS name")
        .needs("elasticloadbalancing:DeleteLoadBalancer")
        .in("active")
        .unused()
        .watching(LISTENERS, REDIRECTS, TYPE)
        .takesAway()
        .referredToBy(Referrer.BALANCER_PROTECTION, Referrer.ROUTE53)
        .money(money ->
            money
                .ends("the load balancer's hours", money.monthly())
                .stays("its target groups", Optional.of(Quote.NOTHING)));
  }

  /** Each type of balancer has a namespace and metrics of its own. */
  private static Metric.Row metric(
      String id, String namespace, String name, String statistic, String type) {
    return Metric.of(id, namespace, name, "LoadBalancer", statistic, "count")
        .named(DIMENSION)
        .silentWhenNothingHappens(
            "Elastic Load Balancing user guides, CloudWatch metrics: where no requests flow through"
                + " the load balancer, the metric is not reported")
        .only(Map.of("type", type));
  }

  static List<Resource> groups(Resource balancer, Sight sight) {
    return sight.referring(
        TargetGroups.ID, TargetGroups.LOAD_BALANCERS, balancer.region(), balancer.id());
  }

  /** Groups whose targets were not answered may have some. */
  static Use use(Resource balancer, Sight sight) {
    List<Resource> groups = groups(balancer, sight);
    List<@Nullable Double> serving = new ArrayList<>();
    groups.forEach(group -> serving.add(TargetGroups.serving(group)));
    if (serving.stream().anyMatch(targets -> targets != null && targets > 0)) return Use.USED;
    return serving.stream().allMatch(Objects::nonNull) ? Use.UNUSED : Use.UNKNOWN;
  }
}
