package dev.steward.estate;

import dev.steward.model.Fact;
import dev.steward.model.MoneyPart;
import dev.steward.model.Resource;
import dev.steward.model.Risk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A change that Steward may carry out once it was approved: the only place where its facts stand.
 * It is part of its kind's row; the plan and its preconditions, the session policy, the
 * CloudFormation template, {@code /waste/kinds} and the tests are derived from it. How it is
 * carried out is found by its id.
 */
public final class Remediation {
  /** The fact that says whether the resource is there. */
  public static final String PRESENT = "present";

  /** The fact that is no attribute. */
  static final String STATE = "state";

  /**
   * @param how it is undone; why it cannot be, where it cannot
   */
  public record Terms(Risk risk, boolean undoable, String how) {}

  /** What an attribute is afterwards; pure. */
  @FunctionalInterface
  public interface Value {
    /** Null where it is not known, and not planned. */
    @Nullable String of(Resource resource, Map<String, String> parameters);
  }

  /** Why the action is not for a resource. */
  record Refusal(When when, String why) {}

  /**
   * What an undo makes anew, and what of the tags it cannot carry is lost.
   *
   * @param thing as the describe calls name it
   */
  record MadeAgain(String thing, When when) {}

  /** A finished row; its kind is that in whose row it stands. */
  public static final class Row {
    private final RemediationDraft draft;
    private final StepMoney.Rule money;

    Row(RemediationDraft draft, StepMoney.Rule money) {
      this.draft = draft;
      this.money = money;
    }

    Remediation of(OfKind kind) {
      return new Remediation(draft, money, kind);
    }
  }

  /** What an action takes from the row of its kind. */
  record OfKind(
      String id,
      Kind.Cost cost,
      @Nullable Parts parts,
      CarriedTags tags,
      Set<Referrer> referrers) {}

  private final OfKind of;
  private final String id;
  private final String title;
  private final Terms terms;
  private final @Nullable Parameter given;
  private final Terms otherwise;
  private final List<String> iam;
  private final List<String> states;
  private final List<String> watches;
  private final Map<String, Value> after;
  private final Set<String> changes;
  private final Map<String, Parameter> parameters;
  private final boolean usage;
  private final boolean held;
  private final boolean cleanup;
  private final Set<Referrer> referrers;
  private final Optional<KeyUse> keys;
  private final Optional<Kept> keeps;
  private final List<Refusal> refusals;
  private final List<Loss.Row> losses;
  private final Optional<MadeAgain> again;
  private final Optional<MadeEncrypted> encrypted;
  private final StepMoney.Rule money;

  private Remediation(RemediationDraft draft, StepMoney.Rule money, OfKind kind) {
    if (draft.how.isEmpty())
      throw new IllegalArgumentException(draft.id + ": how is it undone, or why not?");
    of = kind;
    id = draft.id;
    title = draft.title;
    terms = new Terms(draft.risk, draft.undoable, draft.how);
    given = draft.given;
    otherwise = draft.otherwise == null ? terms : draft.otherwise;
    states = List.copyOf(draft.states);
    watches = draft.watches.stream().map(Attribute::name).toList();
    after = new LinkedHashMap<>(draft.after);
    changes = new TreeSet<>(draft.after.keySet());
    changes.add(STATE);
    draft.passing.forEach(attribute -> changes.add(attribute.name()));
    parameters = new LinkedHashMap<>();
    draft.parameters.forEach(parameter -> parameters.put(parameter.name(), parameter));
    usage = draft.usage;
    held = draft.held;
    cleanup = draft.cleanup;
    referrers = new LinkedHashSet<>(draft.referrers);
    // What a scan asks is asked again before the resource goes.
    if (draft.after.containsKey(PRESENT)) referrers.addAll(kind.referrers());
    keys = Optional.ofNullable(draft.keys);
    keeps = Optional.ofNullable(draft.keeps);
    refusals = List.copyOf(draft.refusals);
    losses = List.copyOf(draft.losses);
    again = Optional.ofNullable(draft.again);
    encrypted = Optional.ofNullable(draft.encrypted);
    this.money = money;
    iam = iam(draft.iam);
  }

  /**
   * Its own, then those that reading what refers to it needs, those that remove what was kept for
   * its undo, and those on the keys of what is encrypted.
   */
  private List<String> iam(Set<String> own) {
    TreeSet<String> more = new TreeSet<>();
    referrers.forEach(referrer -> more.addAll(referrer.iam()));
    keeps.ifPresent(kept -> more.addAll(kept.iam()));
    keys.ifPresent(use -> more.addAll(use.iam()));
    more.removeAll(own);
    List<String> all = new ArrayList<>(own);
    all.addAll(more);
    return List.copyOf(all);
  }

  /** An action being written; it ends with its money, without which there is no row. */
  public static RemediationDraft of(String id, String title, Risk risk) {
    return new RemediationDraft(id, title, risk);
  }

  public String id() {
    return id;
  }

  public String title() {
    return title;
  }

  /** The kind of resource that it is for. */
  public String kind() {
    return of.id();
  }

  public Risk risk() {
    return terms.risk();
  }

  public boolean undoable() {
    return terms.undoable();
  }

  /** How it is undone; why it cannot be, where it cannot. */
  public String undo() {
    return terms.how();
  }

