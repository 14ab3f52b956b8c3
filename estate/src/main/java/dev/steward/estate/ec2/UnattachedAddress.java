package dev.steward.estate.ec2;

import static dev.steward.estate.Evidence.days;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.KeepTag;
import dev.steward.estate.Looks;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Use;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.price.Item.Unit;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.util.Optional;

/**
 * An Elastic IP address that serves nothing: it is attached to nothing, to an instance that has
 * been stopped for long, or to an interface that is free. It costs the same as one in use.
 */
final class UnattachedAddress {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("unattached_address", "Elastic IP attached to nothing that runs")
          .version(3)
          .needs(Instances.ID, NetworkInterfaces.ID)
          .threshold(
              Threshold.days(
                  "min_unattached_days",
                  0,
                  0,
                  "seen attached to nothing, or its interface free, by discoveries for so long"))
          .threshold(
              Threshold.days(
                  "min_stopped_days", 30, 1, "its instance has been stopped for at least so long"))
          .answeredBy(Addresses.RELEASE)
          .rule(UnattachedAddress::judge);

  private UnattachedAddress() {}

  static Verdict judge(Resource address, Sight sight) {
    if (Addresses.INSTANCE.isKnown(address)) return onInstance(address, sight);
    if (Addresses.INTERFACE.isKnown(address)) return onInterface(address, sight);
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

  private static Verdict onInstance(Resource address, Sight sight) {
    if (!sight.isAnswered(address.region(), Instances.ID))
      return unknown("instances of the region were not answered");
    Optional<Resource> instance =
        sight
            .find(Instances.ID, address.region(), String.valueOf(Addresses.INSTANCE.text(address)))
            .filter(found -> "stopped".equals(found.state()) && !KeepTag.isOn(found));
    if (instance.isEmpty()) return FINE;
    Optional<Verdict> young = StoppedInstance.young(instance.get(), sight);
    if (young.isPresent()) return young.get();
    return waste(
        sight,
        sight.prices().hours(address, Unit.PUBLIC_IPV4_HOUR),
        Confidence.MEDIUM,
        address,
        "association",
        Addresses.ASSOCIATION.of(address),
        "stopped_instance",
        instance.get().id(),
        "stopped_days",
        days(StoppedInstance.age(instance.get(), sight)),
        "address",
        Addresses.ADDRESS.of(address));
  }

  /** What AWS keeps for a service of its own is that service's. */
  private static Verdict onInterface(Resource address, Sight sight) {
    if (!sight.isAnswered(address.region(), NetworkInterfaces.ID))
      return unknown("network interfaces of the region were not answered");
    Optional<Resource> free =
        sight
            .find(
                NetworkInterfaces.ID,
                address.region(),
                String.valueOf(Addresses.INTERFACE.text(address)))
            .filter(found -> "available".equals(found.state()) && !KeepTag.isOn(found))
            .filter(found ->
                !NetworkInterfaces.REQUESTER.isKnown(found)
                    && !NetworkInterfaces.OPERATOR.isKnown(found));
    if (free.isEmpty() || Addresses.SERVICE_MANAGED.isKnown(address)) return FINE;
    Looks looks = Looks.of(free.get());
    if (looks.days(sight) < sight.threshold("min_unattached_days"))
      return looks.before()
          ? FINE
          : unknown("nobody can tell whether its interface has been free for so long");
    return waste(
        sight,
        sight.prices().hours(address, Unit.PUBLIC_IPV4_HOUR),
        Confidence.MEDIUM,
        address,
        "association",
        Addresses.ASSOCIATION.of(address),
        "free_interface",
        free.get().id(),
        "seen_free_since",
        looks.since() == null ? null : looks.since().toString(),
        "address",
        Addresses.ADDRESS.of(address));
  }
}
