package dev.steward.domain.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.AccountId;
import dev.steward.model.Ids;
import dev.steward.model.Intent;
import dev.steward.model.IntentId;
import dev.steward.model.Json;
import dev.steward.model.job.Asked;
import dev.steward.model.job.Job;
import dev.steward.storage.Events;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks for long work: the intent that starts a workflow, or tells it to look at the store again, in
 * the caller's transaction.
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

  /** Starts the workflow once the transaction is durable; one that runs goes on. */
  public <I extends Asked> void start(Transaction transaction, Job<I> job, I input) {
    put(transaction, job, input, null);
  }

  /**
   * The same, and tells whoever follows the organization.
   *
   * @param event as of {@link Events}
   */
  public <I extends Asked> void start(
      Transaction transaction, Job<I> job, I input, String event, String subject, String detail) {
    start(transaction, job, input);
    Events.append(transaction, input.organization(), event, subject, detail, clock.instant());
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
