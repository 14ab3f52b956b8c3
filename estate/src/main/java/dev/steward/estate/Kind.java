package dev.steward.estate;

import dev.steward.estate.price.Quote;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
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
  public static Row regional(String id, String title, String action) {
    return new Row(id, title, Scope.REGIONAL, Call.of(action));
  }

  /** A kind that an account is asked for once. */
  public static Row global(String id, String title, Call call) {
    return new Row(id, title, Scope.GLOBAL, call);
  }

  /** A row being written. */
  public static final class Row {
    private final String id;
    private final String title;
    private final Scope scope;
    private final Call call;
    private Map<String, Object> ask = Map.of();
    private String items = "";
    private Path key = Path.at("");
    private @Nullable Path name;
    private @Nullable Path state;
    private @Nullable Path created;
    private Description.@Nullable Place place;
    private Paging paging = Paging.NONE;
    private Description.Again again = Description.Again.NEVER;
    private Set<String> gone = Set.of();
    private Set<String> going = Set.of();
    private @Nullable Tags tags;
    private final List<Detail> details = new ArrayList<>();
    private final List<Detail> doubts = new ArrayList<>();
    private final List<Attribute<?>> attributes = new ArrayList<>();
    private final List<Metric> metrics = new ArrayList<>();
    private Use.@Nullable Rule use;
    private @Nullable Cost cost;
    private final List<WasteCheck.Row> checks = new ArrayList<>();
    private final List<Remediation.Row> remediations = new ArrayList<>();
    private final List<RegionSetting> settings = new ArrayList<>();
    private @Nullable Parts parts;
    private CarriedTags carried = CarriedTags.MOST_SERVICES;
    private final List<Naming> namings = new ArrayList<>();
    private final Set<Referrer> referrers = new LinkedHashSet<>();

    private Row(String id, String title, Scope scope, Call call) {
      this.id = id;
      this.title = title;
      this.scope = scope;
      this.call = call;
    }

    /** Where the answer has the resources. */
    public Row lists(String path) {
      items = path;
      return this;
    }

    public Row asking(Map<String, Object> parameters) {
      ask = parameters;
      return this;
    }

    public Row id(String path) {
      key = Path.at(path);
      return this;
    }

    /** Where the listing has more than what names it. */
    public Row id(Path path) {
      key = path;
      return this;
    }

    public Row name(String path) {
      name = Path.at(path);
      return this;
    }

    public Row state(String path) {
      state = Path.at(path);
      return this;
    }

    public Row created(String path) {
      created = Path.at(path);
      return this;
    }

    /** For listings of several regions. */
    public Row in(
        String path, Detail otherwise, String answer, Function<Object, @Nullable Object> as) {
      place = new Description.Place(path, otherwise, new Path(answer, as));
      return this;
    }

    public Row pages(Paging how) {
      paging = how;
      return this;
    }

    /** One is read again by the same operation, which takes its id in this parameter. */
    public Row again(String parameter) {
      again = new Description.Again.Asked(parameter);
      return this;
    }

    /** One is read again by its details alone. */
    public Row againItself(String item) {
      again = new Description.Again.Itself(item);
      return this;
    }

    /** States in which AWS still lists what is gone. */
    public Row goneIn(String... states) {
      gone = Set.of(states);
      return this;
    }

    /** States in which it counts as gone when a step looks again. */
    public Row goingIn(String... states) {
      going = Set.of(states);
      return this;
    }

    public Row tags(Tags how) {
      tags = how;
      return this;
    }

    public Row detail(Detail detail) {
      details.add(detail);
      return this;
    }

    /**
     * A question that a scan asks about what would be waste but for the answer: it may take a call
     * for each resource, and most are never in doubt. Its parameters are made of {@code id}.
     */
    public Row inDoubt(Detail detail) {
      doubts.add(detail);
      return this;
    }

    /** The same of who else may use it, which a step that takes it away asks again. */
    public Row inDoubt(Referrer who, Detail detail) {
      referrers.add(who);
      return inDoubt(detail);
    }

    /** The attribute of another kind that may name it. */
    public Row namedBy(Referrer who, String kind, Attribute<List<String>> attribute) {
      referrers.add(who);
      namings.add(new Naming(who, kind, attribute));
      return this;
    }

    public Row knows(Attribute<?>... known) {
      attributes.addAll(List.of(known));
      return this;
    }

    public Row measures(Metric.Row... measured) {
      for (Metric.Row metric : measured) metrics.add(metric.row());
      return this;
    }

    /** Used or not, as its own listing shows. */
    public Row used(Function<Resource, Use> look) {
      use = new Use.Rule(List.of(), (resource, sight) -> look.apply(resource));
      return this;
    }

    /** Used or not, as the listing of another kind shows. */
    public Row usedBy(String kind, BiFunction<Resource, Sight, Use> look) {
      return usedBy(List.of(kind), look);
    }

    /** Used or not, as the listings of others show together. */
    public Row usedBy(List<String> kinds, BiFunction<Resource, Sight, Use> look) {
      use = new Use.Rule(kinds, look);
      return this;
    }

    public Row costs(Cost monthly) {
      cost = monthly;
      return this;
    }

    /** It costs nothing itself; what it is made of is priced as kinds of its own. */
    public Row costsNothing() {
      return costs((resource, prices) -> Optional.of(Quote.NOTHING));
    }

    /** It costs, and the book cannot tell how much. */
    public Row costsUnknown() {
      return costs((resource, prices) -> Optional.empty());
    }

    public Row check(WasteCheck.Row check) {
      checks.add(check);
      return this;
    }

    public Row action(Remediation.Row remediation) {
      remediations.add(remediation);
      return this;
    }

    /** Each resource carries what its region says of all of them. */
    public Row setBy(RegionSetting setting) {
      settings.add(setting);
      return this;
    }

    public Row madeOf(Parts of) {
      parts = of;
      return this;
    }

    /** Which tags go on what is made again of it, where that is not as with most services. */
    public Row carries(CarriedTags which) {
      carried = which;
      return this;
    }

    public Kind row() {
      if (tags == null) throw new IllegalArgumentException(id + ": how are its tags read?");
      if (cost == null) throw new IllegalArgumentException(id + ": what does it cost?");
      LinkedHashSet<String> actions = new LinkedHashSet<>(List.of(call.iam()));
      if (place != null) actions.add(place.otherwise().call().iam());
      details.forEach(detail -> actions.add(detail.call().iam()));
      doubts.forEach(detail -> actions.add(detail.call().iam()));
      tags.action().ifPresent(actions::add);
      List<Attribute<?>> all = new ArrayList<>(attributes);
      details.forEach(detail -> all.addAll(detail.attributes()));
      doubts.forEach(detail -> all.addAll(detail.attributes()));
      Description described =
          new Description(
              call,
              ask,
              items,
              key,
              name,
              state,
              created,
              place,
              paging,
              again,
              gone,
              going,
              tags,
              details,
              attributes);
      OfChecks judged = new OfChecks(id, cost, metrics);
      Remediation.OfKind of = new Remediation.OfKind(id, cost, parts, carried, referrers);
      return new Kind(
          id,
          title,
          call.service(),
          scope,
          described,
          List.copyOf(actions),
          metrics,
          all,
          doubts,
          use,
          cost,
          checks.stream().map(check -> check.of(judged)).toList(),
          remediations.stream().map(remediation -> remediation.of(of)).toList(),
          settings,
          parts,
          carried,
          namings,
          referrers);
    }
  }
}
