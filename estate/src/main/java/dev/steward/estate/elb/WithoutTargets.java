package dev.steward.estate.elb;

import static dev.steward.estate.Evidence.number;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.LastDay;
import dev.steward.estate.Looks;
import dev.steward.estate.Metric;
import dev.steward.estate.MetricSeries;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Use;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A load balancer with nothing behind it that works, and that passes nothing on. */
final class WithoutTargets {
  static final WasteCheck.Row CHECK =
      WasteCheck.of(
              "load_balancer_without_targets", "Load balancer with nothing behind it that works")
          .version(4)
          .needs(TargetGroups.ID)
          .reads("requests", "flows", "gateway_flows")
          .threshold(Threshold.minAge(7, "a younger one may be being set up"))
          .answeredBy(LoadBalancers.DELETE)
          .lastDay(LastDay.none(LastDay.Over.SUM, "requests", "flows", "gateway_flows"))
          .rule(WithoutTargets::judge);

  private WithoutTargets() {}

  static Verdict judge(Resource balancer, Sight sight) {
    Instant created = balancer.createdAt();
    double least = sight.threshold("min_age_days");
    if (created == null) return unknown("no creation time");
    if (sight.daysSince(created) < least) return FINE;
    // One that redirects or answers by itself needs no targets.
    Boolean redirects = LoadBalancers.REDIRECTS.of(balancer);
    if (redirects == null) return unknown("its listeners were not answered");
    if (redirects) return FINE;
    if (!sight.isAnswered(balancer.region(), TargetGroups.ID))
      return unknown("target groups of the region were not answered");
    Use use = LoadBalancers.use(balancer, sight);
    if (use == Use.USED) return FINE;
    if (use == Use.UNKNOWN) return unknown("targets were not answered");
    List<Resource> groups = LoadBalancers.groups(balancer, sight);
    double targets =
        groups.stream().mapToDouble(group -> TargetGroups.TARGETS.of(group, 0.0)).sum();
    Optional<Metric> metric = counted(balancer);
    Optional<MetricSeries> passed = metric.flatMap(one -> sight.series(balancer, one.id()));
    // What was behind it went lately, or it passed something on: then it may be in use again soon.
    if (Looks.of(balancer).sawUse(sight, least)
        || passed.filter(p -> p.sum() > 0 && p.silentAtLast() - 1 < least).isPresent()) return FINE;
    if (metric.isPresent() && passed.isEmpty()) return unknown("metrics were not answered");
    // Targets may fail for a while, and then it has passed something on before.
    if (targets > 0 && passed.isEmpty())
      return unknown("its targets do not work, and no metric tells since when");
    return waste(
        sight,
        LoadBalancers.KIND.cost().monthly(balancer, sight.prices()),
        targets > 0 ? Confidence.MEDIUM : Confidence.HIGH,
        balancer,
        "target_groups",
        groups.size(),
        "targets",
        number(targets),
        "targets_that_work",
        0,
        metric.map(Metric::id).orElse("requests"),
        passed.<Object>map(p -> number(p.sum())).orElse("no metric of this type is known"));
  }

  /** Each type has a metric of its own. */
  private static Optional<Metric> counted(Resource balancer) {
    return LoadBalancers.KIND.metrics().stream().filter(one -> one.isOf(balancer)).findFirst();
  }
}
