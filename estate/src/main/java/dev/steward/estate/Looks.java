package dev.steward.estate;

import dev.steward.model.Resource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
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

  /** What a look shows of a resource, or that it does not. */
  private enum Use {
    SEEN,
    NONE,
    UNTOLD;

    static Use of(boolean seen) {
      return seen ? SEEN : NONE;
    }
  }

  /**
   * @param needs another kind that shows whether it is used; null where its own listing does
   * @param use by itself and, where another kind is needed, what was listed of that
   */
  private record Row(String kind, @Nullable String needs, BiFunction<Resource, Sight, Use> use) {}

  private static final List<Row> ALL =
      List.of(
          new Row("ebs_volume", null, (r, s) -> unlessIn("available", r)),
          new Row("ec2_instance", null, (r, s) -> unlessIn("stopped", r)),
          new Row(
              "elastic_ip",
              null,
              (r, s) ->
                  Use.of(
                      r.attribute("association") != null
                          || r.attribute("instance") != null
                          || r.attribute("interface") != null)),
          new Row("network_interface", null, (r, s) -> unlessIn("available", r)),
          new Row("load_balancer", "target_group", Looks::targets),
          new Row(
              "ebs_snapshot",
              "ebs_volume",
              (r, s) ->
                  Use.of(
                      s.find("ebs_volume", r.region(), String.valueOf(r.attribute("volume")))
                          .isPresent())),
          new Row(
              "ec2_image",
              "ec2_instance",
              (r, s) ->
                  Use.of(!s.referring("ec2_instance", "image", r.region(), r.id()).isEmpty())));

  private static Use unlessIn(String state, Resource resource) {
    return resource.state() == null ? Use.UNTOLD : Use.of(!state.equals(resource.state()));
  }

  /** Of a balancer; groups whose targets were not answered may have some. */
  private static Use targets(Resource balancer, Sight sight) {
    List<Resource> groups =
        sight.referring("target_group", "load_balancers", balancer.region(), balancer.id());
    if (groups.stream().anyMatch(group -> group.number("targets", 0) > 0)) return Use.SEEN;
    return groups.stream().allMatch(group -> group.number("targets", 1) == 0)
        ? Use.NONE
        : Use.UNTOLD;
  }

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
    Looks looks = earlier == null ? new Looks(null, false) : of(earlier);
    return with(
        now,
        switch (sight == null ? Use.UNTOLD : row.get().use().apply(now, sight)) {
          case UNTOLD -> looks;
          case SEEN -> new Looks(null, true);
          // Without a mark no look saw it used: it was never looked at, or nobody could tell.
          case NONE -> looks.since() == null ? new Looks(at, looks.before()) : looks;
        });
  }

  private static Resource with(Resource resource, Looks looks) {
    Instant since = looks.since();
    if (since == null && !looks.before()) return resource;
    Map<String, String> attributes = new HashMap<>(resource.attributes());
    if (since != null) attributes.put(UNUSED_SINCE, since.toString());
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
