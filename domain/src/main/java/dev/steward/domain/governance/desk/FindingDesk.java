package dev.steward.domain.governance.desk;

import dev.steward.estate.Detector;
import dev.steward.model.AccountId;
import dev.steward.model.Exemption;
import dev.steward.model.ExemptionId;
import dev.steward.model.Finding;
import dev.steward.model.Finding.Judgement;
import dev.steward.model.FindingId;
import dev.steward.model.OrganizationId;
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
import java.util.stream.Stream;

/** What people say of findings, and the exemptions that outlive them. */
public final class FindingDesk {
  private static final Duration LONGEST = Duration.ofDays(3 * 365);
  private final Office office;

  public FindingDesk(Office office) {
    this.office = office;
  }

  /** The same waste has the same id in every scan. */
  public static FindingId id(AccountId account, String check, String region, String resource) {
    String name = account + "/" + Detector.key(check, region, resource);
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
    for (Exemption exemption : covering(t, finding).toList()) {
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
  void hold(Transaction t, Exemption exemption) {
    t.put(Tables.EXEMPTIONS, exemption);
    for (Finding finding : findings(t, exemption.organization()))
      if (finding.state() == Finding.State.OPEN && covers(exemption, finding))
        t.put(
            Tables.FINDINGS,
            finding.judged(
                Finding.State.EXEMPT,
                new Judgement(
                    exemption.author(), exemption.reason(), exemption.until(), office.now())));
  }

  /** Ends an exemption; what no other one covers is open again. */
  public void end(Transaction t, Exemption exemption, String who) {
    t.remove(Tables.EXEMPTIONS, exemption.id().value());
    for (Finding finding : findings(t, exemption.organization()))
      if (finding.state() == Finding.State.EXEMPT
          && covers(exemption, finding)
          && covering(t, finding).findAny().isEmpty())
        t.put(Tables.FINDINGS, finding.judged(Finding.State.OPEN, null));
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
    Optional<Exemption> exemption =
        t.rows(Tables.EXEMPTIONS)
            .where("organization", found.organization().value())
            .filter(e -> e.covers(found.account(), found.check(), found.resource(), now))
            .findFirst();
    if (exemption.isPresent())
      return found.judged(
          Finding.State.EXEMPT,
          new Judgement(
              exemption.get().author(), exemption.get().reason(), exemption.get().until(), now));
    return before
        .filter(b -> b.state() == Finding.State.DISMISSED)
        .map(b -> found.judged(Finding.State.DISMISSED, b.judgement()))
        .orElse(found);
  }

  private static void requireKnown(Finding finding) {
    if (finding.state() == Finding.State.RESOLVED)
      throw Problem.of(Problem.Type.CONFLICT, "the finding is resolved");
  }

  private static List<Finding> findings(Transaction t, OrganizationId organization) {
    return t.rows(Tables.FINDINGS).where("organization", organization.value()).toList();
  }

  private Stream<Exemption> covering(Transaction t, Finding finding) {
    return t.rows(Tables.EXEMPTIONS)
        .where("organization", finding.organization().value())
        .filter(e -> covers(e, finding));
  }

  private boolean covers(Exemption exemption, Finding finding) {
    return exemption.covers(finding.account(), finding.check(), finding.resource(), office.now());
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
