package dev.steward.estate;

import dev.steward.model.Resource;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Since when a resource has been seen unused. AWS does not say when a volume was detached, an
 * address let go or a balancer's last target taken out, so what discoveries saw is kept with the
 * resource from one to the next.
 *
 * @param since the first of the looks that all saw it unused; it was so at least since then
 * @param before whether a look saw it used, before since if there is one; then it became unused
 *     shortly before. A look that could not tell is none of either.
 */
public record Looks(@Nullable Instant since, boolean before) {
  /** An attribute of what is unused: the first of the looks that saw it so. */
  public static final String UNUSED_SINCE = "unused_since";

  /**
   * An attribute, as {@code true}: a look saw it used, the last one or one before it was unused.
   */
  public static final String USED_BEFORE = "used_before";

  /** Of a resource as it is kept. */
  public static Looks of(Resource resource) {
    return new Looks(Evidence.time(resource.attribute(UNUSED_SINCE)), resource.flag(USED_BEFORE));
  }

  /**
   * The resource with what this look and those before it saw.
   *
   * @param kind its own
   * @param earlier as the look before kept it; null where there was none, or it was not there
   * @param sight what is known of the kind that it needs; null where that was never listed, and
   *     then this look shows nothing
   */
  public static Resource kept(
      Kind kind, Resource now, @Nullable Resource earlier, @Nullable Sight sight, Instant at) {
    Use.Rule rule = kind.use();
    if (rule == null) return now;
    Looks looks = earlier == null ? new Looks(null, false) : of(earlier);
    return with(
        now,
        switch (sight == null ? Use.UNKNOWN : rule.look().apply(now, sight)) {
          case UNKNOWN -> looks;
          case USED -> new Looks(null, true);
          // Without a mark no look saw it used: it was never looked at, or nobody could tell.
          case UNUSED -> looks.since() == null ? new Looks(at, looks.before()) : looks;
        });
  }

  private static Resource with(Resource resource, Looks looks) {
    Instant since = looks.since();
    if (since == null && !looks.before()) return resource;
    Map<String, String> attributes = new HashMap<>(resource.attributes());
    if (since != null) attributes.put(UNUSED_SINCE, since.toString());
    if (looks.before()) attributes.put(USED_BEFORE, "true");
    return resource.with(attributes);
  }

  /** At least so many days, as far as looks show it. */
  public double days(Sight sight) {
    return since == null ? 0 : sight.daysSince(since);
  }

  /** Whether looks show that it was used in the last days. */
  public boolean sawUse(Sight sight, double days) {
    return before && days(sight) < days;
  }
}
