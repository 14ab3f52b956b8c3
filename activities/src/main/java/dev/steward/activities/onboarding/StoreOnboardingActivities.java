package dev.steward.activities.onboarding;

import dev.steward.aws.AwsAccess;
import dev.steward.domain.discovery.Discoveries;
import dev.steward.domain.governance.desk.WordDesk;
import dev.steward.model.Account;
import dev.steward.model.AccountBuilder;
import dev.steward.model.AccountId;
import dev.steward.model.AwsAccountId;
import dev.steward.model.Check;
import dev.steward.model.Ids;
import dev.steward.model.Onboarding;
import dev.steward.model.Permission;
import dev.steward.model.job.Jobs.AccountRef;
import dev.steward.model.job.Jobs.AttemptRef;
import dev.steward.storage.Events;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.workflows.onboarding.OnboardingActivities;
import dev.steward.workflows.onboarding.OnboardingVerificationWorkflow.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the verdict on a connection. The single writer makes the claim on an AWS account
 * exclusive.
 */
public final class StoreOnboardingActivities implements OnboardingActivities {
  private final Store store;
  private final AwsAccess aws;
  private final Discoveries discoveries;
  private final Ids ids;
  private final InstantSource clock;

  public StoreOnboardingActivities(
      Store store, AwsAccess aws, Discoveries discoveries, Ids ids, InstantSource clock) {
    this.store = store;
    this.aws = aws;
    this.discoveries = discoveries;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public Begun begin(AttemptRef input) {
    return store
        .state()
        .find(Tables.ONBOARDINGS, input.onboarding().value())
        .filter(o -> isCurrent(o, input))
        .map(o -> new Begun(true, o.credentials() != null))
        .orElse(new Begun(false, false));
  }

  private static boolean isCurrent(Onboarding onboarding, AttemptRef input) {
    return onboarding.attempt() == input.attempt()
        && onboarding.status() == Onboarding.Status.VERIFYING;
  }

  @Override
  public Outcome conclude(Conclusion conclusion) {
    return store.write(transaction -> conclude(transaction, conclusion));
  }

  private Outcome conclude(Transaction transaction, Conclusion conclusion) {
    Optional<Onboarding> found =
        transaction.find(Tables.ONBOARDINGS, conclusion.input().onboarding().value());
    if (found.isEmpty())
      return new Outcome(Onboarding.Status.DISCONNECTED, null, null, "the onboarding is gone");
    Onboarding onboarding = found.get();
    if (!isCurrent(onboarding, conclusion.input())) return outcome(transaction, onboarding);
    Optional<Check> failed =
        conclusion.checks().stream().filter(check -> !check.passed()).findFirst();
    String awsAccount = conclusion.awsAccount();
    if (failed.isPresent() || awsAccount == null)
      return fail(
          transaction,
          onboarding,
          conclusion,
          Onboarding.Failure.NOT_PROVEN,
          failed
              .map(c -> c.detail() + (c.fix().isEmpty() ? "" : "; " + c.fix()))
              .orElse("AWS did not say which account it is"));
    return claim(transaction, onboarding, conclusion, new AwsAccountId(awsAccount));
  }

  private Outcome fail(
      Transaction transaction,
      Onboarding onboarding,
      Conclusion conclusion,
      Onboarding.Failure how,
      String reason) {
    AccountId connected = onboarding.account();
    Onboarding failed =
        onboarding.failed(
            how, reason, conclusion.checks(), conclusion.permissions(), clock.instant());
    transaction.put(Tables.ONBOARDINGS, failed);
    if (connected != null)
      transaction
          .find(Tables.ACCOUNTS, connected.value())
          .ifPresent(a ->
              transaction.put(
                  Tables.ACCOUNTS,
                  a.verified(Account.Status.FAILED, conclusion.permissions(), a.degraded())));
    else if (onboarding.credentials() != null)
      transaction.remove(Tables.SECRETS, onboarding.credentials().value());
    Events.append(
        transaction,
        onboarding.organization(),
        "onboarding.failed",
        onboarding.id().value(),
        reason,
        clock.instant());
    return outcome(transaction, failed);
  }

  private Outcome claim(
      Transaction transaction,
      Onboarding onboarding,
      Conclusion conclusion,
      AwsAccountId awsAccount) {
    Optional<Account> holder =
        transaction.rows(Tables.ACCOUNTS).where("aws_account", awsAccount.value()).findFirst();
    if (holder.isPresent() && !holder.get().organization().equals(onboarding.organization()))
      return fail(
          transaction,
          onboarding,
          conclusion,
          Onboarding.Failure.ALREADY_CONNECTED,
          "the AWS account " + awsAccount + " is already connected");
    List<String> degraded =
        conclusion.permissions().stream()
            .filter(p -> p.grant().degrades())
            .map(Permission::feature)
            .distinct()
            .toList();
    Account.Status status = degraded.isEmpty() ? Account.Status.CONNECTED : Account.Status.DEGRADED;
    Account before = holder.orElseGet(() -> newAccount(onboarding, awsAccount));
    boolean other = !before.onboarding().equals(onboarding.id());
    if (other) retire(transaction, before);
    Account account =
        (other
                ? before.reconnected(
                    onboarding.roleArn(),
                    onboarding.externalId(),
                    onboarding.credentials(),
                    onboarding.id())
                : before)
            .verified(status, conclusion.permissions(), degraded);
    transaction.put(Tables.ACCOUNTS, account);
    aws.forget(account.id().value());
    Onboarding done =
        onboarding.connected(
            account.id(),
            !degraded.isEmpty(),
            conclusion.checks(),
            conclusion.permissions(),
            clock.instant());
    transaction.put(Tables.ONBOARDINGS, done);
    Events.append(
        transaction,
        account.organization(),
        "account.connected",
        account.id().value(),
        awsAccount.value(),
        clock.instant());
    if (holder.isEmpty()) WordDesk.announce(transaction, account, clock.instant());
    if (other || transaction.find(Tables.DISCOVERIES, account.id().value()).isEmpty())
      discoveries.request(transaction, account);
    return outcome(transaction, done);
  }

  /** The onboarding that connected the account before gives way to the new one. */
  private static void retire(Transaction transaction, Account account) {
    transaction
        .find(Tables.ONBOARDINGS, account.onboarding().value())
        .ifPresent(old -> transaction.put(Tables.ONBOARDINGS, old.disconnected()));
    if (account.credentials() != null)
      transaction.remove(Tables.SECRETS, account.credentials().value());
  }

  private Account newAccount(Onboarding o, AwsAccountId awsAccount) {
    boolean byKeys = o.byKeys();
    return AccountBuilder.builder()
        .id(AccountId.from(ids))
        .organization(o.organization())
        .awsAccount(awsAccount)
        .name(o.name().isEmpty() ? awsAccount.value() : o.name())
        .environment(o.environment())
        .connectionMethod(o.method())
        .status(Account.Status.CONNECTED)
        .onboarding(o.id())
        .roleArn(byKeys ? null : o.roleArn())
        .externalId(byKeys ? null : o.externalId())
        .credentials(o.credentials())
        .regions(List.of())
        .tags(Map.of())
        .permissions(List.of())
        .degraded(List.of())
        .connectedAt(clock.instant())
        .build();
  }

  private static Outcome outcome(Transaction transaction, Onboarding onboarding) {
    Account.@Nullable Status status =
        onboarding.account() == null
            ? null
            : transaction
                .find(Tables.ACCOUNTS, onboarding.account().value())
                .map(Account::status)
                .orElse(null);
    return new Outcome(onboarding.status(), onboarding.account(), status, onboarding.reason());
  }

  @Override
  public void cleanUp(AccountRef ref) {
    aws.forget(ref.account().value());
    store.write(transaction -> {
      if (transaction.find(Tables.ACCOUNTS, ref.account().value()).isPresent()) return false;
      // What an activity wrote that did not know yet.
      transaction.uproot(Tables.ACCOUNTS, ref.account().value());
      Secrets.sweep(transaction, ref.organization());
      return true;
    });
  }

  @Override
  public void gone(AccountRef ref) {
    store.write(t -> t.remove(Tables.DISCONNECTIONS, ref.account().value()));
  }
}
