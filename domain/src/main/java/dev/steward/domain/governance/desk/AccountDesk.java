package dev.steward.domain.governance.desk;

import dev.steward.domain.onboarding.Disconnections;
import dev.steward.model.Account;
import dev.steward.model.Intent;
import dev.steward.model.Listing;
import dev.steward.model.OrganizationId;
import dev.steward.storage.State;
import dev.steward.storage.Table;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.Map;

/** What becomes of an account when it is disconnected. */
public final class AccountDesk {
  private final Disconnections disconnections;
  private final ChangeDesk changes;
  private final WordDesk words;

  public AccountDesk(Disconnections disconnections, ChangeDesk changes, WordDesk words) {
    this.disconnections = disconnections;
    this.changes = changes;
    this.words = words;
  }

  /**
   * How many of each were removed.
   *
   * @param kept what people said of it, kept for when it is connected again
   */
  public record Deleted(
      int resources,
      int findings,
      int scans,
      int discoveries,
      int costDays,
      int secrets,
      WordDesk.Count kept) {}

  /** Removes the account with everything that hangs on it, in one transaction. */
  public Deleted disconnect(Transaction t, Account account) {
    String id = account.id().value();
    int resources =
        t.own(account.organization())
            .under(Tables.ACCOUNTS, id, Tables.LISTINGS)
            .mapToInt(Listing::resources)
            .sum();
    WordDesk.Count kept = words.keep(t, account);
    // Work that has not begun yet never will.
    for (Intent intent :
        t.rows(Tables.INTENTS).stream().filter(i -> id.equals(i.account())).toList())
      t.remove(Tables.INTENTS, intent.id().value());
    t.rows(Tables.ONBOARDINGS)
        .where("account", id)
        .toList()
        .forEach(o -> t.put(Tables.ONBOARDINGS, o.disconnected()));
    Map<Table<?>, Integer> gone = t.uproot(Tables.ACCOUNTS, id);
    changes.disconnected(t, account);
    disconnections.request(t, account);
    return new Deleted(
        resources,
        gone.getOrDefault(Tables.FINDINGS, 0),
        gone.getOrDefault(Tables.SCANS, 0),
        gone.getOrDefault(Tables.DISCOVERIES, 0),
        gone.getOrDefault(Tables.COST_DAYS, 0),
        gone.getOrDefault(Tables.SECRETS, 0),
        kept);
  }

  /** An AWS account is connected once to an installation. */
  public static boolean isHeldByAnother(
      State state, OrganizationId organization, String awsAccount) {
    return state
        .rows(Tables.ACCOUNTS)
        .where("aws_account", awsAccount)
        .anyMatch(a -> !a.organization().equals(organization));
  }
}
