package dev.steward.domain.governance.desk;

import dev.steward.model.AccountId;
import dev.steward.model.Exemption;
import dev.steward.model.Finding;
import dev.steward.model.OrganizationId;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which exemptions and findings have to do with each other; neither table is walked for it. */
final class Exempt {
  private Exempt() {}

  /** The exemptions that hold for what this check says of this resource; the narrowest first. */
  static Stream<Exemption> by(
      State state,
      OrganizationId organization,
      AccountId account,
      String check,
      String resource,
      Instant now) {
    return Arrays.<@Nullable String>asList(resource, null).stream()
        .flatMap(what ->
            Arrays.<@Nullable String>asList(check, null).stream()
                .map(which -> Exemption.place(organization, which, what)))
        .flatMap(place -> state.rows(Tables.EXEMPTIONS).where("place", place))
        .filter(e -> e.covers(account, check, resource, now));
  }

  static Stream<Exemption> by(State state, Finding finding, Instant now) {
    return by(
        state, finding.organization(), finding.account(), finding.check(), finding.resource(), now);
  }

  /** The findings that the exemption covers now. */
  static Stream<Finding> covered(State state, Exemption exemption, Instant now) {
    return about(state, exemption)
        .filter(f -> exemption.covers(f.account(), f.check(), f.resource(), now));
  }

  private static Stream<Finding> about(State state, Exemption exemption) {
    var findings = state.rows(Tables.FINDINGS);
    if (exemption.resource() != null)
      return findings.where("resource", exemption.organization() + "/" + exemption.resource());
    return exemption.account() != null
        ? findings.where("account", exemption.account().value())
        : findings.where("organization", exemption.organization().value());
  }
}
