package dev.steward.domain.prices;

import dev.steward.domain.work.Work;
import dev.steward.model.Ids;
import dev.steward.model.OrganizationId;
import dev.steward.model.PriceRefresh;
import dev.steward.model.PriceRefreshBuilder;
import dev.steward.model.PriceRefreshId;
import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.PriceRefreshRef;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Asks for refreshes of the prices: there is one at a time, whoever asked. */
public final class PriceRefreshes {
  /** Who asked where nobody did. */
  public static final String SCHEDULE = "schedule";

  private final Work work;
  private final Ids ids;
  private final InstantSource clock;

  public PriceRefreshes(Work work, Ids ids, InstantSource clock) {
    this.work = work;
    this.ids = ids;
    this.clock = clock;
  }

  /** The refresh that the organization has under way, or a new one. */
  public PriceRefresh request(Transaction t, OrganizationId organization, String user) {
    Optional<PriceRefresh> running =
        t.own(organization)
            .all(Tables.PRICE_REFRESHES)
            .filter(r -> !r.status().isOver())
            .findFirst();
    if (running.isPresent()) return running.get();
    PriceRefresh refresh =
        t.put(
            Tables.PRICE_REFRESHES,
            PriceRefreshBuilder.builder()
                .id(PriceRefreshId.from(ids))
                .organization(organization)
                .user(user)
                .status(RunStatus.QUEUED)
                .queries(0)
                .answers(List.of())
                .book(null)
                .error(null)
                .startedAt(clock.instant())
                .finishedAt(null)
                .build());
    work.start(
        t,
        Jobs.PRICE_REFRESH,
        PriceRefreshRef.of(refresh),
        "prices.queued",
        refresh.id().value(),
        "asked by " + user);
    return refresh;
  }

  /** The last one that somebody asked for, of whatever organization. */
  public static Optional<PriceRefresh> last(State state) {
    return state.rows(Tables.PRICE_REFRESHES).stream()
        .max(Comparator.comparing(PriceRefresh::startedAt));
  }

  /**
   * Asks again where the last time is longer ago. Where nobody ever asked nothing is due: that the
   * platform's own credentials may ask is for a person to find out.
   */
  public Optional<PriceRefresh> repeat(Transaction t, Duration after) {
    return last(t.state())
        .filter(r -> r.status().isOver())
        .filter(r -> !r.startedAt().plus(after).isAfter(clock.instant()))
        .map(r -> request(t, r.organization(), SCHEDULE));
  }
}
