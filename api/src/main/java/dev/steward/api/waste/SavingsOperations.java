package dev.steward.api.waste;

import static dev.steward.api.Operation.client;

import dev.steward.api.ListFilter;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Request;
import dev.steward.api.Sorts;
import dev.steward.domain.governance.desk.Ledger;
import dev.steward.model.Money;
import dev.steward.model.SavingsEntry;
import dev.steward.model.SavingsEntry.Stage;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The savings ledger. */
public final class SavingsOperations {

  /** What each stage came to in a month. */
  public record Month(String month, Ledger.Totals totals) {}

  /**
   * @param realisedByBasis cost_explorer is as billed; verified_state is the price book over what
   *     was seen in AWS; undone was put back
   */
  public record Savings(
      String currency,
      Ledger.Totals totals,
      Map<String, Money> realisedByBasis,
      List<Month> months) {}

  public record SavingView(
      String change,
      int step,
      @Nullable String finding,
      String account,
      String action,
      String resource,
      String month,
      Stage stage,
      @Nullable Money amount,
      String basis,
      int day,
      Instant at) {}

  private static final QueryParameter<String> CHANGE = QueryParameter.text("change");
  private static final QueryParameter<String> MONTH =
      QueryParameter.text("month", "\\d{4}-\\d{2}", "must be a month like 2026-01");
  private static final Sorts<SavingsEntry> SORTS =
      Sorts.<SavingsEntry>of(SavingsEntry::key)
          .time("at", SavingsEntry::at)
          .text("month", SavingsEntry::month)
          .money("amount", SavingsEntry::amount)
          .constant("stage", SavingsEntry::stage)
          .first("-at");

  public List<Operation<?, ?>> operations() {
    return List.of(
        client("GET", "/waste/savings", "waste", "Estimated, approved, executed, realised")
            .gives(Savings.class)
            .answers(SavingsOperations::savings),
        client("GET", "/waste/savings/entries", "waste", "The lines of the ledger, newest first")
            .list(
                SavingView.class,
                SORTS,
                ListFilter.by(CHANGE, (e, change) -> change.equals(e.change().value())),
                ListFilter.by(MONTH, (e, month) -> month.equals(e.month())))
            .paged(Tables.SAVINGS, SavingsOperations::view));
  }

  private static Savings savings(Request request) {
    List<SavingsEntry> entries = request.own().all(Tables.SAVINGS).toList();
    Map<String, Money> byBasis = new TreeMap<>();
    for (SavingsEntry entry : Ledger.realised(entries)) {
      Money amount = entry.amount();
      if (amount != null) byBasis.merge(entry.basis(), amount, Money::plus);
    }
    Map<String, List<SavingsEntry>> byMonth = new TreeMap<>();
    entries.forEach(e -> byMonth.computeIfAbsent(e.month(), m -> new ArrayList<>()).add(e));
    return new Savings(
        "USD",
        Ledger.totals(entries),
        byBasis,
        byMonth.entrySet().stream()
            .map(e -> new Month(e.getKey(), Ledger.totals(e.getValue())))
            .toList());
  }

  private static SavingView view(SavingsEntry e) {
    return new SavingView(
        e.change().value(),
        e.step(),
        e.finding() == null ? null : e.finding().value(),
        e.account().value(),
        e.action(),
        e.resource(),
        e.month(),
        e.stage(),
        e.amount(),
        e.basis(),
        e.day(),
        e.at());
  }
}
