package dev.steward.domain.onboarding;

import dev.steward.domain.work.Work;
import dev.steward.model.Account;
import dev.steward.model.Disconnection;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.AccountRef;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.InstantSource;

/** Asks for the clean-up after an account. */
public final class Disconnections {
  private final Work work;
  private final InstantSource clock;

  public Disconnections(Work work, InstantSource clock) {
    this.work = work;
    this.clock = clock;
  }

  /** Cleans up after an account that the caller has removed. */
  public void request(Transaction transaction, Account account) {
    Disconnection disconnection =
        transaction.put(
            Tables.DISCONNECTIONS,
            new Disconnection(account.id(), account.organization(), clock.instant()));
    work.start(
        transaction,
        Jobs.DISCONNECTION,
        AccountRef.of(disconnection),
        "account.disconnected",
        account.id().value(),
        account.awsAccount().value());
  }
}
