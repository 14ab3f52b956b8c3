package dev.steward.estate.ec2;

import static dev.steward.estate.Evidence.days;
import static dev.steward.estate.Evidence.number;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.Looks;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.price.Quote;
import dev.steward.model.Fact;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stopped instance that pays for storage. */
final class StoppedInstance {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("stopped_instance", "Stopped instance that pays for storage")
          .version(2)
          .needs(Volumes.ID)
          .threshold(Threshold.days("min_stopped_days", 30, 1, "stopped for at least so long"))
          .answeredBy(TerminateInstance.ID)
          .rule(StoppedInstance::judge);

  private StoppedInstance() {}

  static Verdict judge(Resource instance, Sight sight) {
    if (!"stopped".equals(instance.state())) return FINE;
    Optional<Verdict> young = young(instance, sight);
    if (young.isPresent()) return young.get();
    Instant stopped = Instances.STOPPED_AT.of(instance);
    if (!sight.isAnswered(instance.region(), Volumes.ID))
      return unknown("volumes of the region were not answered");
    List<Resource> volumes =
        sight.referring(Volumes.ID, Volumes.INSTANCES, instance.region(), instance.id());
    Optional<Quote> storage =
        Quote.sum(volumes, volume -> Volumes.KIND.cost().monthly(volume, sight.prices()));
    if (storage.equals(Optional.of(Quote.NOTHING))) return FINE;
    return waste(
        sight,
        storage,
        Confidence.MEDIUM,
        instance,
        stopped == null ? "stopped_days_at_least" : "stopped_days",
        days(age(instance, sight)),
        "volumes",
        volumes.stream().map(Resource::id).sorted().reduce((a, b) -> a + "," + b).orElse(""),
        "size_gb",
        size(volumes));
  }

  /** Null where that of one is not known. */
  private static @Nullable Fact size(List<Resource> volumes) {
    return volumes.stream().allMatch(Volumes.SIZE::isKnown)
        ? number(volumes.stream().mapToDouble(volume -> Volumes.SIZE.of(volume, 0.0)).sum())
        : null;
  }

  /** Fine where it was not stopped for so long, unknown where nobody can tell; else empty. */
  static Optional<Verdict> young(Resource instance, Sight sight) {
    if (age(instance, sight) >= sight.threshold("min_stopped_days")) return Optional.empty();
    return Optional.of(
        !Instances.STOPPED_AT.isKnown(instance) && !Looks.of(instance).before()
            ? unknown("no time of stopping")
            : FINE);
  }

  /** Where AWS does not say when it was stopped, it was not later than it was first seen so. */
  static double age(Resource instance, Sight sight) {
    Instant stopped = Instances.STOPPED_AT.of(instance);
    return stopped == null ? Looks.of(instance).days(sight) : sight.daysSince(stopped);
  }
}
