package dev.steward.domain.governance.desk;

import dev.steward.domain.governance.change.ChangeMachine;
import dev.steward.domain.governance.change.UndoTerm;
import dev.steward.estate.Kept;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.estate.price.Quote;
import dev.steward.model.Change;
import dev.steward.model.Change.Status;
import dev.steward.model.Change.Step;
import dev.steward.model.Change.Step.State;
import dev.steward.model.ChangeId;
import dev.steward.model.Money;
import dev.steward.model.MoneySum;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import dev.steward.model.SavingsEntry.Stage;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes down what became of the steps of a change. Each may be told twice. */
public final class StepDesk {
  private static final String PLATFORM = "steward";
  private final Office office;

  public StepDesk(Office office) {
    this.office = office;
  }

  /**
   * How a step's resource was found.
   *
   * @param drift what is no longer as it was planned
   * @param recipe what an undo will need
   * @param failure why it could not be read
   */
  public record Checked(List<String> drift, Map<String, String> recipe, @Nullable String failure) {}

  /** A resource was read. One that drifted is never touched; doubt means no. */
  public void checked(Transaction t, ChangeId id, int number, Checked found) {
    Change change = change(t, id);
    if (change == null || !change.step(number).state().isOpen()) return;
    Step step = change.step(number);
    Instant now = office.now();
    boolean early = change.progress().status() == Status.GRACE;
    if (found.failure() != null)
      keep(
          t,
          early
              // It is read again right before the step.
              ? change.with(step.unread(found.failure(), now))
              : change.with(step.is(State.FAILED, "could not be read: " + found.failure())),
          number,
          "step.unread",
          found.failure());
    else if (!found.drift().isEmpty())
      keep(
          t,
          change.with(
              step.is(
                  early ? State.CANCELLED : State.SKIPPED,
                  (early ? "came back into use or changed: " : "drifted: ")
                      + String.join("; ", found.drift()))),
          number,
          early ? "step.cancelled" : "step.skipped",
          String.join("; ", found.drift()));
    else t.put(Tables.CHANGES, change.with(step.checked(found.recipe(), now)));
  }

  /** In a step's recipe: when the first call that changes anything was let go. */
  private static final String BEGUN = "begun_at";

  /** Whether something of the step may have been done, whichever run of a workflow did it. */
  public static boolean hasBegun(Step step) {
    return step.recipe().containsKey(BEGUN);
  }

  /** The undo's word where the step failed before its first call that changes anything. */
  public static final String NOTHING_BEGUN = "nothing was begun";

  /** Written down before the first call that changes anything. */
  public void begun(Transaction t, ChangeId id, int number) {
    Change change = change(t, id);
    if (change == null || change.step(number).state() != State.ARMED) return;
    Step step = change.step(number);
    if (hasBegun(step)) return;
    Map<String, String> recipe = new TreeMap<>(step.recipe());
    recipe.put(BEGUN, office.now().toString());
    t.put(Tables.CHANGES, change.with(step.with(recipe, step.detail())));
  }

  /** How an execution ended. */
  public enum Outcome {
    DONE,
    DRIFTED,
    FAILED
  }

  /** A step was carried out, or not. */
  public void executed(
      Transaction t,
      ChangeId id,
      int number,
      Outcome outcome,
      Map<String, String> recipe,
      String detail) {
    Change change = change(t, id);
    if (change == null || change.step(number).state() != State.ARMED) return;
    Step step = change.step(number);
    Map<String, String> whole = new TreeMap<>(step.recipe());
    whole.putAll(recipe);
    switch (outcome) {
      case DONE -> {
        Change done =
            keep(
                t,
                change.with(step.done(whole, detail, office.now())),
                number,
                "step.done",
                detail);
        PlanStep planned = done.planned(number);
        Ledger.enter(
            t, done, planned, Stage.EXECUTED, planned.saving(), Ledger.LIST_PRICE, 0, office.now());
      }
      case DRIFTED ->
          keep(
              t,
              change.with(step.is(State.SKIPPED, "drifted: " + detail)),
              number,
              "step.skipped",
              detail);
      case FAILED ->
          keep(t, change.with(step.is(State.BROKEN, detail)), number, "step.failed", detail);
    }
  }

