package dev.steward.storage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.Disconnection;
import dev.steward.model.Discovery;
import dev.steward.model.DiscoveryId;
import dev.steward.model.Ids;
import dev.steward.model.Intent;
import dev.steward.model.IntentId;
import dev.steward.model.Money;
import dev.steward.model.Onboarding;
import dev.steward.model.OrganizationId;
import dev.steward.model.RunStatus;
import dev.steward.model.Scan;
import dev.steward.model.ScanId;
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
    start(transaction, start(onboarding));
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
    start(transaction, start(discovery));
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
    start(transaction, start(scan));
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
    start(transaction, start(disconnection));
    Events.append(
        transaction,
        account.organization(),
        "account.disconnected",
        account.id().value(),
        account.awsAccount().value(),
        clock.instant());
  }

  /**
   * A workflow that a row of the store is to have: all of it follows from the row, so that it can
   * be asked for again.
   *
   * @param workflowId names this piece of work and no other: one that is asked for right after it
   *     must not join a run that is just ending
   * @param input its one argument
   */
  public record Start(
      String type,
      String workflowId,
      ObjectNode input,
      OrganizationId organization,
      @Nullable AccountId account) {}

  /**
   * Each attempt is a run of its own; one that still runs sees that it is not the newest and writes
   * nothing.
   */
  public static Start start(Onboarding onboarding) {
    ObjectNode input = object();
    input.put("onboarding", onboarding.id().value());
    input.put("organization", onboarding.organization().value());
    input.put("attempt", onboarding.attempt());
    return new Start(
        "OnboardingVerification",
        "onboarding/" + onboarding.id() + "/" + onboarding.attempt(),
        input,
        onboarding.organization(),
        null);
  }

  public static Start start(Discovery discovery) {
    ObjectNode input = input(discovery.account(), discovery.organization());
    input.put("discovery", discovery.id().value());
    return new Start(
        "Discovery",
        "discovery/" + discovery.account() + "/" + discovery.id(),
        input,
        discovery.organization(),
        discovery.account());
  }

  public static Start start(Scan scan) {
    ObjectNode input = input(scan.account(), scan.organization());
    input.put("scan", scan.id().value());
    return new Start(
        "WasteScan",
        "waste/" + scan.account() + "/" + scan.id(),
        input,
        scan.organization(),
        scan.account());
  }

  public static Start start(Disconnection disconnection) {
    return new Start(
        "Disconnection",
        "disconnect/" + disconnection.account(),
        input(disconnection.account(), disconnection.organization()),
        disconnection.organization(),
        disconnection.account());
  }

  /** Starts the workflow once the transaction is durable; one that runs goes on. */
  public void start(Transaction transaction, Start start) {
    put(transaction, start, null);
  }

  /**
   * Tells the workflow to look at the store again, and starts it where it does not run: one call,
   * so that no end falls between.
   */
  public void startOrNudge(Transaction transaction, Start start) {
    put(transaction, start, NUDGE);
  }

  /** Tells a running workflow to look at the store again; one that has ended is left alone. */
  public void nudge(Transaction transaction, String workflowId) {
    put(transaction, "", workflowId, NUDGE, object(), null, null);
  }

  private static ObjectNode input(AccountId account, OrganizationId organization) {
    ObjectNode input = object();
    input.put("account", account.value());
    input.put("organization", organization.value());
    return input;
  }

  private void put(Transaction transaction, Start start, @Nullable String signal) {
    put(
        transaction,
        start.type(),
        start.workflowId(),
        signal,
        start.input(),
        start.organization().value(),
        start.account() == null ? null : start.account().value());
  }

  private void put(
      Transaction transaction,
      String type,
      String workflowId,
      @Nullable String signal,
      ObjectNode input,
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

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
