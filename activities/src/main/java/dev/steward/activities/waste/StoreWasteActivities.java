package dev.steward.activities.waste;

import dev.steward.domain.governance.desk.FindingDesk;
import dev.steward.domain.governance.desk.Scope;
import dev.steward.domain.serve.Champions;
import dev.steward.domain.serve.Outlooks;
import dev.steward.domain.serve.Peaks;
import dev.steward.domain.waste.Discounts;
import dev.steward.estate.PeakOutlook;
import dev.steward.estate.PriceBook;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.estate.catalogue.WasteDetector;
import dev.steward.model.Coverage;
import dev.steward.model.Finding;
import dev.steward.model.FindingBuilder;
import dev.steward.model.FindingId;
import dev.steward.model.Listing;
import dev.steward.model.Money;
import dev.steward.model.MoneySum;
import dev.steward.model.Resource;
import dev.steward.model.RunStatus;
import dev.steward.model.Scan;
import dev.steward.model.Scan.DoubtCoverage;
import dev.steward.model.Scan.MetricCoverage;
import dev.steward.model.job.Jobs.ScanRef;
import dev.steward.storage.Chunks;
import dev.steward.storage.Events;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.workflows.waste.MetricActivities.Question;
import dev.steward.workflows.waste.WasteActivities;
import dev.steward.workflows.waste.WasteScanWorkflow.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the checks over the stored inventory and metrics and keeps the findings. */
public final class StoreWasteActivities implements WasteActivities {
  private static final Outcome CANCELLED = new Outcome(RunStatus.CANCELLED, 0, Money.ZERO, 0);
  private final Store store;
  private final PriceBook prices;
  private final Peaks peaks;
  private final InstantSource clock;

  public StoreWasteActivities(
      Store store, PriceBook prices, Champions champions, InstantSource clock) {
    this.store = store;
    this.prices = prices;
    peaks = new Peaks(champions);
    this.clock = clock;
  }

  @Override
  public Plan begin(ScanRef input) {
    return store.write(transaction -> {
      Optional<Scan> scan = open(transaction, input);
      if (scan.isEmpty()) return new Plan(false, List.of());
      transaction.put(Tables.SCANS, scan.get().running(Math.max(5, scan.get().progress())));
      return new Plan(true, questions(transaction.state(), input));
    });
  }

  private static Optional<Scan> open(Transaction transaction, ScanRef input) {
    if (transaction.find(Tables.ACCOUNTS, input.account().value()).isEmpty())
      return Optional.empty();
    return transaction.find(Tables.SCANS, input.scan().value()).filter(s -> !s.status().isOver());
  }

  /** Only kinds that some check reads metrics of, and only where there are resources. */
  private static List<Question> questions(State state, ScanRef input) {
    Set<String> kinds =
        Catalogue.CHECKS.stream()
            .filter(c -> !c.metrics().isEmpty())
            .map(WasteCheck::kind)
            .collect(Collectors.toSet());
    List<Listing> measured =
        state
            .rows(Tables.LISTINGS)
            .startingWith(input.account().value() + "/")
            .filter(l ->
                kinds.contains(l.kind()) && l.resources() > 0 && l.coverage() == Coverage.ANSWERED)
            .toList();
    int share = measured.isEmpty() ? 0 : 85 / measured.size();
    return measured.stream()
        .map(l -> new Question(input.account(), input.scan(), l.region(), l.kind(), share))
        .toList();
  }

  @Override
  public void unanswered(Unanswered unanswered) {
    Question question = unanswered.question();
    store.write(transaction -> {
      Optional<Scan> scan =
          transaction.find(Tables.SCANS, question.scan().value()).filter(s -> !s.status().isOver());
      transaction.remove(
          Tables.CHUNKS, Chunks.metricsKey(question.account(), question.region(), question.kind()));
      scan.ifPresent(s ->
          transaction.put(
              Tables.SCANS,
              s.measured(
                  new MetricCoverage(
                      question.region(),
                      question.kind(),
                      unanswered.coverage(),
                      0,
                      0,
                      unanswered.detail()))));
      return scan.isPresent();
    });
  }

  @Override
  public Outcome cancelled(ScanRef input) {
    return store.write(transaction -> {
      open(transaction, input)
          .ifPresent(s ->
              transaction.put(
                  Tables.SCANS,
                  s.finished(
                      RunStatus.CANCELLED,
                      List.of(),
                      MoneySum.NONE,
                      "cancelled",
                      clock.instant())));
      return CANCELLED;
    });
  }

  @Override
  public Outcome detect(ScanRef input) {
    State state = store.state();
    Optional<Scan> scan = state.find(Tables.SCANS, input.scan().value());
    if (scan.isEmpty()) return CANCELLED;
    if (scan.get().status().isOver()) return outcome(scan.get());
    // The judging is done on a snapshot, outside the writer; only what it came to is a transaction.
    SightOfAccount judging = SightOfAccount.of(state, input, scan.get(), clock.instant());
    // One book for all that the scan says, whatever is refreshed meanwhile.
    PriceBook book = prices.settled();
    PeakOutlook outlook =
        new Outlooks(peaks, input.organization(), Outlooks.rule(judging.hourly()));
    WasteDetector.Report report =
        WasteDetector.run(
            judging.inventory(), judging.sight(book, outlook), judging.settings(), judging.word());
    Chunks.Packed undecided =
        Chunks.packUndecided(input.account(), input.scan(), report.undecided());
    List<Doubted> unasked = Doubted.byPlace(judging.doubts(book));
    return store.write(t ->
        conclude(t, input, book, report, undecided, judging.answered(), judging.lines(), unasked));
  }

