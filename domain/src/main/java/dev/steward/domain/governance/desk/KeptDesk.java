package dev.steward.domain.governance.desk;

import dev.steward.domain.governance.change.UndoTerm;
import dev.steward.estate.Kept;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.estate.price.Quote;
import dev.steward.model.Change;
import dev.steward.model.Change.Step;
import dev.steward.model.ChangeId;
import dev.steward.model.Money;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import dev.steward.model.SavingsEntry.Stage;
import dev.steward.model.StepResult;
import dev.steward.storage.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What becomes of what a step kept for its undo, once that has expired. */
public final class KeptDesk {
  private final StepLog log;

  KeptDesk(StepLog log) {
    this.log = log;
  }

  /**
   * How often the removal of what was kept is tried, and how long it waits after the first time.
   */
  private static final int MOST_REMOVALS = 7;

  private static final Duration FIRST_WAIT = Duration.ofDays(1);
  private static final String TRIES = "clean_tries";

  /** What was kept for an undo that has expired was removed, or could not be. */
  public void cleaned(Transaction t, ChangeId id, int number, StepResult.Cleaned result) {
    Change change = StepLog.change(t, id);
    if (change == null || !UndoTerm.keeps(change, change.step(number))) return;
    Step step = change.step(number);
    switch (result) {
      case StepResult.Removed(List<String> ids) -> removed(t, change, step, ids);
      case StepResult.Failed(String why) -> refused(t, change, step, why);
    }
  }

  private void removed(Transaction t, Change change, Step step, List<String> ids) {
    String gone = String.join(",", ids);
    Map<String, String> recipe = new TreeMap<>(step.recipe());
    recipe.put(UndoTerm.CLEANED, log.now().toString());
    recipe.put("removed", gone);
    Change after =
        log.keep(
            t,
            change.with(step.with(recipe, step.detail())),
            step.number(),
            "step.cleaned",
            ids.isEmpty()
                ? "the undo has expired; nothing of what was kept for it was left"
                : "the undo has expired; what was kept for it was removed: " + gone);
    if (!ids.isEmpty()) enterRemoval(t, after, step.number());
  }

  /** It is tried again, and in the end given up. */
  private void refused(Transaction t, Change change, Step step, String refusal) {
    Map<String, String> recipe = new TreeMap<>(step.recipe());
    int tries = Integer.parseInt(recipe.getOrDefault(TRIES, "0")) + 1;
    recipe.put(TRIES, Integer.toString(tries));
    if (tries < MOST_REMOVALS) {
      Instant again = log.now().plus(FIRST_WAIT.multipliedBy(1L << (tries - 1)));
      recipe.put(UndoTerm.CLEAN_AGAIN, again.toString());
      log.keep(
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
      Change now = StepLog.change(t, change.id());
      if (now != null && UndoTerm.keeps(now, step))
        leave(t, now, step, "the account was disconnected before the undo expired");
    }
  }

  /** Nobody removes it any more: it is said where it is, and from now on it may be a finding. */
  private void leave(Transaction t, Change change, Step step, String why) {
    Map<String, String> recipe = new TreeMap<>(step.recipe());
    String kept =
        UndoTerm.kept(change.planned(step.number()))
            .map(k -> recipe.getOrDefault(k.recipe(), ""))
            .orElse("");
    recipe.put(UndoTerm.CLEANED, "left behind");
    log.keep(
        t,
        change.with(step.with(recipe, step.detail())),
        step.number(),
        "step.left_behind",
        kept + " was kept for the undo and is left in the account: " + why);
  }

  /** The ledger's line: what the kept snapshot cost ends, at list price and at most. */
  private void enterRemoval(Transaction t, Change change, int number) {
    PlanStep planned = change.planned(number);
    Kept kept = UndoTerm.kept(planned).orElseThrow();
    Instant finished = change.progress().finishedAt();
    long days = finished == null ? 1 : Duration.between(finished, log.now()).toDays();
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
            : Catalogue.monthly(snapshot, log.office().prices()).map(Quote::money);
    Ledger.enter(
        t,
        change,
        planned,
        Stage.EXECUTED,
        price.orElse(null),
        price.isPresent() ? Ledger.UNDO_EXPIRED : Ledger.UNDO_EXPIRED_UNPRICED,
        (int) Math.clamp(days, 1, 998),
        log.now());
  }
}
