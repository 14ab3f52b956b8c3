package dev.steward.estate.ec2;

import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.LastDay;
import dev.steward.estate.MetricSeries;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.price.Item.Unit;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.Optional;

/** A NAT gateway that passes nothing on. */
final class IdleNatGateway {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("idle_nat_gateway", "NAT gateway that passes nothing on")
          .version(3)
          .reads("bytes_out", "connections")
          .threshold(Threshold.minAge(7, "a younger gateway may be being set up"))
          .threshold(Threshold.MIN_DATAPOINTS)
          .answeredBy(NatGateways.DELETE)
          .lastDay(
              LastDay.none(LastDay.Over.SUM, "bytes_out"),
              LastDay.none(LastDay.Over.MAXIMUM, "connections"))
          .rule(IdleNatGateway::judge);

  private IdleNatGateway() {}

  static Verdict judge(Resource gateway, Sight sight) {
    if (!"available".equals(gateway.state())) return FINE;
    Instant created = gateway.createdAt();
    if (created == null) return unknown("no creation time");
    if (sight.daysSince(created) < sight.threshold("min_age_days")) return FINE;
    Optional<MetricSeries> bytes = sight.series(gateway, "bytes_out");
    if (bytes.isEmpty()) return unknown("metrics were not answered");
    int days = bytes.get().wholeDays();
    Optional<Verdict> few = sight.tooFew(days);
    if (few.isPresent()) return few.get();
    if (bytes.get().max() > 0) return FINE;
    return waste(
        sight,
        sight.prices().hours(gateway, Unit.NAT_GATEWAY_HOUR),
        Confidence.HIGH,
        gateway,
        "bytes_out",
        "0",
        "datapoints",
        Integer.toString(days),
        "window_days",
        Integer.toString(bytes.get().resolution().days()));
  }
}
