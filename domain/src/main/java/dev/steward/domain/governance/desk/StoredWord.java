package dev.steward.domain.governance.desk;

import dev.steward.estate.catalogue.WasteDetector;
import dev.steward.model.AccountId;
import dev.steward.model.Finding;
import dev.steward.model.OrganizationId;
import dev.steward.model.Resource;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/** What people said of an account's findings, and what its open undos need, as the store has it. */
public final class StoredWord implements WasteDetector.Word {
  private final State state;
  private final OrganizationId organization;
  private final AccountId account;
  private final Instant now;
  private final Set<String> dismissed;
  private final UndoNeeds needs;

  public StoredWord(State state, OrganizationId organization, AccountId account, Instant now) {
    this.state = state;
    this.organization = organization;
    this.account = account;
    this.now = now;
    this.dismissed =
        state
            .rows(Tables.FINDINGS)
            .where("account", account.value())
            .filter(f -> f.state() == Finding.State.DISMISSED)
            .map(f -> WasteDetector.key(f.check(), f.region(), f.resource()))
            .collect(Collectors.toSet());
    this.needs = UndoNeeds.of(state, account, now);
  }

  @Override
  public boolean judged(String check, Resource resource) {
    return dismissed.contains(WasteDetector.key(check, resource.region(), resource.id()))
        || Exempt.by(state, organization, account, check, resource.id(), now).findAny().isPresent();
  }

  @Override
  public boolean needed(Resource resource) {
    return needs.why(resource).isPresent();
  }
}
