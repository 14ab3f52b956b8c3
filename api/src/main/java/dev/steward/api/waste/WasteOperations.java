package dev.steward.api.waste;

import static dev.steward.api.Operation.client;

import dev.steward.api.Operation;
import dev.steward.api.Operation.Shape;
import dev.steward.api.PageOf;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.client.AccountViews;
import dev.steward.domain.governance.desk.Scope;
import dev.steward.domain.waste.Scans;
import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.CheckSettings;
import dev.steward.model.Finding;
import dev.steward.model.Money;
import dev.steward.model.Problem;
import dev.steward.model.RunStatus;
import dev.steward.model.Scan;
import dev.steward.model.Violation;
import dev.steward.storage.Own;
import dev.steward.storage.Retention;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Findings, scans and the catalogue of checks. */
public final class WasteOperations {
  /** Sorts after every number. */
  private static final String UNPRICED_LAST = "unpriced/";

  private final Store store;
  private final Scans scans;

  public WasteOperations(Store store, Scans scans) {
    this.store = store;
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
      Money saving,
      int unpriced,
      @Nullable String error,
      Instant startedAt,
      @Nullable Instant finishedAt) {}

  public record SettingsChange(
      @Nullable Boolean enabled, @Rule(max = 20) @Nullable Map<String, Double> thresholds) {}

  public List<Operation> operations() {
    return List.of(
        client("GET", "/waste/findings", "waste", "What costs money for nothing")
            .gives(Shape.PAGE, FindingViews.FindingView.class)
            .query("kind", "account", "region", "state", "min_saving", "sort", "limit", "after")
            .handle(this::findings),
        client("GET", "/waste/findings/{id}", "waste", "A finding with its evidence")
            .gives(FindingViews.FindingView.class)
            .answers(200, 404)
            .handle(this::finding),
        client("POST", "/waste/scans", "waste", "Scan an account")
            .takes(ScanRequest.class)
            .gives(ScanView.class)
            .answers(202, 200, 404)
            .handle(this::scan),
        client(
                "GET",
                "/waste/scans",
                "waste",
                "Past and running scans, newest first; forgotten after keep.scan-days, and a cursor to"
                    + " what was forgotten is 410")
            .gives(Shape.PAGE, ScanView.class)
            .query("account", "limit", "after")
            .answers(200, 404, 410)
            .handle(this::scans),
        client("GET", "/waste/scans/{id}", "waste", "A scan with its coverage")
            .gives(ScanView.class)
            .answers(200, 404)
            .handle(this::oneScan),
        client("GET", "/waste/kinds", "waste", "What is checked, and how")
            .gives(Shape.ARRAY, CheckViews.KindView.class)
            .handle(this::kinds),
        client(
                "PUT",
                "/waste/kinds/{kind}/settings",
                "waste",
                "Thresholds of a check, and whether it runs")
            .takes(SettingsChange.class)
            .gives(CheckViews.KindView.class)
            .answers(200, 404)
            .handle(this::settings));
  }

  private Reply findings(Request request) {
    Own own = request.own();
    Optional<String> account =
        request.query("account").map(id -> AccountViews.find(own, id).id().value());
    Optional<Money> least = request.query("min_saving").map(WasteOperations::money);
    Finding.State wanted = request.query("state").map(WasteOperations::state).orElse(null);
    Stream<Finding> found =
        own.all(Tables.FINDINGS)
            .filter(f -> account.map(a -> a.equals(f.account().value())).orElse(true))
            .filter(f ->
                request
                    .query("kind")
                    .map(k -> k.equals(f.check()) || k.equals(f.kind()))
                    .orElse(true))
            .filter(f -> request.query("region").map(f.region()::equals).orElse(true))
            .filter(f -> wanted == null || wanted == f.state())
            .filter(f -> least.map(m -> saves(f, m)).orElse(true));
    java.util.function.Function<Finding, String> position =
        position(request.query("sort").orElse("-saving"));
    return Reply.ok(
        PageOf.cut(request, found.sorted(Comparator.comparing(position)), position)
            .map(f -> FindingViews.view(own, f)));
  }

  private static java.util.function.Function<Finding, String> position(String sort) {
    return switch (sort) {
      case "-saving", "saving_desc" -> f -> bySaving(f, micros -> Long.MAX_VALUE - micros);
      case "saving", "saving_asc" -> f -> bySaving(f, micros -> micros);
      case "first_seen" -> f -> f.firstSeen() + "/" + f.id();
      default ->
          throw Problem.invalid(
              List.of(new Violation("sort", "must be one of -saving, saving, first_seen")));
    };
  }

  /** What has no price comes last, whichever way the others are sorted. */
  private static String bySaving(Finding f, LongUnaryOperator order) {
    Money saving = f.saving();
    return saving == null
        ? UNPRICED_LAST + f.id()
        : String.format(Locale.ROOT, "%019d/%s", order.applyAsLong(saving.micros()), f.id());
  }

