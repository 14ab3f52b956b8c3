package dev.steward.domain.governance.desk;

import dev.steward.domain.governance.change.ChangeMachine;
import dev.steward.model.Change;
import dev.steward.model.ChangeId;
import dev.steward.model.Money;
import dev.steward.model.MoneySum;
import dev.steward.model.SavingsEntry.Stage;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down what a change was seen to save. */
public record MeasureDesk(Office office) {
  /**
   * What a step was seen to save.
   *
   * @param monthly a month's; negative where the resource came back
   * @param basis cost_explorer or verified_state
   */
  public record Measured(int step, @Nullable Money monthly, String basis) {}

  /** A measurement of all steps that are done. */
  public void measured(Transaction t, ChangeId id, int measurement, List<Measured> values) {
    Change change = StepLog.change(t, id);
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
                StepLog.PLATFORM,
                "measured",
                total.monthly() + " after " + day + (day == 1 ? " day" : " days"));
    t.put(Tables.CHANGES, after);
    office.tell(
        t,
        after.organization(),
        StepLog.PLATFORM,
        "change.measured",
        id.value(),
        Map.of(
            "day", Integer.toString(day),
            "monthly", total.amount().dollars().toPlainString(),
            "unpriced", Integer.toString(total.unpriced())));
  }
}
