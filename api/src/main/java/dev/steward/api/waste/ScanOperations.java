package dev.steward.api.waste;

import static dev.steward.api.Operation.client;

import dev.steward.api.ListFilter;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Rule;
import dev.steward.api.Sorts;
import dev.steward.api.Starts;
import dev.steward.api.client.AccountViews;
import dev.steward.domain.waste.Scans;
import dev.steward.model.Account;
import dev.steward.model.Money;
import dev.steward.model.Problem;
import dev.steward.model.RunStatus;
import dev.steward.model.Scan;
import dev.steward.model.Violation;
import dev.steward.model.job.Jobs;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Scans. */
public final class ScanOperations {
  private static final Starts<Scan> SCAN =
      Starts.of(
          Jobs.SCAN, Tables.SCANS, "/waste/scans/{id}", (begun, now) -> now.status().isOver());

  private static final Sorts<Scan> SORTS =
      Sorts.<Scan>of(Scan::id)
          .time("started_at", Scan::startedAt)
          .time("finished_at", Scan::finishedAt)
          .money("saving", Scan::saving)
          .constant("status", Scan::status)
          .first("-started_at");

  private final Scans scans;

  public ScanOperations(Scans scans) {
    this.scans = scans;
  }

  /** The account may be left out where the organization has only one. */
  public record ScanRequest(
      @Rule(
              min = 1,
              aliases = {"account_id", "id"})
          @Nullable String account) {}

  /**
   * @param saving of the open findings whose price is known
   * @param unpriced how many open findings have no price
   */
  public record ScanView(
      String id,
      String account,
      RunStatus status,
      int progress,
      List<Scan.CheckResult> checks,
      List<Scan.MetricCoverage> metrics,
      List<Scan.DoubtCoverage> doubts,
      Money saving,
      int unpriced,
      @Nullable String error,
      Instant startedAt,
      @Nullable Instant finishedAt) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        client("POST", "/waste/scans", "waste", "Scan an account")
            .takes(ScanRequest.class)
            .gives(ScanView.class)
            .refuses(404)
            .starts(
                SCAN,
                (call, t) -> scans.request(t, account(call.own(t), call.body().account())),
                (own, scan) -> view(scan)),
        client(
                "GET",
                "/waste/scans",
                "waste",
                "Past and running scans, newest first; forgotten after keep.scan-days, and a cursor"
                    + " to what was forgotten is 410")
            .refuses(404)
            .list(
                ScanView.class,
                SORTS,
                AccountViews.of(Scan::account),
                ListFilter.by(
                    QueryParameter.constant("status", RunStatus.class),
                    (s, is) -> is == s.status()))
            .forgetting(Tables.SCANS, (own, call) -> accounts(own, call.find(AccountViews.ACCOUNT)))
            .paged(Tables.SCANS, ScanOperations::view),
        client("GET", "/waste/scans/{id}", "waste", "A scan with its coverage")
            .gives(ScanView.class)
            .refuses(404)
            .answers(call -> view(call.own().get(Tables.SCANS, call.path("id")))));
  }

  private static Stream<String> accounts(Own own, java.util.Optional<String> one) {
    return one.map(id -> Stream.of(AccountViews.find(own, id)))
        .orElseGet(() -> own.all(Tables.ACCOUNTS))
        .map(a -> a.id().value());
  }

  private static Account account(Own own, @Nullable String id) {
    if (id != null) return AccountViews.find(own, id);
    List<Account> accounts = own.all(Tables.ACCOUNTS).toList();
    if (accounts.size() == 1) return accounts.getFirst();
    throw Problem.invalid(
        List.of(
            new Violation(
                "account",
                accounts.isEmpty()
                    ? "is required; no account is connected yet"
                    : "is required where there are several")));
  }

  private static ScanView view(Scan s) {
    return new ScanView(
        s.id().value(),
        s.account().value(),
        s.status(),
        s.progress(),
        s.checks(),
        s.metrics(),
        s.doubts(),
        s.saving(),
        s.unpriced(),
        s.error(),
        s.startedAt(),
        s.finishedAt());
  }
}
