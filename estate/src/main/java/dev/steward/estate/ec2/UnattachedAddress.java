package dev.steward.estate.ec2;

import static dev.steward.estate.Evidence.days;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.Evidence;
import dev.steward.estate.Looks;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Use;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.price.Item.Unit;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An Elastic IP address that serves nothing: it is attached to nothing, to an instance that has
 * been stopped for long, or to an interface that is free. It costs the same as one in use.
 */
final class UnattachedAddress {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("unattached_address", "Elastic IP attached to nothing that runs")
          .version(4)
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
          .answeredBy(Addresses.RELEASE, ReleaseAttachedAddress.ID)
          .rule(UnattachedAddress::judge);

  private UnattachedAddress() {}

  static Verdict judge(Resource address, Sight sight) {
    Optional<Addresses.Holder> holder = Addresses.holder(address);
    if (holder.isPresent()) return held(address, holder.get(), sight);
    if (Addresses.use(address) == Use.USED) return FINE;
    return young(
            address, sight, "nobody can tell whether it has been attached to nothing for so long")
        .orElseGet(
            () -> waste(address, sight, Confidence.HIGH, "seen_unattached_since", since(address)));
  }

  /** What AWS keeps for a service of its own is that service's. */
  private static Verdict held(Resource address, Addresses.Holder holder, Sight sight) {
    if (!sight.isAnswered(address.region(), holder.kind()))
      return unknown(holder.words() + "s of the region were not answered");
    Optional<Resource> found = sight.find(holder.kind(), address.region(), holder.id());
    // What was not listed was not shown to be stopped or free.
    if (found.isEmpty() || Addresses.SERVICE_MANAGED.isKnown(address)) return FINE;
    Resource held = found.get();
    return switch (Addresses.holding(held)) {
      case USED -> FINE;
      case UNKNOWN -> unknown("nobody can tell whether what it is attached to is used");
      case UNUSED ->
          held.kind().equals(Instances.ID)
              ? onStopped(address, held, sight)
              : onFree(address, held, sight);
    };
  }

  private static Verdict onStopped(Resource address, Resource instance, Sight sight) {
    return StoppedInstance.young(instance, sight)
        .orElseGet(() ->
            waste(
                address,
                sight,
                Confidence.MEDIUM,
                "stopped_instance",
                instance.id(),
                "stopped_days",
                days(StoppedInstance.age(instance, sight))));
  }

  private static Verdict onFree(Resource address, Resource free, Sight sight) {
    return young(free, sight, "nobody can tell whether its interface has been free for so long")
        .orElseGet(() ->
            waste(
                address,
                sight,
                Confidence.MEDIUM,
                "free_interface",
                free.id(),
                "seen_free_since",
                since(free)));
  }

  /** Fine where looks saw it used lately, unknown where there were too few; else empty. */
  private static Optional<Verdict> young(Resource unused, Sight sight, String otherwise) {
    Looks looks = Looks.of(unused);
    if (looks.days(sight) >= sight.threshold("min_unattached_days")) return Optional.empty();
    return Optional.of(looks.before() ? FINE : unknown(otherwise));
  }

  private static @Nullable Instant since(Resource unused) {
    return Looks.of(unused).since();
  }

  private static Verdict waste(
      Resource address, Sight sight, Confidence confidence, @Nullable Object... shows) {
    List<@Nullable Object> evidence = new ArrayList<>(Arrays.asList(shows));
    evidence.add("association");
    evidence.add(Addresses.ASSOCIATION.of(address, "none"));
    evidence.add("address");
    evidence.add(Addresses.ADDRESS.of(address));
    return Evidence.waste(
        sight,
        sight.prices().hours(address, Unit.PUBLIC_IPV4_HOUR),
        confidence,
        address,
        evidence.toArray());
  }
}
