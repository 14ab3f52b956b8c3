package dev.steward.activities.discovery;

import dev.steward.model.Account;
import dev.steward.model.Onboarding;
import dev.steward.model.job.Jobs.DueRef;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.storage.Work;
import dev.steward.workflows.discovery.Due;
import java.util.Optional;

/** Asks for scheduled work. */
public final class StoreDueActivities implements Due.Activities {
  private final Store store;
  private final Work work;

  public StoreDueActivities(Store store, Work work) {
    this.store = store;
    this.work = work;
  }

  @Override
  public void request(DueRef input) {
    store.write(transaction -> {
      Optional<Account> account =
          transaction.find(Tables.ACCOUNTS, input.account().account().value());
      account.ifPresent(a -> request(transaction, a, input.work()));
      return account.isPresent();
    });
  }

  private void request(Transaction transaction, Account account, DueRef.Work what) {
    switch (what) {
      case DISCOVERY -> work.discover(transaction, account);
      case SCAN -> work.scan(transaction, account);
      case VERIFICATION ->
          transaction
              .find(Tables.ONBOARDINGS, account.onboarding().value())
              .filter(o -> o.status() != Onboarding.Status.VERIFYING)
              .ifPresent(o ->
                  work.verify(
                      transaction, transaction.put(Tables.ONBOARDINGS, o.verifying(o.roleArn()))));
    }
  }
}
