package dev.steward.domain.governance.desk;

import dev.steward.estate.catalogue.WasteDetector;
import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.Exemption;
import dev.steward.model.ExemptionId;
import dev.steward.model.Finding;
import dev.steward.model.Finding.Judgement;
import dev.steward.model.FindingId;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import dev.steward.storage.Blobs;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people say of findings, and the exemptions that outlive them. */
public final class FindingDesk {
  private static final Duration LONGEST = Duration.ofDays(3 * 365);
  private final Office office;

  public FindingDesk(Office office) {
    this.office = office;
  }

  /** The same waste has the same id in every scan. */
  public static FindingId id(AccountId account, String check, String region, String resource) {
    String name = account + "/" + WasteDetector.key(check, region, resource);
    return new FindingId(
        "fnd_" + Blobs.digest(name.getBytes(StandardCharsets.UTF_8)).substring(0, 20));
  }

  /** What is wrong with the end of an exemption: it has one, and not in the far future. */
  public static Optional<Violation> until(Instant until, Instant now) {
    if (!until.isAfter(now)) return Optional.of(new Violation("until", "must be in the future"));
    return until.isAfter(now.plus(LONGEST))
        ? Optional.of(new Violation("until", "must be within three years"))
        : Optional.empty();
  }

  /** It is no waste, for good: later scans leave it dismissed. */
  public Finding dismiss(Transaction t, Finding finding, String who, String reason) {
    requireKnown(finding);
    Finding said =
        t.put(
            Tables.FINDINGS,
            finding.judged(
                Finding.State.DISMISSED, new Judgement(who, reason, null, office.now())));
    tell(t, said, who, "finding.dismissed", reason);
    return said;
  }

  /** It is left alone until then. */
  public Finding exempt(Transaction t, Finding finding, String who, String reason, Instant until) {
    requireKnown(finding);
    add(
        t,
        new Exemption(
            ExemptionId.from(office.ids()),
            finding.organization(),
            finding.check(),
            finding.account(),
            finding.resource(),
            reason,
            until,
            who,
            office.now()));
    return t.find(Tables.FINDINGS, finding.id().value()).orElseThrow();
  }

  /** It is waste again; exemptions made for just this finding end. */
  public Finding reopen(Transaction t, Finding finding, String who, String reason) {
    if (finding.state() != Finding.State.DISMISSED && finding.state() != Finding.State.EXEMPT)
      throw Problem.of(
          Problem.Type.CONFLICT,
          "it is neither dismissed nor exempt, but " + ChangeDesk.lower(finding.state().name()));
    for (Exemption exemption : Exempt.by(t.state(), finding, office.now()).toList()) {
      if (!finding.resource().equals(exemption.resource()))
        throw Problem.of(
            Problem.Type.CONFLICT,
            "the exemption " + exemption.id() + " covers more than this finding; end that first");
      t.remove(Tables.EXEMPTIONS, exemption.id().value());
    }
    Finding said = t.put(Tables.FINDINGS, finding.judged(Finding.State.OPEN, null));
    tell(t, said, who, "finding.reopened", reason);
    return said;
  }

  /** Adds an exemption; findings that it covers are exempt at once. */
  public Exemption add(Transaction t, Exemption exemption) {
    hold(t, exemption);
    office.tell(
        t,
        exemption.organization(),
        exemption.author(),
        "exemption.added",
        exemption.id().value(),
        Map.of("reason", exemption.reason(), "until", exemption.until().toString()));
    return exemption;
  }

  /** From now on it holds, and exempts what it covers. */
  private void hold(Transaction t, Exemption exemption) {
    t.put(Tables.EXEMPTIONS, exemption);
    Exempt.covered(t.state(), exemption, office.now())
        .filter(f -> f.state() == Finding.State.OPEN)
        .toList()
        .forEach(f -> t.put(Tables.FINDINGS, exempt(f, exemption, office.now())));
  }

  /** From now on they hold; the account's findings are walked once for all of them. */
  void hold(Transaction t, Account account, List<Exemption> exemptions) {
    exemptions.forEach(e -> t.put(Tables.EXEMPTIONS, e));
    if (exemptions.isEmpty()) return;
    Instant now = office.now();
    t.rows(Tables.FINDINGS)
        .where("account", account.id().value())
        .filter(f -> f.state() == Finding.State.OPEN)
        .toList()
        .forEach(f ->
            Exempt.by(t.state(), f, now)
                .findFirst()
                .ifPresent(e -> t.put(Tables.FINDINGS, exempt(f, e, now))));
  }

  private static Finding exempt(Finding finding, Exemption by, Instant now) {
    return finding.judged(
        Finding.State.EXEMPT, new Judgement(by.author(), by.reason(), by.until(), now));
  }

  /** Ends an exemption; what no other one covers is open again. */
  public void end(Transaction t, Exemption exemption, String who) {
    t.remove(Tables.EXEMPTIONS, exemption.id().value());
    Instant now = office.now();
    Exempt.covered(t.state(), exemption, now)
        .filter(f -> f.state() == Finding.State.EXEMPT)
        .filter(f -> Exempt.by(t.state(), f, now).findAny().isEmpty())
        .toList()
        .forEach(f -> t.put(Tables.FINDINGS, f.judged(Finding.State.OPEN, null)));
    office.tell(
        t,
        exemption.organization(),
        who,
        "exemption.ended",
        exemption.id().value(),
        Map.of("reason", exemption.reason()));
  }

  /**
   * How a finding that a scan has made stands, given what people said of the one before and the
   * exemptions that hold.
   */
  public static Finding judged(
      Transaction t, Finding found, Optional<Finding> before, Instant now) {
    Optional<Exemption> exemption = Exempt.by(t.state(), found, now).findFirst();
    if (exemption.isPresent()) return exempt(found, exemption.get(), now);
    return before
        .filter(b -> b.state() == Finding.State.DISMISSED)
        .map(b -> found.judged(Finding.State.DISMISSED, b.judgement()))
        .orElse(found);
  }

  private static void requireKnown(Finding finding) {
    if (finding.state() == Finding.State.RESOLVED)
      throw Problem.of(Problem.Type.CONFLICT, "the finding is resolved");
  }

  private void tell(Transaction t, Finding finding, String who, String what, String reason) {
    office.tell(
        t,
        finding.organization(),
        who,
        what,
        finding.id().value(),
        Map.of("reason", reason, "resource", finding.resource(), "check", finding.check()));
  }
}
