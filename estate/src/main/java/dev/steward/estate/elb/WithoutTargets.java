package dev.steward.estate.elb;

import static dev.steward.estate.Evidence.number;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.LastDay;
import dev.steward.estate.Looks;
import dev.steward.estate.MetricSeries;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A load balancer with nothing behind it. */
final class WithoutTargets {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("load_balancer_without_targets", "Load balancer with nothing behind it")
          .version(2)
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
    if (LoadBalancers.REDIRECTS.of(balancer, false)) return FINE;
    if (!sight.isAnswered(balancer.region(), TargetGroups.ID))
      return unknown("target groups of the region were not answered");
    List<Resource> groups =
        sight.referring(
            TargetGroups.ID, TargetGroups.LOAD_BALANCERS, balancer.region(), balancer.id());
    for (Resource group : groups) {
      if (!TargetGroups.TARGETS.isKnown(group)) return unknown("targets were not answered");
      if (TargetGroups.TARGETS.of(group, 0.0) > 0) return FINE;
    }
    // What was behind it went lately, or it passed something on: then it may be in use again soon.
    Optional<MetricSeries> passed = requests(balancer, sight);
    if (Looks.of(balancer).sawUse(sight, least)
        || passed.filter(p -> p.sum() > 0 && p.silentAtLast() - 1 < least).isPresent()) return FINE;
    double requests = passed.map(MetricSeries::sum).orElse(Double.NaN);
    return waste(
        sight,
        LoadBalancers.KIND.cost().monthly(balancer, sight.prices()),
        Confidence.HIGH,
        balancer,
        "target_groups",
        Integer.toString(groups.size()),
        "targets",
        "0",
        "requests",
        Double.isNaN(requests) ? "not answered" : number(requests));
  }

  /** Of whatever its type counts; empty where that was not answered. */
  private static Optional<MetricSeries> requests(Resource balancer, Sight sight) {
    return LoadBalancers.KIND.metrics().stream()
        .filter(metric -> metric.isOf(balancer))
        .findFirst()
        .flatMap(metric -> sight.series(balancer, metric.id()));
  }
}
