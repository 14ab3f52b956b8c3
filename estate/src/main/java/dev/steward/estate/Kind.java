package dev.steward.estate;

import dev.steward.estate.price.Quote;
import dev.steward.model.Resource;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kind of resource: the only place where its facts stand. The lister, the CloudFormation
 * template, the permission probe, coverage, checks and the docs are derived from it.
 *
 * @param service the AWS service prefix whose request limits its calls share
 * @param actions the IAM actions that reading it needs, its tags among it; the first one is what
 *     the probe tries
 * @param metrics what checks read of it
 * @param attributes what is known of it; beside them every kind may carry the marks of what could
 *     not be read, {@code tags_unknown}, {@code details_missing} and {@code details_error}, and of
 *     what looks showed, {@code unused_since} and {@code used_before}
 * @param doubts what is asked only about what would be waste but for the answer
 * @param use when it is used, as discoveries see it; null where they do not look
 * @param checks in the order in which they are told
 * @param remediations what can be done about it
 * @param settings of its region, which each resource carries
 * @param parts what it is made of that is a kind of its own; null where it is not
 * @param carried which tags go on what is made again of it
 * @param namings what may name it
 * @param referrers of those, and of what is asked in doubt: whom a step that takes it away asks
 */
public record Kind(
    String id,
    String title,
    String service,
    Scope scope,
    Description described,
    List<String> actions,
    List<Metric> metrics,
    List<Attribute<?>> attributes,
    List<Detail> doubts,
    Use.@Nullable Rule use,
    Cost cost,
    List<WasteCheck> checks,
    List<Remediation> remediations,
    List<RegionSetting> settings,
    @Nullable Parts parts,
    CarriedTags carried,
    List<Naming> namings,
    Set<Referrer> referrers) {

  /**
   * What a resource is estimated to cost a month at list price; empty where the book cannot tell.
   * What the book does not know is never priced as something that it knows.
   */
  @FunctionalInterface
  public interface Cost {
    Optional<Quote> monthly(Resource resource, PriceBook prices);
  }

  /** What its checks may need of its row. */
  public record OfChecks(String id, Cost cost, List<Metric> metrics) {
    public OfChecks {
      metrics = List.copyOf(metrics);
    }

    /** Those of the ids. */
    public List<Metric> metrics(List<String> ids) {
      return metrics.stream().filter(metric -> ids.contains(metric.id())).toList();
    }
  }

  /** Whether each region is asked, or the account once. */
  public enum Scope {
    REGIONAL,
    GLOBAL
  }

  /** Where the coverage record keeps the kinds that have no region. */
  public static final String GLOBAL_PLACE = "global";

  /** Where the coverage record keeps this kind's resources of the region. */
  public String place(String region) {
    return scope == Scope.GLOBAL ? GLOBAL_PLACE : region;
  }

  public Kind {
    actions = List.copyOf(actions);
    metrics = List.copyOf(metrics);
    attributes = List.copyOf(attributes);
    doubts = List.copyOf(doubts);
    checks = List.copyOf(checks);
    remediations = List.copyOf(remediations);
    settings = List.copyOf(settings);
    namings = List.copyOf(namings);
    referrers = Collections.unmodifiableSet(new LinkedHashSet<>(referrers));
  }

  public Tags tags() {
    return described.tags();
  }

  public Optional<Metric> metric(String metric) {
    return metrics.stream().filter(m -> m.id().equals(metric)).findFirst();
  }

  /**
   * A kind that each region is asked for.
   *
   * @param action service and operation that list it
   */
  public static KindRow regional(String id, String title, String action) {
    return new KindRow(id, title, Scope.REGIONAL, Call.of(action));
  }

  /** A kind that an account is asked for once. */
  public static KindRow global(String id, String title, Call call) {
    return new KindRow(id, title, Scope.GLOBAL, call);
  }
}
