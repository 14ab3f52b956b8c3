package dev.steward.estate.ec2;

import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.Looks;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Use;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.price.Item.Unit;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;

/** An Elastic IP address that is attached to nothing. */
final class UnattachedAddress {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("unattached_address", "Elastic IP attached to nothing")
          .version(2)
          .threshold(
              Threshold.days(
                  "min_unattached_days",
                  0,
                  0,
                  "seen attached to nothing by discoveries for so long"))
          .answeredBy(Addresses.RELEASE)
          .rule(UnattachedAddress::judge);

  private UnattachedAddress() {}

  static Verdict judge(Resource address, Sight sight) {
    if (Addresses.use(address) == Use.USED) return FINE;
    Looks looks = Looks.of(address);
    double least = sight.threshold("min_unattached_days");
    if (looks.days(sight) < least)
      return looks.before()
          ? FINE
          : unknown("nobody can tell whether it has been attached to nothing for so long");
    return waste(
        sight,
        sight.prices().hours(address, Unit.PUBLIC_IPV4_HOUR),
        Confidence.HIGH,
        address,
        "association",
        "none",
        "seen_unattached_since",
        looks.since() == null ? null : looks.since().toString(),
        "address",
        Addresses.ADDRESS.of(address));
  }
}