  /** With a line for what nobody asked about: the question was given up, or never begun. */
  private static List<DoubtCoverage> lines(Scan scan, List<Doubted> open) {
    List<DoubtCoverage> lines = new ArrayList<>(scan.doubts());
    for (Doubted doubted : open)
      if (scan.doubts().stream().noneMatch(doubted::isOf))
        lines.add(doubted.unasked("what is in doubt", "nobody was asked"));
    return lines;
  }

  private Outcome conclude(
      Transaction transaction,
      ScanRef input,
      PriceBook book,
      WasteDetector.Report report,
      Chunks.Packed undecided,
      Set<String> answered,
      List<Listing> lines,
      List<Doubted> unasked) {
    Optional<Scan> scan = open(transaction, input);
    if (scan.isEmpty())
      return transaction
          .find(Tables.SCANS, input.scan().value())
          .map(StoreWasteActivities::outcome)
          .orElse(CANCELLED);
    Instant now = clock.instant();
    Set<String> found = new HashSet<>();
    for (WasteDetector.Hit hit : report.hits()) {
      Finding finding = finding(transaction, input, book, hit, now);
      transaction.put(Tables.FINDINGS, finding);
      found.add(finding.id().value());
    }
    Scope.leave(
        transaction, findings(transaction, input).filter(f -> !found.contains(f.id().value())));
    resolve(transaction, input, report, answered, found, now);
    undecided.put(transaction);
    // The same that the dashboard counts, so that both say the same.
    MoneySum total = MoneySum.of(Scope.open(findings(transaction, input)), Finding::saving);
    Scan judged = scan.get().doubted(lines(scan.get(), unasked));
    boolean gaps = lines.stream().anyMatch(l -> l.coverage().isGap()) || judged.hasGaps();
    Scan done =
        judged.finished(
            gaps ? RunStatus.PARTIAL : RunStatus.COMPLETED, report.results(), total, null, now);
    transaction.put(Tables.SCANS, done);
    Events.append(
        transaction,
        input.organization(),
        "scan." + done.status().name().toLowerCase(java.util.Locale.ROOT),
        input.account().value(),
        found.size() + " findings, " + total.monthly(),
        now);
    return new Outcome(done.status(), found.size(), total.amount(), total.unpriced());
  }

  private static Stream<Finding> findings(Transaction transaction, ScanRef input) {
    return transaction.rows(Tables.FINDINGS).where("account", input.account().value());
  }

  private Finding finding(
      Transaction transaction, ScanRef input, PriceBook book, WasteDetector.Hit hit, Instant now) {
    Resource resource = hit.resource();
    FindingId id =
        FindingDesk.id(input.account(), hit.check().id(), resource.region(), resource.id());
    Optional<Finding> before = transaction.find(Tables.FINDINGS, id.value());
    Instant first = before.map(Finding::firstSeen).orElse(now);
    Finding found =
        FindingBuilder.builder()
            .id(id)
            .organization(input.organization())
            .account(input.account())
            .scan(input.scan())
            .check(hit.check().id())
            .kind(resource.kind())
            .region(resource.region())
            .resource(resource.id())
            .resourceName(resource.name())
            .state(Finding.State.OPEN)
            .saving(hit.waste().saving())
            .confidence(hit.waste().confidence())
            .evidence(hit.waste().evidence())
            .priceBook(book.version())
            .ruleVersion(hit.check().version())
            .firstSeen(first)
            .lastSeen(now)
            .resolvedAt(null)
            .judgement(null)
            .unobserved(null)
            .actions(hit.actions())
            .build();
    return FindingDesk.judged(
        transaction, Discounts.applied(transaction.state(), found), before, now);
  }

  /**
   * Resolves what is no longer found, but only where the scan could see: no answer is not a clean
   * answer.
   */
  private static void resolve(
      Transaction transaction,
      ScanRef input,
      WasteDetector.Report report,
      Set<String> answered,
      Set<String> found,
      Instant now) {
    Set<String> ran =
        report.results().stream().map(Scan.CheckResult::check).collect(Collectors.toSet());
    Set<String> undecided =
        report.undecided().stream()
            .map(u -> WasteDetector.key(u.check(), u.region(), u.resource()))
            .collect(Collectors.toSet());
    for (Finding finding : findings(transaction, input).toList()) {
      if (finding.state() == Finding.State.RESOLVED || found.contains(finding.id().value()))
        continue;
      if (Scope.out(transaction.state(), finding).isPresent()) continue;
      String place = Catalogue.kind(finding.kind()).place(finding.region());
      boolean seen =
          ran.contains(finding.check())
              && answered.contains(place + "/" + finding.kind())
              && !undecided.contains(
                  WasteDetector.key(finding.check(), finding.region(), finding.resource()));
      if (seen) transaction.put(Tables.FINDINGS, finding.resolved(now));
    }
  }

  private static Outcome outcome(Scan scan) {
    return new Outcome(
        scan.status(),
        scan.checks().stream().mapToInt(Scan.CheckResult::waste).sum(),
        scan.saving(),
        scan.unpriced());
  }
}
