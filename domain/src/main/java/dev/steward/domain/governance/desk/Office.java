package dev.steward.domain.governance.desk;

import dev.steward.domain.work.Work;
import dev.steward.estate.PriceBook;
import dev.steward.model.Ids;
import dev.steward.model.OrganizationId;
import dev.steward.storage.Events;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** What every desk needs. */
public record Office(Work work, Ids ids, InstantSource clock, PriceBook prices, AuditBook audit) {
  Instant now() {
    return clock.instant();
  }

  /** Tells an event, to whoever follows, and keeps it in the audit chain. */
  void tell(
      Transaction t,
      OrganizationId organization,
      String actor,
      String type,
      String subject,
      Map<String, String> detail) {
    Instant now = now();
    audit.append(t, organization, actor, type, subject, detail, now);
    Events.append(t, organization, type, subject, detail.getOrDefault("summary", actor), now);
  }
}