  /** A step was put back, or what a failed one had begun. */
  public void undone(Transaction t, ChangeId id, int number, boolean back, String detail) {
    Change change = change(t, id);
    if (change == null) return;
    Step step = change.step(number);
    if (step.state() == State.BROKEN) {
      keep(
          t,
          change.with(step.is(State.FAILED, step.detail() + "; " + putBack(back, detail))),
          number,
          back ? "step.unwound" : "step.unwind_failed",
          detail);
      return;
    }
    if (step.state() != State.DONE) return;
    Change after =
        keep(
            t,
            change.with(
                back
                    ? step.undone(detail, office.now())
                    : step.is(State.UNDO_FAILED, "could not be undone: " + detail)),
            number,
            back ? "step.undone" : "step.undo_failed",
            detail);
    PlanStep planned = after.planned(number);
    if (back)
      Ledger.enter(
          t,
          after,
          planned,
          Stage.REALISED,
          Ledger.negative(planned.saving()),
          Ledger.UNDONE,
          999,
          office.now());
  }

  private static String putBack(boolean back, String detail) {
    if (!back) return "and what was begun could not be put back: " + detail;
    return detail.equals(NOTHING_BEGUN) ? detail : "what was begun was put back";
  }

  /**
   * A stopped database was looked at.
   *
   * @param released somebody has started it on purpose, so it is let go
   * @param again AWS had started it, and it was stopped again
   */
  public void held(
      Transaction t, ChangeId id, int number, boolean released, boolean again, String detail) {
    Change change = change(t, id);
    if (change == null || change.step(number).state() != State.DONE) return;
    Step step = change.step(number);
    Map<String, String> recipe = new TreeMap<>(step.recipe());
    recipe.put("held_at", office.now().toString());
    if (released) recipe.put("hold", "released");
    if (again) recipe.put("stopped_at", office.now().toString());
    keep(
        t,
        change.with(step.with(recipe, detail)),
        number,
        released ? "step.released" : "step.held",
        detail);
  }

  /**
   * What a step was seen to save.
   *
   * @param monthly a month's; negative where the resource came back
   * @param basis cost_explorer or verified_state
   */
  public record Measured(int step, @Nullable Money monthly, String basis) {}

  /** A measurement of all steps that are done. */
  public void measured(Transaction t, ChangeId id, int measurement, List<Measured> values) {
    Change change = change(t, id);
    if (change == null || change.progress().measured() >= measurement) return;
    int day = ChangeMachine.MEASUREMENTS.get(measurement - 1);
    MoneySum total = MoneySum.of(values.stream(), Measured::monthly);
    for (Measured value : values) {
      Ledger.enter(
          t,
          change,
          change.planned(value.step()),
          Stage.REALISED,
          value.monthly(),
          value.basis(),
          day,
          office.now());
    }
    Change after =
        change
            .with(change.progress().measured(measurement))
            .noted(
                office.now(),
                PLATFORM,
                "measured",
                total.monthly() + " after " + day + (day == 1 ? " day" : " days"));
    t.put(Tables.CHANGES, after);
    office.tell(
        t,
        after.organization(),
        PLATFORM,
        "change.measured",
        id.value(),
        Map.of(
            "day", Integer.toString(day),
            "monthly", total.amount().dollars().toPlainString(),
            "unpriced", Integer.toString(total.unpriced())));
  }

  /**
   * How often the removal of what was kept is tried, and how long it waits after the first time.
   */
  private static final int MOST_REMOVALS = 7;

  private static final Duration FIRST_WAIT = Duration.ofDays(1);
  private static final String TRIES = "clean_tries";

  /**
   * What was kept for an undo that has expired was removed, or could not be.
   *
   * @param removed the ids; empty where somebody else had removed it
   * @param refusal why it could not be removed; it is tried again, and in the end given up
   */
  public void cleaned(
      Transaction t, ChangeId id, int number, List<String> removed, @Nullable String refusal) {
    Change change = change(t, id);
    if (change == null || !UndoTerm.keeps(change, change.step(number))) return;
    Step step = change.step(number);
    Map<String, String> recipe = new TreeMap<>(step.recipe());
    if (refusal != null) {
      refused(t, change, step, recipe, refusal);
      return;
    }
    String gone = String.join(",", removed);
    recipe.put(UndoTerm.CLEANED, office.now().toString());
    recipe.put("removed", gone);
    Change after =
        keep(
            t,
            change.with(step.with(recipe, step.detail())),
            number,
            "step.cleaned",
            removed.isEmpty()
                ? "the undo has expired; nothing of what was kept for it was left"
                : "the undo has expired; what was kept for it was removed: " + gone);
    if (!removed.isEmpty()) enterRemoval(t, after, number);
  }

