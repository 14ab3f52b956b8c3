package dev.steward.api.client;

import dev.steward.domain.governance.desk.ChangeDesk;
import dev.steward.domain.governance.desk.WordDesk;
import dev.steward.model.Account;
import dev.steward.model.CostDay;
import dev.steward.model.Finding;
import dev.steward.model.Intent;
import dev.steward.model.Listing;
import dev.steward.model.Scan;
import dev.steward.storage.Chunk;
import dev.steward.storage.Retention;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.storage.Work;

/** Removes an account with everything that hangs on it, in one transaction. */
final class Cascade {
  /**
   * How many of each were removed.
   *
   * @param kept what people said of it, kept for when it is connected again
   */
  record Deleted(
      int resources,
      int findings,
      int scans,
      int discoveries,
      int costDays,
      int secrets,
      WordDesk.Count kept) {}

  private Cascade() {}

  static Deleted remove(
      Transaction t, Account account, Work work, ChangeDesk changes, WordDesk words) {
    String id = account.id().value();
    int resources = 0;
    for (Listing line : t.rows(Tables.LISTINGS).startingWith(id + "/").toList()) {
      resources += line.resources();
      t.remove(Tables.LISTINGS, line.key());
    }
    for (Chunk chunk : t.rows(Tables.CHUNKS).startingWith(id + "/").toList())
      t.remove(Tables.CHUNKS, chunk.key());
    WordDesk.Count kept = words.keep(t, account);
    int findings = 0;
    for (Finding finding : t.rows(Tables.FINDINGS).where("account", id).toList()) {
      t.remove(Tables.FINDINGS, finding.id().value());
      findings++;
    }
    int scans = 0;
    for (Scan scan : t.rows(Tables.SCANS).where("account", id).toList()) {
      t.remove(Tables.SCANS, scan.id().value());
      scans++;
    }
    int days = 0;
    for (CostDay day : t.rows(Tables.COST_DAYS).startingWith(id + "/").toList()) {
      t.remove(Tables.COST_DAYS, CostDay.key(day.account(), day.day()));
      days++;
    }
    int discoveries = t.remove(Tables.DISCOVERIES, id) ? 1 : 0;
    int secrets =
        account.credentials() != null && t.remove(Tables.SECRETS, account.credentials().value())
            ? 1
            : 0;
    // Work that has not begun yet never will.
    for (Intent intent :
        t.rows(Tables.INTENTS).stream().filter(i -> id.equals(i.account())).toList())
      t.remove(Tables.INTENTS, intent.id().value());
    t.rows(Tables.ONBOARDINGS)
        .where("account", id)
        .toList()
        .forEach(o -> t.put(Tables.ONBOARDINGS, o.disconnected()));
    Retention.leave(t, account.id());
    t.remove(Tables.ACCOUNTS, id);
    changes.disconnected(t, account);
    work.disconnect(t, account);
    return new Deleted(resources, findings, scans, discoveries, days, secrets, kept);
  }
}
