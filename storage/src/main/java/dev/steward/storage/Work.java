package dev.steward.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.Disconnection;
import dev.steward.model.Discovery;
import dev.steward.model.DiscoveryId;
import dev.steward.model.Ids;
import dev.steward.model.Intent;
import dev.steward.model.IntentId;
import dev.steward.model.Json;
import dev.steward.model.Money;
import dev.steward.model.Onboarding;
import dev.steward.model.RunStatus;
import dev.steward.model.Scan;
import dev.steward.model.ScanId;
import dev.steward.model.job.Asked;
import dev.steward.model.job.Job;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.AccountRef;
import dev.steward.model.job.Jobs.AttemptRef;
import dev.steward.model.job.Jobs.DiscoveryRef;
import dev.steward.model.job.Jobs.ScanRef;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks for long work: the record of the work, the intent that starts its workflow, and the event,
 * all in the caller's transaction.
 */
public final class Work {
  /** The signal that workflows look at the store for. */
  public static final String NUDGE = "nudge";

  private final Ids ids;
  private final InstantSource clock;

  public Work(Ids ids, InstantSource clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /** A new verification of the onboarding, which the caller has put in the state VERIFYING. */
  public void verify(Transaction transaction, Onboarding onboarding) {
    start(transaction, Jobs.VERIFICATION, AttemptRef.of(onboarding));
    Events.append(
        transaction,
        onboarding.organization(),
        "onboarding.verifying",
        onboarding.id().value(),
        "attempt " + onboarding.attempt(),
        clock.instant());
  }

  /** A discovery of the account: the one under way, or a new one. */
  public Discovery discover(Transaction transaction, Account account) {
    Optional<Discovery> before = transaction.find(Tables.DISCOVERIES, account.id().value());
    Optional<Discovery> running = before.filter(d -> !d.status().isOver());
    if (running.isPresent()) return running.get();
    Discovery discovery =
        new Discovery(
            account.id(),
            account.organization(),
            DiscoveryId.from(ids),
            RunStatus.QUEUED,
            List.of(),
            null,
            clock.instant(),
            null,
            before.map(Discovery::enabled).orElse(null));
    transaction.put(Tables.DISCOVERIES, discovery);
    start(transaction, Jobs.DISCOVERY, DiscoveryRef.of(discovery));
    Events.append(
        transaction,
        account.organization(),
        "discovery.queued",
        account.id().value(),
        discovery.id().value(),
        clock.instant());
    return discovery;
  }

  /** A waste scan of the account: the one under way, or a new one. */
  public Scan scan(Transaction transaction, Account account) {
    Optional<Scan> running = running(transaction.state(), account);
    if (running.isPresent()) return running.get();
    Scan scan =
        new Scan(
            ScanId.from(ids),
            account.organization(),
            account.id(),
            RunStatus.QUEUED,
            0,
            List.of(),
            List.of(),
            Money.ZERO,
            null,
            clock.instant(),
            null,
            0);
    transaction.put(Tables.SCANS, scan);
    start(transaction, Jobs.SCAN, ScanRef.of(scan));
    Events.append(
        transaction,
        account.organization(),
        "scan.queued",
        account.id().value(),
        scan.id().value(),
        clock.instant());
    return scan;
  }

  private static Optional<Scan> running(State state, Account account) {
    return state
        .rows(Tables.SCANS)
        .where("account", account.id().value())
        .filter(s -> !s.status().isOver())
        .findFirst();
  }

  /** Cleans up after an account that the caller has removed. */
  public void disconnect(Transaction transaction, Account account) {
    Disconnection disconnection =
        transaction.put(
            Tables.DISCONNECTIONS,
            new Disconnection(account.id(), account.organization(), clock.instant()));
    start(transaction, Jobs.DISCONNECTION, AccountRef.of(disconnection));
    Events.append(
        transaction,
        account.organization(),
        "account.disconnected",
        account.id().value(),
        account.awsAccount().value(),
        clock.instant());
  }

  /** Starts the workflow once the transaction is durable; one that runs goes on. */
  public <I extends Asked> void start(Transaction transaction, Job<I> job, I input) {
    put(transaction, job, input, null);
  }

  /**
   * Tells the workflow to look at the store again, and starts it where it does not run: one call,
   * so that no end falls between.
   */
  public <I extends Asked> void startOrNudge(Transaction transaction, Job<I> job, I input) {
    put(transaction, job, input, NUDGE);
  }

  /** Tells a running workflow to look at the store again; one that has ended is left alone. */
  public <I extends Asked> void nudge(Transaction transaction, Job<I> job, I input) {
    nudge(transaction, job.id(input));
  }

  public void nudge(Transaction transaction, String workflowId) {
    put(transaction, "", workflowId, NUDGE, Json.MAPPER.createObjectNode(), null, null);
  }

  private <I extends Asked> void put(
      Transaction transaction, Job<I> job, I input, @Nullable String signal) {
    AccountId account = input.account();
    put(
        transaction,
        job.type(),
        job.id(input),
        signal,
        Json.MAPPER.valueToTree(input),
        input.organization().value(),
        account == null ? null : account.value());
  }

  private void put(
      Transaction transaction,
      String type,
      String workflowId,
      @Nullable String signal,
      JsonNode input,
      @Nullable String organization,
      @Nullable String account) {
    transaction.put(
        Tables.INTENTS,
        new Intent(
            IntentId.from(ids),
            type,
            workflowId,
            signal,
            input,
            organization,
            account,
            0,
            null,
            clock.instant()));
  }
}
