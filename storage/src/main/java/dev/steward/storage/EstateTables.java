package dev.steward.storage;

import dev.steward.model.Account;
import dev.steward.model.CheckSettings;
import dev.steward.model.CostDay;
import dev.steward.model.Differences;
import dev.steward.model.Disconnection;
import dev.steward.model.Discount;
import dev.steward.model.Discovery;
import dev.steward.model.Finding;
import dev.steward.model.Listing;
import dev.steward.model.Onboarding;
import dev.steward.model.Scan;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is connected, and what was found there. */
interface EstateTables {
  String ESTATE =
      "as large as the estate: the newest of each account, region and kind replaces the one before";

  Table<Account> ACCOUNTS =
      Table.named("accounts", "account", Account.class, a -> a.id().value())
          .of(Account::organization)
          .index(Index.on("aws_account", a -> a.awsAccount().value()))
          .holding(Account::credentials)
          .at("/client/accounts/{id}")
          .kept("what people connected; what hangs on an account goes with it");
  Table<Onboarding> ONBOARDINGS =
      Table.named("onboardings", "onboarding", Onboarding.class, o -> o.id().value())
          .of(Onboarding::organization)
          .about(ACCOUNTS, o -> text(o.account()), "it says that it was disconnected")
          .index(
              new Index<>(
                  "account", o -> o.account() == null ? List.of() : List.of(o.account().value())))
          .holding(Onboarding::credentials)
          .at("/onboarding/{id}")
          .at("/onboarding/template/{id}")
          .kept(
              new Keep.Forgotten<>(
                  "keep.onboarding-days",
                  null,
                  "only those that have connected nothing; the others stay when the account goes",
                  Onboarding::idleSince,
                  Onboarding::createdAt,
                  0,
                  (state, onboarding) -> false));
  Table<Disconnection> DISCONNECTIONS =
      Table.named("disconnections", "disconnection", Disconnection.class, d -> d.account().value())
          .of(Disconnection::organization)
          .about(ACCOUNTS, d -> d.account().value(), "it cleans up after it")
          .kept("go when they are done");
  Table<Discovery> DISCOVERIES =
      Table.named("discoveries", "discovery", Discovery.class, d -> d.account().value())
          .within(ACCOUNTS, d -> d.account().value())
          .kept(ESTATE);
  Table<Listing> LISTINGS =
      Table.named("listings", "line of the coverage record", Listing.class, Listing::key)
          .within(ACCOUNTS, l -> l.account().value())
          .kept(ESTATE);
  Table<Chunk> CHUNKS =
      Table.named("chunks", "part of the inventory", Chunk.class, Chunk::key)
          .within(ACCOUNTS, c -> c.account().value())
          .withBodies()
          .kept(ESTATE);
  Table<Differences> DIFFERENCES =
      Table.named(
              "differences",
              "what a discovery found otherwise",
              Differences.class,
              Differences::key)
          .within(ACCOUNTS, d -> d.account().value())
          .withBodies()
          .kept(
              new Keep.Forgotten<>(
                  "keep.difference-days",
                  "keep.differences",
                  "one row for each listing that was not as before",
                  Differences::at,
                  Differences::at,
                  0,
                  (state, differences) -> false));
  Table<Scan> SCANS =
      Table.named("scans", "scan", Scan.class, s -> s.id().value())
          .under(ACCOUNTS, s -> s.account().value())
          .at("/waste/scans/{id}")
          .kept(
              new Keep.Forgotten<>(
                  "keep.scan-days",
                  "keep.scans",
                  "ten of an account stay, one under way, one whose metrics are read still, and one that a"
                      + " finding names",
                  s -> s.status().isOver() ? s.finishedAt() : null,
                  Scan::startedAt,
                  10,
                  EstateTables::isNeeded));
  Table<Finding> FINDINGS =
      Table.named("findings", "finding", Finding.class, f -> f.id().value())
          .of(Finding::organization)
          .under(ACCOUNTS, f -> f.account().value())
          .index(Index.on("scan", f -> f.scan().value()))
          .index(Index.on("resource", f -> f.organization() + "/" + f.resource()))
          .at("/waste/findings/{id}")
          .kept(
              new Keep.Forgotten<>(
                  "keep.resolved-days",
                  "keep.resolved",
                  "that is what is resolved, but for what a change names; of what is open there is as"
                      + " much as there is waste",
                  f -> f.state() == Finding.State.RESOLVED ? f.resolvedAt() : null,
                  f -> f.resolvedAt() == null ? f.lastSeen() : f.resolvedAt(),
                  0,
                  EstateTables::isNamed));
  Table<CostDay> COST_DAYS =
      Table.named("cost_days", "day's cost", CostDay.class, c -> CostDay.key(c.account(), c.day()))
          .within(ACCOUNTS, c -> c.account().value())
          .kept(
              new Keep.Forgotten<>(
                  "keep.cost-days",
                  null,
                  "one a day and account, and the newest stays",
                  EstateTables::noon,
                  EstateTables::noon,
                  1,
                  (state, day) -> false));
  Table<Discount> DISCOUNTS =
      Table.named("discounts", "discount", Discount.class, Discount::key)
          .ofKey(Discount::organization)
          .under(ACCOUNTS, d -> text(d.account()))
          .at("/waste/prices/discounts/{account}")
          .kept(PlatformTables.SET_UP);
  Table<CheckSettings> CHECK_SETTINGS =
      Table.named(
              "check_settings",
              "check's settings",
              CheckSettings.class,
              s -> CheckSettings.key(s.organization(), s.check()))
          .ofKey(CheckSettings::organization)
          .kept(PlatformTables.SET_UP);

  List<Table<?>> CONNECTED =
      List.of(
          ONBOARDINGS,
          ACCOUNTS,
          DISCOVERIES,
          DISCONNECTIONS,
          LISTINGS,
          CHUNKS,
          DIFFERENCES,
          // Before the scans that they name: what is forgotten is forgotten in this order.
          FINDINGS,
          SCANS,
          CHECK_SETTINGS,
          DISCOUNTS,
          COST_DAYS);

  private static @Nullable String text(@Nullable Object id) {
    return id == null ? null : id.toString();
  }

  private static Instant noon(CostDay day) {
    return day.day().atTime(12, 0).toInstant(ZoneOffset.UTC);
  }

  /** It says why the change was asked for. */
  private static boolean isNamed(State state, Finding finding) {
    return state
        .rows(GovernanceTables.CHANGES)
        .where("finding", finding.id().value())
        .findAny()
        .isPresent();
  }

  /** It says what was looked at when a finding was made, or where metrics come from. */
  private static boolean isNeeded(State state, Scan scan) {
    return state.rows(FINDINGS).where("scan", scan.id().value()).findAny().isPresent()
        || isRead(state, scan);
  }

  /** It says from when the metrics are that it fetched, and that are read still. */
  private static boolean isRead(State state, Scan scan) {
    return state
        .rows(CHUNKS)
        .startingWith(Chunks.metricsPrefix(scan.account()))
        .map(Chunk::run)
        .anyMatch(scan.id().value()::equals);
  }
}
