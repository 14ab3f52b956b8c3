package dev.steward.estate;

import dev.steward.estate.Remediation.MadeAgain;
import dev.steward.estate.Remediation.Refusal;
import dev.steward.estate.Remediation.Row;
import dev.steward.estate.Remediation.Terms;
import dev.steward.estate.Remediation.Value;
import dev.steward.model.Risk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An action being written. */
public final class RemediationDraft {
  final String id;
  final String title;
  final Risk risk;
  boolean undoable;
  String how = "";
  @Nullable Parameter given;
  @Nullable Terms otherwise;
  final Set<String> iam = new LinkedHashSet<>();
  List<String> states = List.of();
  List<Attribute<?>> watches = List.of();
  final Map<String, Value> after = new LinkedHashMap<>();
  List<Attribute<?>> passing = List.of();
  List<Parameter> parameters = List.of();
  boolean usage;
  boolean held;
  boolean cleanup;
  List<Referrer> referrers = List.of();
  @Nullable KeyUse keys;
  @Nullable Kept keeps;
  final List<Refusal> refusals = new ArrayList<>();
  final List<Loss.Row> losses = new ArrayList<>();
  @Nullable MadeAgain again;
  @Nullable MadeEncrypted encrypted;

  RemediationDraft(String id, String title, Risk risk) {
    this.id = id;
    this.title = title;
    this.risk = risk;
  }

  public RemediationDraft undoneBy(String way) {
    undoable = true;
    how = way;
    return this;
  }

  public RemediationDraft notUndone(String why) {
    how = why;
    return this;
  }

  /** Other terms where this parameter is given. */
  public RemediationDraft undoneWhere(Parameter is, Risk then, String way) {
    given = is;
    otherwise = new Terms(then, true, way);
    return this;
  }

  /** IAM actions, its undo's among them. */
  public RemediationDraft needs(String... actions) {
    iam.addAll(List.of(actions));
    return this;
  }

  /** States in which the resource must be. */
  public RemediationDraft in(String... allowed) {
    states = List.of(allowed);
    return this;
  }

  /** Attributes that must be as they were planned. */
  public RemediationDraft watching(Attribute<?>... attributes) {
    watches = List.of(attributes);
    return this;
  }

  public RemediationDraft taking(Parameter... taken) {
    parameters = List.of(taken);
    return this;
  }

  public RemediationDraft takesAway() {
    after.put(Remediation.PRESENT, (resource, given) -> "false");
    return this;
  }

  public RemediationDraft leavesIn(String state) {
    after.put(Remediation.STATE, (resource, given) -> state);
    return this;
  }

  public RemediationDraft leaves(Attribute<?> attribute, String as) {
    return leaves(attribute, (resource, given) -> as);
  }

  public RemediationDraft leaves(Attribute<?> attribute, Value as) {
    after.put(attribute.name(), as);
    return this;
  }

  /** Attributes that change on its way, and that it does not leave as something that is planned. */
  public RemediationDraft changing(Attribute<?>... attributes) {
    passing = List.of(attributes);
    return this;
  }

  /** Only while the last day's metrics show that nobody uses it. */
  public RemediationDraft unused() {
    usage = true;
    return this;
  }

  /**
   * AWS takes it back by itself after some days; it is done again until that is no longer wanted.
   */
  public RemediationDraft isHeld() {
    held = true;
    return this;
  }

  /** It is what cleaning up means for its kind. */
  public RemediationDraft cleansUp() {
    cleanup = true;
    return this;
  }

  /** Beside what the row of its kind names. */
  public RemediationDraft referredToBy(Referrer... who) {
    referrers = List.of(who);
    return this;
  }

  public RemediationDraft keys(KeyUse use) {
    keys = use;
    return this;
  }

  public RemediationDraft keeps(Kept kept) {
    keeps = kept;
    return this;
  }

  public RemediationDraft refusedWhere(When when, String why) {
    refusals.add(new Refusal(when, why));
    return this;
  }

  /**
   * @param fields as in {@link Loss}
   */
  public RemediationDraft loses(String says, String... fields) {
    return losesWhere(When.ALWAYS, says, fields);
  }

  public RemediationDraft losesWhere(When when, String says, String... fields) {
    return losesWhere(when, Risk.LOW, says, fields);
  }

  /**
   * @param least risk of a step with this loss
   */
  public RemediationDraft losesWhere(When when, Risk least, String says, String... fields) {
    losses.add(new Loss.Row(when, least, new Loss(says, List.of(fields))));
    return this;
  }

  /**
   * Its undo makes anew what it took away.
   *
   * @param thing as the describe calls name it
   */
  public RemediationDraft madeAgain(String thing) {
    return madeAgainWhere(When.ALWAYS, thing);
  }

  public RemediationDraft madeAgainWhere(When when, String thing) {
    again = new MadeAgain(thing, when);
    return this;
  }

  public RemediationDraft madeEncrypted(MadeEncrypted made) {
    encrypted = made;
    return this;
  }

  /** With what it shares with other actions. */
  public RemediationDraft with(UnaryOperator<RemediationDraft> shared) {
    return shared.apply(this);
  }

  /** What ends, stays and begins; the row is done. */
  public Row money(StepMoney.Rule rule) {
    return new Row(this, rule);
  }
}
