package dev.steward.domain.governance.desk;

import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.AccountId;
import dev.steward.model.Exemption;
import dev.steward.model.OrganizationId;
import dev.steward.model.PlanStep;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.Optional;

/** Which exemption holds for a step, when it is planned and again before it is done. */
public final class Exemptions {
  private Exemptions() {}

  public static Optional<Exemption> covering(
      State state, OrganizationId organization, AccountId account, PlanStep step, Instant now) {
    return state
        .own(organization)
        .all(Tables.EXEMPTIONS)
        .filter(e -> covers(e, account, step, now))
        .findFirst();
  }

  /** A step that names no finding is covered by what covers any check that leads to its action. */
  private static boolean covers(
      Exemption exemption, AccountId account, PlanStep step, Instant now) {
    if (step.check() != null) return exemption.covers(account, step.check(), step.resource(), now);
    return exemption.covers(account, null, step.resource(), now)
        || Catalogue.CHECKS.stream()
            .filter(c -> c.remediations().contains(step.action()))
            .anyMatch(c -> exemption.covers(account, c.id(), step.resource(), now));
  }
}