  /** What has no price is not known to save so much. */
  private static boolean saves(Finding f, Money least) {
    Money saving = f.saving();
    return saving != null && saving.compareTo(least) >= 0;
  }

  private static Money money(String text) {
    try {
      return Money.usd(new BigDecimal(text));
    } catch (NumberFormatException | ArithmeticException e) {
      throw Problem.invalid(List.of(new Violation("min_saving", "must be a number of dollars")));
    }
  }

  private static Finding.State state(String text) {
    for (Finding.State state : Finding.State.values())
      if (state.name().toLowerCase(Locale.ROOT).equals(text)) return state;
    throw Problem.invalid(
        List.of(new Violation("state", "must be one of open, resolved, dismissed, exempt")));
  }

  private Reply finding(Request request) {
    Own own = request.own();
    return Reply.ok(FindingViews.view(own, own.get(Tables.FINDINGS, request.path("id"))));
  }

  private Reply scan(Request request) {
    ScanRequest wanted = request.body(ScanRequest.class);
    Reply reply =
        request.once(t -> {
          Scan scan = scans.request(t, account(request.own(t), wanted.account()));
          return Reply.accepted(view(scan), "/waste/scans/" + scan.id());
        });
    Duration patience = request.patience(Duration.ZERO);
    if (patience.isZero() || reply.status() != 202) return reply;
    String id =
        String.valueOf(reply.headers().getOrDefault("Location", "")).replace("/waste/scans/", "");
    return store
        .await(
            s ->
                s.own(request.organization())
                    .find(Tables.SCANS, id)
                    .filter(scan -> scan.status().isOver()),
            patience)
        .map(scan -> Reply.ok(view(scan)))
        .orElse(reply);
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

  private Reply scans(Request request) {
    Own own = request.own();
    List<String> accounts =
        request
            .query("account")
            .map(id -> Stream.of(AccountViews.find(own, id)))
            .orElseGet(() -> own.all(Tables.ACCOUNTS))
            .map(a -> a.id().value())
            .toList();
    return Reply.ok(
        PageOf.kept(
                request,
                accounts.stream().flatMap(a -> own.under(Tables.ACCOUNTS, a, Tables.SCANS)),
                scan -> PageOf.newest(scan.startedAt(), scan.id()),
                Retention.until(own.state(), Tables.SCANS, accounts.stream()),
                id -> own.find(Tables.SCANS, id).isPresent())
            .map(WasteOperations::view));
  }

  private Reply oneScan(Request request) {
    return Reply.ok(view(request.own().get(Tables.SCANS, request.path("id"))));
  }

  private static ScanView view(Scan s) {
    return new ScanView(
        s.id().value(),
        s.account().value(),
        s.status(),
        s.progress(),
        s.checks(),
        s.metrics(),
        s.saving(),
        s.unpriced(),
        s.error(),
        s.startedAt(),
        s.finishedAt());
  }

  private Reply kinds(Request request) {
    Own own = request.own();
    return Reply.ok(Catalogue.CHECKS.stream().map(check -> CheckViews.view(own, check)).toList());
  }

  private Reply settings(Request request) {
    WasteCheck check =
        Catalogue.check(request.path("kind")).orElseThrow(() -> Problem.notFound("check"));
    SettingsChange change = request.body(SettingsChange.class);
    Map<String, Double> wanted = change.thresholds() == null ? Map.of() : change.thresholds();
    refuse(check, wanted);
    store.write(t -> {
      String key = CheckSettings.key(request.organization(), check.id());
      CheckSettings before =
          request
              .own(t)
              .find(Tables.CHECK_SETTINGS, key)
              .orElse(new CheckSettings(request.organization(), check.id(), true, Map.of()));
      Map<String, Double> thresholds = new HashMap<>(before.thresholds());
      thresholds.putAll(wanted);
      boolean enabled = change.enabled() == null ? before.enabled() : change.enabled();
      CheckSettings settings =
          t.put(
              Tables.CHECK_SETTINGS,
              new CheckSettings(request.organization(), check.id(), enabled, thresholds));
      Scope.leave(t, request.own(t).all(Tables.FINDINGS).filter(f -> f.check().equals(check.id())));
      return settings;
    });
    return Reply.ok(CheckViews.view(request.own(), check));
  }

  private static void refuse(WasteCheck check, Map<String, Double> wanted) {
    List<Violation> violations = new ArrayList<>();
    wanted.forEach((name, value) -> {
      Optional<Threshold> threshold =
          check.thresholds().stream().filter(t -> t.name().equals(name)).findFirst();
      if (threshold.isEmpty())
        violations.add(
            new Violation(
                "thresholds." + name,
                "is not a threshold of this check; it has "
                    + check.thresholds().stream().map(Threshold::name).toList()));
      else if (value < threshold.get().minimum() || value > threshold.get().maximum())
        violations.add(
            new Violation(
                "thresholds." + name,
                "must be from " + threshold.get().minimum() + " to " + threshold.get().maximum()));
    });
    if (!violations.isEmpty()) throw Problem.invalid(violations);
  }
}
