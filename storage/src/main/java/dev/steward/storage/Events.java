package dev.steward.storage;

import dev.steward.model.Event;
import dev.steward.model.OrganizationId;
import java.time.Instant;

/** Appends to the event log; the sequence has no holes. */
public final class Events {
  private Events() {}

  public static Event append(
      Transaction transaction,
      OrganizationId organization,
      String type,
      String subject,
      String detail,
      Instant at) {
    long sequence = transaction.rows(Tables.EVENTS).last().map(Event::sequence).orElse(0L) + 1;
    return transaction.put(
        Tables.EVENTS, new Event(sequence, organization, type, subject, detail, at));
  }
}
