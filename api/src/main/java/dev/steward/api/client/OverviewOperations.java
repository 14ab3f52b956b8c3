package dev.steward.api.client;

import static dev.steward.api.Operation.client;

import dev.steward.api.Content;
import dev.steward.api.HttpJson;
import dev.steward.api.Operation;
import dev.steward.api.Request;
import dev.steward.api.client.AccountViews.CoverageView;
import dev.steward.api.client.AccountViews.Unpriced;
import dev.steward.domain.governance.desk.Ledger;
import dev.steward.domain.holdings.Derived;
import dev.steward.domain.holdings.Holding;
import dev.steward.domain.holdings.Holdings;
import dev.steward.domain.jobs.OpenWork;
import dev.steward.domain.serve.Forecasts;
import dev.steward.domain.waste.Discounts;
import dev.steward.model.Account;
import dev.steward.model.Approval;
import dev.steward.model.CostDay;
import dev.steward.model.Event;
import dev.steward.model.Listing;
import dev.steward.model.Money;
import dev.steward.model.MoneySum;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an organization sees at a glance: dashboard, summary, costs. */
public final class OverviewOperations {
  private static final int NEWEST = 20;
  private static final Derived<Ledger.Totals> SAVINGS =
      Derived.of(List.of(Tables.SAVINGS), own -> Ledger.totals(own.all(Tables.SAVINGS).toList()));
  private static final Derived<List<EventView>> RECENT =
      Derived.of(List.of(Tables.EVENTS), OverviewOperations::recent);
  private static final Derived<Summed> COSTS =
      Derived.of(
          List.of(Tables.ACCOUNTS, Tables.LISTINGS, Tables.COST_DAYS), OverviewOperations::summed);
  private final Forecasts forecasts;
  private final InstantSource clock;

  public OverviewOperations(Forecasts forecasts, InstantSource clock) {
    this.forecasts = forecasts;
    this.clock = clock;
  }

  public record EventView(long sequence, String type, String subject, String detail, Instant at) {}

  /**
   * Work under way.
   *
   * @param account null for what concerns the whole organization
   */
  public record Running(
      String work, String id, @Nullable String account, String status, int progress) {}

  /** A question that was not answered, so that nobody takes it for nothing. */
  public record Gap(String account, String region, String kind, String coverage, String detail) {}

  /** How the organization stands in a word. */
  public enum Standing {
    /** No account is connected yet. */
    SETUP_REQUIRED,
    /** An account failed or lacks permissions. */
    DEGRADED,
    ACTIVE
  }

  /** What sums of savings are. */
  public enum SavingsAre {
    AT_LIST_PRICE,
    AFTER_DISCOUNTS;

    static SavingsAre of(Own own) {
      return Discounts.any(own) ? AFTER_DISCOUNTS : AT_LIST_PRICE;
    }
  }

  /**
   * @param accountsByStatus those that somebody has begun to connect are pending
   * @param setupRequired no account is connected yet
   * @param monthlyCost a month's, at list price
   * @param potentialSaving a month's, as {@code savingsAre}
   * @param wasteByCheck open findings' savings; a check of which none has a price is left out
   * @param unpricedByCheck how many open findings of each check have no price
   */
  public record Dashboard(
      Standing status,
      boolean setupRequired,
      Map<String, Integer> accountsByStatus,
      Money monthlyCost,
      Money potentialSaving,
      SavingsAre savingsAre,
      Map<String, Money> wasteByCheck,
      Unpriced unpriced,
      Map<String, Integer> unpricedByCheck,
      int openFindings,
      int pendingApprovals,
      Ledger.Totals savings,
      List<Running> running,
      CoverageView coverage,
      List<Gap> coverageGaps,
      List<EventView> recentEvents) {}

  public record Summary(
      int accounts,
      int resources,
      int openFindings,
      Money monthlyCost,
      Money potentialSaving,
      SavingsAre savingsAre,
      Unpriced unpriced) {}

  /**
   * @param basis what the figures are: an estimate at list price from each day's discovery, not
   *     AWS's bill
   * @param byService and {@code byRegion} and {@code byAccount}: what has no price at all is left
   *     out
   * @param unpriced how many resources each of them leaves out; null until a discovery has counted
   * @param forecast null while there are less than two weeks of costs
   */
  public record Costs(
      String basis,
      String currency,
      List<Day> daily,
      Map<String, Money> byService,
      Map<String, Money> byRegion,
      Map<String, Money> byAccount,
      @Nullable UnpricedCosts unpriced,
      @Nullable CostForecast forecast) {}

  /** How many resources without a price there are, where there are any. */
  public record UnpricedCosts(
      Map<String, Integer> byService,
      Map<String, Integer> byRegion,
      Map<String, Integer> byAccount) {}

