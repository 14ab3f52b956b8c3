package dev.steward.domain.governance.desk;

import dev.steward.estate.Kind;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.CheckSettings;
import dev.steward.model.Coverage;
import dev.steward.model.Finding;
import dev.steward.model.Listing;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is looked at. What is not counts as neither waste nor mended. */
public final class Scope {
  /** The line of the coverage record for the question which regions there are. */
  public static final String REGIONS = "regions";

  private Scope() {}

  /**
   * Why nobody looks at what the finding is of; empty where a scan does, or may as soon as AWS
   * answers: no answer puts nothing out of scope.
   */
  public static Optional<String> out(State state, Finding finding) {
    if (Catalogue.check(finding.check()).isEmpty())
      return Optional.of("there is no check " + finding.check() + " any more");
    Optional<Kind> kind = Catalogue.find(finding.kind());
    if (kind.isEmpty()) return Optional.of("nobody discovers " + finding.kind() + " any more");
    boolean off =
        state
            .find(Tables.CHECK_SETTINGS, CheckSettings.key(finding.organization(), finding.check()))
            .filter(s -> !s.enabled())
            .isPresent();
    if (off) return Optional.of("the check " + finding.check() + " is switched off");
    return place(state, finding, kind.get().place(finding.region()));
  }

  private static Optional<String> place(State state, Finding finding, String place) {
    List<String> regions =
        state
            .find(Tables.ACCOUNTS, finding.account().value())
            .map(Account::regions)
            .orElse(List.of());
    if (!place.equals(Kind.GLOBAL_PLACE) && !regions.isEmpty() && !regions.contains(place))
      return Optional.of("the account's regions do not include " + place);
    boolean known =
        state
            .find(Tables.LISTINGS, Listing.key(finding.account(), Kind.GLOBAL_PLACE, REGIONS))
            .filter(l -> l.coverage() == Coverage.ANSWERED)
            .isPresent();
    boolean asked =
        state
            .find(Tables.LISTINGS, Listing.key(finding.account(), place, finding.kind()))
            .isPresent();
    return known && !asked
        ? Optional.of("AWS does not list the region " + place + " for the account any more")
        : Optional.empty();
  }

  /** Takes the open findings that nobody looks at any more out of what counts. */
  public static void leave(Transaction t, Stream<Finding> findings) {
    for (Finding finding : findings.toList())
      if (finding.state() == Finding.State.OPEN)
        out(t.state(), finding).ifPresent(why -> t.put(Tables.FINDINGS, finding.unobserved(why)));
  }

  /** What counts as waste now: every sum of savings is over these. */
  public static Stream<Finding> open(Stream<Finding> findings) {
    return findings.filter(f -> f.state() == Finding.State.OPEN);
  }
}