  private void refused(
      Transaction t, Change change, Step step, Map<String, String> recipe, String refusal) {
    int tries = Integer.parseInt(recipe.getOrDefault(TRIES, "0")) + 1;
    recipe.put(TRIES, Integer.toString(tries));
    if (tries < MOST_REMOVALS) {
      Instant again = office.now().plus(FIRST_WAIT.multipliedBy(1L << (tries - 1)));
      recipe.put(UndoTerm.CLEAN_AGAIN, again.toString());
      keep(
          t,
          change.with(step.with(recipe, step.detail())),
          step.number(),
          "step.clean_refused",
          "what was kept for the undo could not be removed, and is tried again: " + refusal);
      return;
    }
    leave(t, change, step, "it could not be removed: " + refusal);
  }

  /** Nobody can remove what was kept in an account that was disconnected: its owner is told. */
  void left(Transaction t, Change change) {
    for (Step step : change.steps()) {
      Change now = change(t, change.id());
      if (now != null && UndoTerm.keeps(now, step))
        leave(t, now, step, "the account was disconnected before the undo expired");
    }
  }

  /** Nobody removes it any more: it is said where it is, and from now on it may be a finding. */
  private void leave(Transaction t, Change change, Step step, String why) {
    Map<String, String> recipe = new TreeMap<>(step.recipe());
    String kept =
        kept(change.planned(step.number()))
            .map(k -> recipe.getOrDefault(k.recipe(), ""))
            .orElse("");
    recipe.put(UndoTerm.CLEANED, "left behind");
    keep(
        t,
        change.with(step.with(recipe, step.detail())),
        step.number(),
        "step.left_behind",
        kept + " was kept for the undo and is left in the account: " + why);
  }

  /** The ledger's line: what the kept snapshot cost ends, at list price and at most. */
  private void enterRemoval(Transaction t, Change change, int number) {
    PlanStep planned = change.planned(number);
    Kept kept = kept(planned).orElseThrow();
    Instant finished = change.progress().finishedAt();
    long days = finished == null ? 1 : Duration.between(finished, office.now()).toDays();
    String size = planned.before().get("size_gb");
    Resource snapshot =
        new Resource(
            planned.resource(),
            kept.kind(),
            planned.region(),
            null,
            null,
            null,
            Map.of(),
            size == null ? Map.of() : Map.of("size_gb", size, "tier", "standard"));
    Optional<Money> price =
        size == null
            ? Optional.empty()
            : Catalogue.monthly(snapshot, office.prices()).map(Quote::money);
    Ledger.enter(
        t,
        change,
        planned,
        Stage.EXECUTED,
        price.orElse(null),
        price.isPresent() ? Ledger.UNDO_EXPIRED : Ledger.UNDO_EXPIRED_UNPRICED,
        (int) Math.clamp(days, 1, 998),
        office.now());
  }

  private static Optional<Kept> kept(PlanStep planned) {
    return Catalogue.remediation(planned.action()).flatMap(Remediation::keeps);
  }

  private static @Nullable Change change(Transaction t, ChangeId id) {
    Optional<Change> found = t.find(Tables.CHANGES, id.value());
    return found.orElse(null);
  }

  private Change keep(Transaction t, Change after, int number, String what, String detail) {
    PlanStep planned = after.planned(number);
    Change noted =
        after.noted(
            office.now(),
            PLATFORM,
            what.replace("step.", "step " + number + " ").replace('_', ' '),
            detail);
    t.put(Tables.CHANGES, noted);
    office.tell(
        t,
        after.organization(),
        PLATFORM,
        what,
        after.id().value(),
        Map.of(
            "step", Integer.toString(number),
            "action", planned.action(),
            "resource", planned.resource(),
            "plan_hash", after.planHash(),
            "detail", detail,
            "summary", planned.action() + " " + planned.resource()));
    return noted;
  }
}
