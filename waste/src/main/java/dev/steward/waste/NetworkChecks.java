package dev.steward.waste;

import static dev.steward.waste.Evidence.number;
import static dev.steward.waste.Evidence.waste;
import static dev.steward.waste.Verdict.FINE;
import static dev.steward.waste.Verdict.unknown;

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
    return waste(
        sight,
        Money.usd(sight.prices().price("public_ipv4_hour") * PriceBook.HOURS),
        Confidence.HIGH,
        address,
        "association",
        "none",
        "address",
        address.attribute("address"));
  }

  static Verdict idleNatGateway(Resource gateway, Sight sight) {
    if (!"available".equals(gateway.state())) return FINE;
    Instant created = gateway.createdAt();
    if (created != null && sight.daysSince(created) < sight.threshold("min_age_days")) return FINE;
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
    if (created != null && sight.daysSince(created) < sight.threshold("min_age_days")) return FINE;
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
    double requests = requests(balancer, sight);
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

  /** Of whatever its type counts; NaN where that was not answered. */
  private static double requests(Resource balancer, Sight sight) {
    return Catalogue.kind(balancer.kind()).metrics().stream()
        .filter(metric -> metric.isOf(balancer))
        .findFirst()
        .flatMap(metric -> sight.series(balancer, metric.id()))
        .map(Series::sum)
        .orElse(Double.NaN);
  }
}
