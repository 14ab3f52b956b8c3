package dev.steward.domain.governance.desk;

import dev.steward.model.Change;
import dev.steward.model.Money;
import dev.steward.model.MoneySum;
import dev.steward.model.PlanStep;
import dev.steward.model.SavingsEntry;
import dev.steward.model.SavingsEntry.Stage;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The savings ledger. The same line written twice is there once. */
public final class Ledger {
  static final String LIST_PRICE = "list_price";
  static final String UNDONE = "undone";

  /** What was kept for an undo was removed, so that its own price ends. */
  static final String UNDO_EXPIRED = "undo_expired";

  /** The same, where its price is unknown. */
  static final String UNDO_EXPIRED_UNPRICED = "undo_expired_unpriced";

  private Ledger() {}

  static void enter(
      Transaction t,
      Change change,
      PlanStep step,
      Stage stage,
      @Nullable Money amount,
      String basis,
      int day,
      Instant at) {
    t.put(
        Tables.SAVINGS,
        new SavingsEntry(
            change.id(),
            step.number(),
            change.organization(),
            change.account(),
            step.finding(),
            step.action(),
            step.resource(),
            YearMonth.from(at.atZone(ZoneOffset.UTC)).toString(),
            stage,
            amount,
            basis,
            day,
            at));
  }

  static @Nullable Money negative(@Nullable Money amount) {
    return amount == null ? null : new Money(-amount.micros());
  }

  /**
   * A month's dollars at each stage, and how many lines of it have no amount.
   *
   * @param realised the newest measurement of each step; what came back or was undone is negative
   */
  public record Totals(
      Money estimated, Money approved, Money executed, Money realised, Unpriced unpriced) {}

  /** How many lines of each stage have no amount: their price is not known. */
  public record Unpriced(int estimated, int approved, int executed, int realised) {}

  /** The sum of each stage; of several measurements of a step only the newest counts. */
  public static Totals totals(List<SavingsEntry> entries) {
    MoneySum estimated = at(entries, Stage.ESTIMATED);
    MoneySum approved = at(entries, Stage.APPROVED);
    MoneySum executed = at(entries, Stage.EXECUTED);
    MoneySum realised = MoneySum.of(realised(entries).stream(), SavingsEntry::amount);
    return new Totals(
        estimated.amount(),
        approved.amount(),
        executed.amount(),
        realised.amount(),
        new Unpriced(
            estimated.unpriced(), approved.unpriced(), executed.unpriced(), realised.unpriced()));
  }

  private static MoneySum at(List<SavingsEntry> entries, Stage stage) {
    return MoneySum.of(entries.stream().filter(e -> e.stage() == stage), SavingsEntry::amount);
  }

  /** The newest measurement of each step. */
  public static List<SavingsEntry> realised(List<SavingsEntry> entries) {
    Map<String, SavingsEntry> newest = new HashMap<>();
    for (SavingsEntry entry : entries)
      if (entry.stage() == Stage.REALISED)
        newest.merge(
            entry.change() + "/" + entry.step(), entry, (a, b) -> a.day() >= b.day() ? a : b);
    return List.copyOf(newest.values());
  }
}
