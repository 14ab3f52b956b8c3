package dev.steward.domain.governance.desk;

import dev.steward.model.Change;
import dev.steward.model.ChangeId;
import dev.steward.model.PlanStep;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps what became of a step: in the change, in its timeline, and in the audit chain. */
record StepLog(Office office) {
  /** Who did it, where no person did. */
  static final String PLATFORM = "steward";

  Instant now() {
    return office.now();
  }

  /** Null where its account was removed. */
  static @Nullable Change change(Transaction t, ChangeId id) {
    return t.find(Tables.CHANGES, id.value()).orElse(null);
  }

  /**
   * @param what the event, such as {@code step.undo_failed}
   */
  Change keep(Transaction t, Change after, int number, String what, String detail) {
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
