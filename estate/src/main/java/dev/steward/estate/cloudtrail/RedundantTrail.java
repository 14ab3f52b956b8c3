package dev.steward.estate.cloudtrail;

import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.Attribute;
import dev.steward.estate.Sight;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.util.Optional;

/**
 * A trail that records what another one of the account records in the same region. The first copy
 * of management events is free in each region, every further one is paid (CloudTrail pricing).
 */
final class RedundantTrail {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("redundant_trail", "Trail that records what another one records")
          .rule(RedundantTrail::judge);

  private RedundantTrail() {}

  /** One of an organization is for others too, and stays. */
  static Verdict judge(Resource trail, Sight sight) {
    if (isFalse(Trails.LOGGING, trail) || isFalse(Trails.MANAGEMENT, trail)) return FINE;
    if (Trails.ORGANIZATION.is(true, trail)) return FINE;
    boolean unknown = !isKnown(trail);
    for (Resource other : sight.all(Trails.ID)) {
      if (other.id().equals(trail.id()) || isFalse(Trails.LOGGING, other)) continue;
      if (isFalse(Trails.MANAGEMENT, other)) continue;
      if (!isKnown(other)) unknown = true;
      else if (isKnown(trail) && covers(other, trail) && outranks(other, trail))
        return waste(
            sight,
            Optional.empty(),
            Confidence.MEDIUM,
            trail,
            "recorded_by",
            other.id(),
            "saving_is",
            "the second copy of management events; it may be kept for somebody else on purpose");
    }
    return unknown ? unknown("nobody can tell what it or another one records") : FINE;
  }

  private static boolean isFalse(Attribute<Boolean> attribute, Resource trail) {
    return attribute.is(false, trail);
  }

  private static boolean isKnown(Resource trail) {
    return Trails.LOGGING.isKnown(trail)
        && Trails.MANAGEMENT.isKnown(trail)
        && Trails.MULTI_REGION.isKnown(trail)
        && Trails.ORGANIZATION.isKnown(trail);
  }

  /** Every region that the trail records is recorded by the other. */
  private static boolean covers(Resource other, Resource trail) {
    return Trails.MULTI_REGION.is(true, other)
        || (Trails.MULTI_REGION.is(false, trail) && other.region().equals(trail.region()));
  }

  /** Of two that cover each other the one stays that was of an organization, or comes first. */
  private static boolean outranks(Resource other, Resource trail) {
    return !covers(trail, other)
        || Trails.ORGANIZATION.is(true, other)
        || other.id().compareTo(trail.id()) < 0;
  }
}
