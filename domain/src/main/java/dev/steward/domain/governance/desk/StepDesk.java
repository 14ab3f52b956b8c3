package dev.steward.domain.governance.desk;

import dev.steward.model.Change;
import dev.steward.model.Change.Status;
import dev.steward.model.Change.Step;
import dev.steward.model.Change.Step.State;
import dev.steward.model.ChangeId;
import dev.steward.model.PlanStep;
import dev.steward.model.SavingsEntry.Stage;
import dev.steward.model.StepResult;
import dev.steward.model.StepResult.AsPlanned;
import dev.steward.model.StepResult.Back;
import dev.steward.model.StepResult.Done;
import dev.steward.model.StepResult.Drifted;
import dev.steward.model.StepResult.Failed;
import dev.steward.model.StepResult.Released;
import dev.steward.model.StepResult.Still;
import dev.steward.model.StepResult.StoppedAgain;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.Map;
import java.util.TreeMap;

/** Writes down what became of the steps of a change. Each may be told twice. */
public final class StepDesk {
  /** In a step's recipe: when the first call that changes anything was let go. */
  private static final String BEGUN = "begun_at";

  private final StepLog log;
  private final KeptDesk kept;
  private final MeasureDesk measurements;

  public StepDesk(Office office) {
    this.log = new StepLog(office);
    this.kept = new KeptDesk(log);
    this.measurements = new MeasureDesk(office);
  }

  public KeptDesk kept() {
    return kept;
  }

  public MeasureDesk measurements() {
    return measurements;
  }

  /** A resource was read. One that drifted is never touched; doubt means no. */
  public void checked(Transaction t, ChangeId id, int number, StepResult.Looked result) {
    Change change = StepLog.change(t, id);
    if (change == null || !change.step(number).state().isOpen()) return;
    Step step = change.step(number);
    boolean early = change.progress().status() == Status.GRACE;
    switch (result) {
      case AsPlanned(Map<String, String> recipe) ->
          t.put(Tables.CHANGES, change.with(step.checked(recipe, log.now())));
      case Drifted(var none, String why) ->
          log.keep(
              t,
              change.with(
                  early
                      ? step.is(State.CANCELLED, "came back into use or changed: " + why)
                      : step.is(State.SKIPPED, "drifted: " + why)),
              number,
              early ? "step.cancelled" : "step.skipped",
              why);
      case Failed(String why) ->
          log.keep(
              t,
              change.with(
                  early
                      // It is read again right before the step.
                      ? step.unread(why, log.now())
                      : step.is(State.FAILED, "could not be read: " + why)),
              number,
              "step.unread",
              why);
    }
  }

  /** Whether something of the step may have been done, whichever run of a workflow did it. */
  public static boolean hasBegun(Step step) {
    return step.recipe().containsKey(BEGUN);
  }

  /** Written down before the first call that changes anything. */
  public void begun(Transaction t, ChangeId id, int number) {
    Change change = StepLog.change(t, id);
    if (change == null || change.step(number).state() != State.ARMED) return;
    Step step = change.step(number);
    if (hasBegun(step)) return;
    Map<String, String> recipe = with(step, Map.of(BEGUN, log.now().toString()));
    t.put(Tables.CHANGES, change.with(step.with(recipe, step.detail())));
  }

  /** A step was carried out, or not. */
  public void executed(Transaction t, ChangeId id, int number, StepResult.Acted result) {
    Change change = StepLog.change(t, id);
    if (change == null || change.step(number).state() != State.ARMED) return;
    Step step = change.step(number);
    switch (result) {
      case Done(Map<String, String> made, String detail) -> {
        Step now = step.done(with(step, made), detail, log.now());
        Change done = log.keep(t, change.with(now), number, "step.done", detail);
        PlanStep planned = done.planned(number);
        Ledger.enter(
            t, done, planned, Stage.EXECUTED, planned.saving(), Ledger.LIST_PRICE, 0, log.now());
      }
      case Drifted(Map<String, String> made, String why) -> {
        // What was made may be all that there is of the resource: it stays, and so does its name.
        Step now = step.with(with(step, made), step.detail()).is(State.SKIPPED, "drifted: " + why);
        log.keep(t, change.with(now), number, "step.skipped", why);
      }
      case Failed(String why) ->
          log.keep(t, change.with(step.is(State.BROKEN, why)), number, "step.failed", why);
    }
  }

  private static Map<String, String> with(Step step, Map<String, String> made) {
    Map<String, String> recipe = new TreeMap<>(step.recipe());
    recipe.putAll(made);
    return recipe;
  }

  /** A step was put back, or what a failed one had begun. */
  public void undone(Transaction t, ChangeId id, int number, StepResult.Reversed result) {
    Change change = StepLog.change(t, id);
    if (change == null) return;
    Step step = change.step(number);
    if (step.state() == State.BROKEN) unwound(t, change, step, result);
    else if (step.state() == State.DONE) undone(t, change, step, result);
  }

  private void unwound(Transaction t, Change change, Step step, StepResult.Reversed result) {
    switch (result) {
      case Back(boolean begun, String detail) -> {
        String how = begun ? "what was begun was put back" : detail;
        Step now = step.is(State.FAILED, step.detail() + "; " + how);
        log.keep(t, change.with(now), step.number(), "step.unwound", detail);
      }
      case Failed(String why) -> {
        String how = "and what was begun could not be put back: " + why;
        Step now = step.is(State.FAILED, step.detail() + "; " + how);
        log.keep(t, change.with(now), step.number(), "step.unwind_failed", why);
      }
    }
  }

  private void undone(Transaction t, Change change, Step step, StepResult.Reversed result) {
    switch (result) {
      case Back(boolean begun, String detail) -> {
        Step now = step.undone(detail, log.now());
        Change after = log.keep(t, change.with(now), step.number(), "step.undone", detail);
        PlanStep planned = after.planned(step.number());
        Ledger.enter(
            t,
            after,
            planned,
            Stage.REALISED,
            Ledger.negative(planned.saving()),
            Ledger.UNDONE,
            999,
            log.now());
      }
      case Failed(String why) -> {
        Step now = step.is(State.UNDO_FAILED, "could not be undone: " + why);
        log.keep(t, change.with(now), step.number(), "step.undo_failed", why);
      }
    }
  }

  /** A stopped database was looked at. */
  public void held(Transaction t, ChangeId id, int number, StepResult.Held result) {
    Change change = StepLog.change(t, id);
    if (change == null || change.step(number).state() != State.DONE) return;
    Step step = change.step(number);
    Map<String, String> recipe = new TreeMap<>(step.recipe());
    recipe.put("held_at", log.now().toString());
    String detail =
        switch (result) {
          case Still still -> still.detail();
          case Released released -> {
            recipe.put("hold", "released");
            yield released.detail();
          }
          case StoppedAgain again -> {
            recipe.put("stopped_at", log.now().toString());
            yield again.detail();
          }
          // Nobody could look, so it stays held.
          case Failed(String why) -> "could not be read: " + why;
        };
    String what = result instanceof Released ? "step.released" : "step.held";
    log.keep(t, change.with(step.with(recipe, detail)), number, what, detail);
  }
}