  /** Its risk and undo under these parameters. */
  public Terms terms(Map<String, String> given) {
    return this.given != null && this.given.isGiven(given) ? otherwise : terms;
  }

  /** The IAM actions that it needs beside those that list the kind, its undo's among them. */
  public List<String> actions() {
    return iam;
  }

  /** In which the resource must be; empty where it has none. */
  public List<String> states() {
    return states;
  }

  /** Attributes that must be as they were planned; tags always must. */
  public List<String> watches() {
    return watches;
  }

  /** What it says of the resource afterwards. */
  public Set<String> after() {
    return after.keySet();
  }

  /** The resource afterwards under these parameters, by fact. */
  public Map<String, String> after(Resource resource, Map<String, String> given) {
    Map<String, String> facts = new TreeMap<>();
    after.forEach((fact, value) -> {
      String then = value.of(resource, given);
      if (then != null) facts.put(fact, then);
    });
    return facts;
  }

  /** The facts that the action itself changes, beside which none may differ from the plan. */
  public Set<String> changes() {
    return changes;
  }

  /** What may be said when it is asked for, by name. */
  public Map<String, Parameter> parameters() {
    return parameters;
  }

  /** Whether the last day's metrics must show that nobody uses the resource. */
  public boolean usage() {
    return usage;
  }

  /** Whether AWS takes it back by itself after some days, so that it is done again. */
  public boolean isHeld() {
    return held;
  }

  /** Whether it is what cleaning up means for its kind. */
  public boolean cleansUp() {
    return cleanup;
  }

  /** What may refer to the resource, and is read before the action. */
  public Set<Referrer> referrers() {
    return referrers;
  }

  public Optional<KeyUse> keys() {
    return keys;
  }

  /**
   * The keys that it and its undo use, for who decides; empty where it uses none, and {@code
   * unknown} among them where not all are known.
   */
  public List<String> keys(Resource resource, Map<String, String> given, Beside beside) {
    if (keys.isEmpty() || !keys.get().under(given)) return List.of();
    TreeSet<String> used = keys.get().of(resource, of.parts(), beside);
    encrypted.flatMap(made -> made.key(resource, given)).ifPresent(used::add);
    return keys.get().planned(used, given);
  }

  /** What it keeps for its undo. */
  public Optional<Kept> keeps() {
    return keeps;
  }

  /** What may come back encrypted. */
  public Optional<MadeEncrypted> encrypted() {
    return encrypted;
  }

  /**
   * What AWS would refuse, or what could not be put back: why the action is not for this resource
   * as it is; empty when nothing speaks against it.
   */
  public List<String> refusals(Resource resource, Map<String, String> given) {
    return refusals.stream()
        .filter(refusal -> refusal.when().holds(resource, given))
        .map(Refusal::why)
        .toList();
  }

  /** What it loses of this resource. */
  public List<Loss> losses(Resource resource, Map<String, String> given) {
    List<Loss> lost = new ArrayList<>();
    for (Loss.Row row : losses) if (row.when().holds(resource, given)) lost.add(row.loss());
    encrypted.flatMap(made -> made.loss(resource, given)).ifPresent(lost::add);
    again
        .filter(made -> made.when().holds(resource, given))
        .ifPresent(made -> tags(made.thing(), resource.tags(), lost));
    return lost;
  }

  /** Tags that what is made again cannot carry. */
  private void tags(String thing, Map<String, String> tags, List<Loss> into) {
    tags(
        thing,
        "tags that AWS keeps to itself are not put on it again: ",
        of.tags().reserved(tags),
        into);
    tags(
        thing,
        "AWS takes 50 tags, and one is the undo's mark, so that it lacks: ",
        of.tags().beyond(tags, Kept.UNDO_TAG),
        into);
  }

  private static void tags(String thing, String says, List<String> keys, List<Loss> into) {
    if (!keys.isEmpty())
      into.add(
          new Loss(
              says + String.join(", ", keys),
              keys.stream().map(key -> thing + ".Tags." + key).toList()));
  }

  /** How risky it is on this resource, with what it loses. */
  public Risk risk(Resource resource, Map<String, String> given) {
    return losses.stream()
        .filter(row -> row.when().holds(resource, given))
        .map(Loss.Row::risk)
        .reduce(terms(given).risk(), Risk::or);
  }

  /** What its parameters are where nothing is said, by what a finding's evidence recommends. */
  public Map<String, String> standards(Map<String, Fact> evidence) {
    Map<String, String> values = new TreeMap<>();
    parameters.forEach((name, parameter) -> {
      Fact better = evidence.get(parameter.recommended());
      values.put(name, better == null ? parameter.standard() : better.toString());
    });
    return values;
  }

  /** Whether it is for the resource in its state. */
  public boolean isIn(Resource resource) {
    return states.isEmpty() || states.contains(String.valueOf(resource.state()));
  }

  /** Whether it could be planned for the resource as it is, by what the evidence recommends. */
  public boolean suits(Resource resource, Map<String, Fact> evidence) {
    return isIn(resource) && refusals(resource, standards(evidence)).isEmpty();
  }

  /** What it ends, leaves and begins, at list price. */
  public List<MoneyPart> money(
      PriceBook prices, Resource resource, Map<String, String> given, Beside beside) {
    return new StepMoney(prices, of.cost(), resource, given, beside).told(money);
  }

  @Override
  public String toString() {
    return id;
  }
}
