package dev.steward.activities.discovery;

import dev.steward.domain.discovery.Discoveries;
import dev.steward.domain.onboarding.Verifications;
import dev.steward.domain.waste.Scans;
import dev.steward.model.Account;
import dev.steward.model.Onboarding;
import dev.steward.model.job.Jobs.DueRef;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.workflows.discovery.DueWorkflow;
import java.util.Optional;

/** Asks for scheduled work. */
public final class StoreDueActivities implements DueWorkflow.Activities {
  private final Store store;
  private final Discoveries discoveries;
  private final Scans scans;
  private final Verifications verifications;

  public StoreDueActivities(
      Store store, Discoveries discoveries, Scans scans, Verifications verifications) {
    this.store = store;
    this.discoveries = discoveries;
    this.scans = scans;
    this.verifications = verifications;
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
      case DISCOVERY -> discoveries.request(transaction, account);
      case SCAN -> scans.request(transaction, account);
      case VERIFICATION ->
          transaction
              .find(Tables.ONBOARDINGS, account.onboarding().value())
              .filter(o -> o.status() != Onboarding.Status.VERIFYING)
              .ifPresent(o ->
                  verifications.request(
                      transaction, transaction.put(Tables.ONBOARDINGS, o.verifying(o.roleArn()))));
    }
  }
}