  /**
   * A month's cost at the rate of that day.
   *
   * @param unpriced how many resources it leaves out; null for days before they were counted
   */
  public record Day(LocalDate day, Money monthlyRate, @Nullable Integer unpriced) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        client("GET", "/client/dashboard", "client", "Everything at a glance")
            .gives(Dashboard.class)
            .answers(this::dashboard),
        client("GET", "/client/summary", "client", "Totals")
            .gives(Summary.class)
            .answers(OverviewOperations::summary),
        client(
                "GET",
                "/client/costs",
                "client",
                "Estimated cost by day, service, region and account")
            .gives(Costs.class)
            .answers(call -> costs(call, forecast(call))),
        client("GET", "/client/costs/export", "client", "The same as CSV")
            .givesFile("text/csv")
            .answers(call ->
                Content.text("text/csv", Exports.costs(costs(call, null))).named("costs.csv")));
  }

  private Dashboard dashboard(Request request) {
    Own own = request.own();
    List<Account> accounts = own.all(Tables.ACCOUNTS).toList();
    List<Gap> gaps = new ArrayList<>();
    Map<String, Integer> byStatus = new TreeMap<>();
    Holdings holdings = Holdings.of(own);
    for (Account account : accounts) {
      byStatus.merge(HttpJson.name(account.status()), 1, Integer::sum);
      holdings.in(account).gaps().forEach(line -> gaps.add(gap(account, line)));
    }
    Holding all = holdings.all();
    Sums byCheck = new Sums();
    all.saving().forEach(byCheck::add);
    boolean whole = byStatus.keySet().equals(Set.of(HttpJson.name(Account.Status.CONNECTED)));
    int pending = AccountViews.pending(own).size();
    if (pending > 0) byStatus.put(HttpJson.name(AccountViews.Standing.PENDING), pending);
    return new Dashboard(
        accounts.isEmpty() ? Standing.SETUP_REQUIRED : whole ? Standing.ACTIVE : Standing.DEGRADED,
        accounts.isEmpty(),
        byStatus,
        all.monthlyCost(),
        all.potentialSaving().amount(),
        SavingsAre.of(own),
        byCheck.known(),
        Unpriced.of(all),
        byCheck.unpriced(),
        all.findings(),
        (int)
            own.where(
                    Tables.APPROVALS,
                    "status",
                    Tables.approvals(own.organization(), Approval.Status.PENDING))
                .count(),
        SAVINGS.of(own),
        running(own),
        CoverageView.of(all),
        gaps,
        RECENT.of(own));
  }

  private List<Running> running(Own own) {
    return OpenWork.seen(own.state(), own.organization(), clock.instant()).stream()
        .map(seen ->
            new Running(
                seen.work(),
                seen.id(),
                seen.account() == null ? null : seen.account().value(),
                HttpJson.name(seen.status()),
                seen.progress()))
        .toList();
  }

  private static Gap gap(Account account, Listing line) {
    String detail = line.detail();
    return new Gap(
        account.id().value(),
        line.region(),
        line.kind(),
        HttpJson.name(line.coverage()),
        detail == null ? "" : detail);
  }

  private static List<EventView> recent(Own own) {
    return own.latest(Tables.EVENTS)
        .limit(NEWEST)
        .map((Event e) -> new EventView(e.sequence(), e.type(), e.subject(), e.detail(), e.at()))
        .toList();
  }

  private static Summary summary(Request request) {
    Own own = request.own();
    Holding all = Holdings.of(own).all();
    return new Summary(
        (int) own.all(Tables.ACCOUNTS).count(),
        all.resources(),
        all.findings(),
        all.monthlyCost(),
        all.potentialSaving().amount(),
        SavingsAre.of(own),
        Unpriced.of(all));
  }

  private @Nullable CostForecast forecast(Request request) {
    Own own = request.own();
    return CostForecast.of(
        own.state(), request.organization(), own.all(Tables.ACCOUNTS).toList(), forecasts);
  }

  /** What of the costs is made of rows alone. */
  private record Summed(
      List<Day> daily,
      Map<String, Money> byService,
      Map<String, Money> byRegion,
      Map<String, Money> byAccount,
      @Nullable UnpricedCosts unpriced) {}

  private static Costs costs(Request request, @Nullable CostForecast forecast) {
    Summed summed = COSTS.of(request.own());
    return new Costs(
        "list_price_estimate",
        "USD",
        summed.daily(),
        summed.byService(),
        summed.byRegion(),
        summed.byAccount(),
        summed.unpriced(),
        forecast);
  }

  private static Summed summed(Own own) {
    Map<LocalDate, Day> daily = new TreeMap<>();
    own.all(Tables.COST_DAYS)
        .forEach((CostDay day) ->
            daily.merge(
                day.day(),
                new Day(day.day(), day.monthly(), day.unpriced()),
                OverviewOperations::both));
    Sums byService = new Sums();
    Sums byRegion = new Sums();
    Sums byAccount = new Sums();
    boolean counted = true;
    for (Account account : own.all(Tables.ACCOUNTS).toList())
      for (Listing line : AccountViews.listings(own, account)) {
        Integer unpriced = line.unpriced();
        counted &= unpriced != null;
        MoneySum sum = new MoneySum(line.monthlyCost(), unpriced == null ? 0 : unpriced);
        byService.add(line.kind(), sum);
        byRegion.add(line.region(), sum);
        byAccount.add(account.awsAccount().value(), sum);
      }
    return new Summed(
        List.copyOf(daily.values()),
        byService.known(),
        byRegion.known(),
        byAccount.known(),
        counted
            ? new UnpricedCosts(byService.unpriced(), byRegion.unpriced(), byAccount.unpriced())
            : null);
  }

  private static Day both(Day one, Day other) {
    Integer a = one.unpriced();
    Integer b = other.unpriced();
    return new Day(
        one.day(),
        one.monthlyRate().plus(other.monthlyRate()),
        a == null || b == null ? null : Integer.valueOf(a + b));
  }
}
