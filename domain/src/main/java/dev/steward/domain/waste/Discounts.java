package dev.steward.domain.waste;

import dev.steward.model.AccountId;
import dev.steward.model.Discount;
import dev.steward.model.Fact;
import dev.steward.model.Finding;
import dev.steward.model.FindingBuilder;
import dev.steward.model.Money;
import dev.steward.model.OrganizationId;
import dev.steward.storage.Own;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Savings after what an organization says that it pays less than list price. The list price stays
 * beside it in the evidence; what a plan or a change says is at list price.
 */
public final class Discounts {
  /** In the evidence: the saving at list price, in dollars a month. */
  public static final String LIST_SAVING = "list_saving";

  /** In the evidence: what was taken off it, in percent. */
  public static final String DISCOUNT = "discount_percent";

  private Discounts() {}

  /** In percent: the account's own, else the organization's, else none. */
  public static double percent(State state, OrganizationId organization, AccountId account) {
    return find(state, organization, account.value())
        .or(() -> find(state, organization, Discount.ALL))
        .map(Discount::percent)
        .orElse(0.0);
  }

  private static Optional<Discount> find(State state, OrganizationId organization, String of) {
    return state.find(Tables.DISCOUNTS, Discount.key(organization, of));
  }

  /** Whether sums of the organization's savings are after some discount. */
  public static boolean any(Own own) {
    return own.all(Tables.DISCOUNTS).anyMatch(discount -> discount.percent() > 0);
  }

  /** The finding as it is now, whose saving was at list price or after another discount. */
  public static Finding applied(State state, Finding finding) {
    return after(finding, percent(state, finding.organization(), finding.account()));
  }

  static Finding after(Finding finding, double percent) {
    Money list = atList(finding);
    if (list == null) return finding;
    Map<String, Fact> evidence = new TreeMap<>(finding.evidence());
    evidence.remove(LIST_SAVING);
    evidence.remove(DISCOUNT);
    if (percent > 0) {
      evidence.put(LIST_SAVING, Fact.of(list.dollars()));
      evidence.put(DISCOUNT, Fact.of(percent));
    }
    return FindingBuilder.builder(finding)
        .saving(percent > 0 ? list.times(1 - percent / 100) : list)
        .evidence(evidence)
        .build();
  }

  private static @Nullable Money atList(Finding finding) {
    return finding.evidence().get(LIST_SAVING) instanceof Fact.Figure list
        ? Money.usd(list.value())
        : finding.saving();
  }

  /** From now on it holds, for what was found before too. */
  public static Discount set(Transaction t, Discount discount) {
    t.put(Tables.DISCOUNTS, discount);
    refresh(t, discount.organization(), discount.account());
    return discount;
  }

  public static void remove(Transaction t, Discount discount) {
    t.remove(Tables.DISCOUNTS, discount.key());
    refresh(t, discount.organization(), discount.account());
  }

  private static void refresh(
      Transaction t, OrganizationId organization, @Nullable AccountId account) {
    Stream<Finding> found = t.own(organization).all(Tables.FINDINGS);
    List<Finding> due = found.filter(f -> account == null || account.equals(f.account())).toList();
    for (Finding finding : due) {
      Finding now = applied(t.state(), finding);
      if (!now.equals(finding)) t.put(Tables.FINDINGS, now);
    }
  }
}
