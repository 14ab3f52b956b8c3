package dev.steward.estate;

import dev.steward.estate.price.Quote;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The row of a kind, being written; {@link Kind} says what it is in the end. */
public final class KindRow {
  private final String id;
  private final String title;
  private final Kind.Scope scope;
  private final Call call;
  private @Nullable Parents parents;
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
  private final List<BatchedDetail> batches = new ArrayList<>();
  private final List<Detail> details = new ArrayList<>();
  private final List<Detail> doubts = new ArrayList<>();
  private final List<Attribute<?>> attributes = new ArrayList<>();
  private final List<Metric> metrics = new ArrayList<>();
  private Use.@Nullable Rule use;
  private Kind.@Nullable Cost cost;
  private final List<WasteCheck.Row> checks = new ArrayList<>();
  private final List<Remediation.Row> remediations = new ArrayList<>();
  private final List<RegionSetting> settings = new ArrayList<>();
  private @Nullable Parts parts;
  private CarriedTags carried = CarriedTags.MOST_SERVICES;
  private final List<Naming> namings = new ArrayList<>();
  private final Set<Referrer> referrers = new LinkedHashSet<>();

  KindRow(String id, String title, Kind.Scope scope, Call call) {
    this.id = id;
    this.title = title;
    this.scope = scope;
    this.call = call;
  }

  /** It is listed under each of these. */
  public KindRow each(Parents of) {
    parents = of;
    return this;
  }

  /** Where the answer has the resources. */
  public KindRow lists(String path) {
    items = path;
    return this;
  }

  public KindRow asking(Map<String, Object> parameters) {
    ask = parameters;
    return this;
  }

  public KindRow id(String path) {
    key = Path.at(path);
    return this;
  }

  /** Where the listing has more than what names it. */
  public KindRow id(Path path) {
    key = path;
    return this;
  }

  public KindRow name(String path) {
    name = Path.at(path);
    return this;
  }

  public KindRow state(String path) {
    state = Path.at(path);
    return this;
  }

  public KindRow created(String path) {
    created = Path.at(path);
    return this;
  }

  /** For listings of several regions. */
  public KindRow in(
      String path, Detail otherwise, String answer, Function<Object, @Nullable Object> as) {
    place = new Description.Place(path, otherwise, new Path(answer, as));
    return this;
  }

  public KindRow pages(Paging how) {
    paging = how;
    return this;
  }

  /** One is read again by the same operation, which takes its id in this parameter. */
  public KindRow again(String parameter) {
    again = new Description.Again.Asked(parameter);
    return this;
  }

  /** One is read again by its details alone. */
  public KindRow againItself(String item) {
    again = new Description.Again.Itself(item);
    return this;
  }

  /** States in which AWS still lists what is gone. */
  public KindRow goneIn(String... states) {
    gone = Set.of(states);
    return this;
  }

  /** States in which it counts as gone when a step looks again. */
  public KindRow goingIn(String... states) {
    going = Set.of(states);
    return this;
  }

  public KindRow tags(Tags how) {
    tags = how;
    return this;
  }

  /** What the listing names is asked about, many at a time, before anything else is. */
  public KindRow then(BatchedDetail batch) {
    batches.add(batch);
    return this;
  }

  public KindRow detail(Detail detail) {
    details.add(detail);
    return this;
  }

  /**
   * A question that a scan asks about what would be waste but for the answer: it may take a call
   * for each resource, and most are never in doubt. Its parameters are made of {@code id}.
   */
  public KindRow inDoubt(Detail detail) {
    doubts.add(detail);
    return this;
  }

  /** The same of who else may use it, which a step that takes it away asks again. */
  public KindRow inDoubt(Referrer who, Detail detail) {
    referrers.add(who);
    return inDoubt(detail);
  }

  /** The attribute of another kind that may name it. */
  public KindRow namedBy(Referrer who, String kind, Attribute<List<String>> attribute) {
    referrers.add(who);
    namings.add(new Naming(who, kind, attribute));
    return this;
  }

  public KindRow knows(Attribute<?>... known) {
    attributes.addAll(List.of(known));
    return this;
  }

  public KindRow measures(Metric.Row... measured) {
    for (Metric.Row metric : measured) metrics.add(metric.row());
    return this;
  }

  /** Used or not, as its own listing shows. */
  public KindRow used(Function<Resource, Use> look) {
    use = new Use.Rule(List.of(), (resource, sight) -> look.apply(resource));
    return this;
  }

  /** Used or not, as the listing of another kind shows. */
  public KindRow usedBy(String kind, BiFunction<Resource, Sight, Use> look) {
    return usedBy(List.of(kind), look);
  }

  /** Used or not, as the listings of others show together. */
  public KindRow usedBy(List<String> kinds, BiFunction<Resource, Sight, Use> look) {
    use = new Use.Rule(kinds, look);
    return this;
  }

  public KindRow costs(Kind.Cost monthly) {
    cost = monthly;
    return this;
  }

  /** It costs nothing itself; what it is made of is priced as kinds of its own. */
  public KindRow costsNothing() {
    return costs((resource, prices) -> Optional.of(Quote.NOTHING));
  }

  /** It costs, and the book cannot tell how much. */
  public KindRow costsUnknown() {
    return costs((resource, prices) -> Optional.empty());
  }

  public KindRow check(WasteCheck.Row check) {
    checks.add(check);
    return this;
  }

  public KindRow action(Remediation.Row remediation) {
    remediations.add(remediation);
    return this;
  }

  /** Each resource carries what its region says of all of them. */
  public KindRow setBy(RegionSetting setting) {
    settings.add(setting);
    return this;
  }

  public KindRow madeOf(Parts of) {
    parts = of;
    return this;
  }

  /** Which tags go on what is made again of it, where that is not as with most services. */
  public KindRow carries(CarriedTags which) {
    carried = which;
    return this;
  }

  public Kind row() {
    if (tags == null) throw new IllegalArgumentException(id + ": how are its tags read?");
    if (cost == null) throw new IllegalArgumentException(id + ": what does it cost?");
    if (tags instanceof Tags.Batched batched
        && batched.silence() == Tags.Silence.MEANS_NONE
        && TaggingApi.SILENT_ABOUT.contains(call.service()))
      throw new IllegalArgumentException(id + ": the tagging API does not know its tags");
    LinkedHashSet<String> actions = new LinkedHashSet<>(List.of(call.iam()));
    if (parents != null) actions.add(parents.call().iam());
    batches.forEach(batch -> actions.add(batch.call().iam()));
    if (place != null) actions.add(place.otherwise().call().iam());
    details.forEach(detail -> actions.add(detail.call().iam()));
    doubts.forEach(detail -> actions.add(detail.call().iam()));
    actions.addAll(tags.actions());
    List<Attribute<?>> all = new ArrayList<>(attributes);
    batches.forEach(batch -> all.addAll(batch.attributes()));
    details.forEach(detail -> all.addAll(detail.attributes()));
    doubts.forEach(detail -> all.addAll(detail.attributes()));
    Description described =
        new Description(
            call,
            parents,
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
            batches,
            details,
            attributes);
    Kind.OfChecks judged = new Kind.OfChecks(id, cost, metrics);
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
