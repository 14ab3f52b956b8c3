package dev.steward.estate;

import static dev.steward.estate.Evidence.number;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.model.Finding.Confidence;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Addresses, gateways and load balancers. */
final class NetworkChecks {
  private NetworkChecks() {}

  static Verdict unattachedAddress(Resource address, Sight sight) {
    if (address.attribute("association") != null
        || address.attribute("instance") != null
        || address.attribute("interface") != null) return FINE;
    Looks looks = Looks.of(address);
    double least = sight.threshold("min_unattached_days");
    if (looks.days(sight) < least)
      return looks.before()
          ? FINE
          : unknown("nobody can tell whether it has been attached to nothing for so long");
    return waste(
        sight,
        Money.usd(sight.prices().price("public_ipv4_hour") * PriceBook.HOURS),
        Confidence.HIGH,
        address,
        "association",
        "none",
        "seen_unattached_since",
        looks.since() == null ? null : looks.since().toString(),
        "address",
        address.attribute("address"));
  }

  static Verdict idleNatGateway(Resource gateway, Sight sight) {
    if (!"available".equals(gateway.state())) return FINE;
    Instant created = gateway.createdAt();
    if (created == null) return unknown("no creation time");
    if (sight.daysSince(created) < sight.threshold("min_age_days")) return FINE;
    Optional<Series> bytes = sight.series(gateway, "bytes_out");
    if (bytes.isEmpty()) return unknown("metrics were not answered");
    if (bytes.get().datapoints() < sight.threshold("min_datapoints"))
      return unknown(bytes.get().datapoints() == 0 ? "no datapoints" : "too few datapoints");
    if (bytes.get().max() > 0) return FINE;
    return waste(
        sight,
        Money.usd(sight.prices().price("nat_gateway_hour") * PriceBook.HOURS),
        Confidence.HIGH,
        gateway,
        "bytes_out",
        "0",
        "datapoints",
        Integer.toString(bytes.get().datapoints()),
        "window_days",
        Integer.toString(bytes.get().days()));
  }

  static Verdict loadBalancerWithoutTargets(Resource balancer, Sight sight) {
    Instant created = balancer.createdAt();
    double least = sight.threshold("min_age_days");
    if (created == null) return unknown("no creation time");
    if (sight.daysSince(created) < least) return FINE;
    // One that redirects or answers by itself needs no targets.
    if (balancer.flag("redirects")) return FINE;
    if (!sight.isAnswered(balancer.region(), "target_group"))
      return unknown("target groups of the region were not answered");
    List<Resource> groups =
        sight.referring("target_group", "load_balancers", balancer.region(), balancer.id());
    for (Resource group : groups) {
      if (group.attribute("targets") == null) return unknown("targets were not answered");
      if (group.number("targets", 0) > 0) return FINE;
    }
    // What was behind it went lately, or it passed something on: then it may be in use again soon.
    Optional<Series> passed = requests(balancer, sight);
    if (Looks.of(balancer).sawUse(sight, least)
        || passed.filter(p -> p.sum() > 0 && p.silentAtLast() - 1 < least).isPresent()) return FINE;
    double requests = passed.map(Series::sum).orElse(Double.NaN);
    return waste(
        sight,
        sight.prices().monthly(balancer),
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
  private static Optional<Series> requests(Resource balancer, Sight sight) {
    return Catalogue.kind(balancer.kind()).metrics().stream()
        .filter(metric -> metric.isOf(balancer))
        .findFirst()
        .flatMap(metric -> sight.series(balancer, metric.id()));
  }
}
