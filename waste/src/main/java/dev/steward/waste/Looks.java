package dev.steward.waste;

import dev.steward.model.Resource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Since when a resource has been seen unused. AWS does not say when a volume was detached, an
 * address let go or a balancer's last target taken out, so what discoveries saw is kept with the
 * resource from one to the next.
 *
 * @param since the first of the looks that all saw it unused; it was so at least since then
 * @param before whether an earlier look saw it used; then it became unused shortly before
 */
public record Looks(@Nullable Instant since, boolean before) {
  /** An attribute of what is unused: the first of the looks that saw it so. */
  public static final String UNUSED_SINCE = "unused_since";

  /** An attribute of what is unused, as {@code true}: a look before saw it used. */
  public static final String USED_BEFORE = "used_before";

  /**
   * @param needs another kind that shows whether it is used; null where its own listing does
   * @param used by itself and, where another kind is needed, what was listed of that
   */
  private record Row(String kind, @Nullable String needs, BiPredicate<Resource, Sight> used) {}

  private static final List<Row> ALL =
      List.of(
          new Row("ebs_volume", null, (r, s) -> !"available".equals(r.state())),
          new Row("ec2_instance", null, (r, s) -> !"stopped".equals(r.state())),
          new Row(
              "elastic_ip",
              null,
              (r, s) ->
                  r.attribute("association") != null
                      || r.attribute("instance") != null
                      || r.attribute("interface") != null),
          new Row("network_interface", null, (r, s) -> !"available".equals(r.state())),
          new Row(
              "load_balancer",
              "target_group",
              (r, s) ->
                  s.referring("target_group", "load_balancers", r.region(), r.id()).stream()
                      .anyMatch(group -> group.number("targets", 1) > 0)),
          new Row(
              "ebs_snapshot",
              "ebs_volume",
              (r, s) ->
                  s.find("ebs_volume", r.region(), String.valueOf(r.attribute("volume")))
                      .isPresent()),
          new Row(
              "ec2_image",
              "ec2_instance",
              (r, s) -> !s.referring("ec2_instance", "image", r.region(), r.id()).isEmpty()));

  /** Of a resource as it is kept. */
  public static Looks of(Resource resource) {
    return new Looks(Evidence.time(resource.attribute(UNUSED_SINCE)), resource.flag(USED_BEFORE));
  }

  /** The kind that must be seen too, to tell whether one of this kind is used. */
  public static Optional<String> needs(String kind) {
    return row(kind).map(Row::needs);
  }

  private static Optional<Row> row(String kind) {
    return ALL.stream().filter(row -> row.kind().equals(kind)).findFirst();
  }

  /**
   * The resource with what this look and those before it saw.
   *
   * @param earlier as the look before kept it; null where there was none, or it was not there
   * @param sight what is known of the kind that it needs; null where that was never listed, and
   *     then this look shows nothing
   */
  public static Resource kept(
      Resource now, @Nullable Resource earlier, @Nullable Sight sight, Instant at) {
    Optional<Row> row = row(now.kind());
    if (row.isEmpty()) return now;
    if (sight == null) return earlier == null ? now : with(now, of(earlier));
    if (row.get().used().test(now, sight)) return now;
    if (earlier == null) return with(now, new Looks(at, false));
    Looks looks = of(earlier);
    return with(now, looks.since() == null ? new Looks(at, true) : looks);
  }

  private static Resource with(Resource resource, Looks looks) {
    if (looks.since() == null) return resource;
    Map<String, String> attributes = new HashMap<>(resource.attributes());
    attributes.put(UNUSED_SINCE, looks.since().toString());
    if (looks.before()) attributes.put(USED_BEFORE, "true");
    return new Resource(
        resource.id(),
        resource.kind(),
        resource.region(),
        resource.name(),
        resource.state(),
        resource.createdAt(),
        resource.tags(),
        attributes);
  }

  /** At least so many days, as far as looks show it. */
  double days(Sight sight) {
    return since == null ? 0 : sight.daysSince(since);
  }

  /** Whether looks show that it was used in the last days. */
  boolean sawUse(Sight sight, double days) {
    return before && days(sight) < days;
  }
}
