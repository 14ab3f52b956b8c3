package dev.steward.domain.discovery;

import dev.steward.domain.work.Work;
import dev.steward.model.Account;
import dev.steward.model.Discovery;
import dev.steward.model.DiscoveryId;
import dev.steward.model.Ids;
import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.DiscoveryRef;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Asks for discoveries: an account has one at a time. */
public final class Discoveries {
  private final Work work;
  private final Ids ids;
  private final InstantSource clock;

  public Discoveries(Work work, Ids ids, InstantSource clock) {
    this.work = work;
    this.ids = ids;
    this.clock = clock;
  }

  /** A discovery of the account: the one under way, or a new one. */
  public Discovery request(Transaction transaction, Account account) {
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
    work.start(
        transaction,
        Jobs.DISCOVERY,
        DiscoveryRef.of(discovery),
        "discovery.queued",
        account.id().value(),
        discovery.id().value());
    return discovery;
  }
}
