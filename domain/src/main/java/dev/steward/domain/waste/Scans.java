package dev.steward.domain.waste;

import dev.steward.domain.work.Work;
import dev.steward.model.Account;
import dev.steward.model.Ids;
import dev.steward.model.Money;
import dev.steward.model.RunStatus;
import dev.steward.model.Scan;
import dev.steward.model.ScanBuilder;
import dev.steward.model.ScanId;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.ScanRef;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Asks for waste scans: an account has one at a time. */
public final class Scans {
  private final Work work;
  private final Ids ids;
  private final InstantSource clock;

  public Scans(Work work, Ids ids, InstantSource clock) {
    this.work = work;
    this.ids = ids;
    this.clock = clock;
  }

  /** A waste scan of the account: the one under way, or a new one. */
  public Scan request(Transaction transaction, Account account) {
    Optional<Scan> running = running(transaction.state(), account);
    if (running.isPresent()) return running.get();
    Scan scan =
        ScanBuilder.builder()
            .id(ScanId.from(ids))
            .organization(account.organization())
            .account(account.id())
            .status(RunStatus.QUEUED)
            .progress(0)
            .checks(List.of())
            .metrics(List.of())
            .saving(Money.ZERO)
            .error(null)
            .startedAt(clock.instant())
            .finishedAt(null)
            .unpriced(0)
            .doubts(List.of())
            .build();
    transaction.put(Tables.SCANS, scan);
    work.start(
        transaction,
        Jobs.SCAN,
        ScanRef.of(scan),
        "scan.queued",
        account.id().value(),
        scan.id().value());
    return scan;
  }

  private static Optional<Scan> running(State state, Account account) {
    return state
        .rows(Tables.SCANS)
        .where("account", account.id().value())
        .filter(s -> !s.status().isOver())
        .findFirst();
  }
}
