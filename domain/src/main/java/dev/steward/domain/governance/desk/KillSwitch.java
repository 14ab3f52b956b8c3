package dev.steward.domain.governance.desk;

import dev.steward.model.Change;
import dev.steward.model.OrganizationId;
import dev.steward.model.Switch;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.ChangeRef;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Stops every new step at once, in an organization or in the whole installation. */
public final class KillSwitch {
  private final Office office;

  public KillSwitch(Office office) {
    this.office = office;
  }

  /**
   * @param scope an organization's id, or {@link Switch#INSTALLATION}
   */
  public static Optional<Switch> find(State state, String scope) {
    return state.find(Tables.SWITCHES, scope);
  }

  /** Why no step of the organization may begin, where a switch is on. */
  public static Optional<String> stops(State state, OrganizationId organization) {
    return Stream.of(Switch.INSTALLATION, organization.value())
        .flatMap(scope -> find(state, scope).stream())
        .filter(Switch::on)
        .findFirst()
        .map(s -> "the kill switch is on: " + s.reason());
  }

  /**
   * Turns it; when it goes off, the changes that it held go on.
   *
   * @param scope an organization's id, or {@link Switch#INSTALLATION}
   * @param by whose organization keeps the entry in its audit chain
   */
  public Switch turn(
      Transaction t, String scope, boolean on, String reason, OrganizationId by, String who) {
    Switch turned = t.put(Tables.SWITCHES, new Switch(scope, on, reason, who, office.now()));
    office.tell(
        t,
        by,
        who,
        on ? "kill_switch.on" : "kill_switch.off",
        scope,
        Map.of("reason", reason, "summary", reason));
    if (on) return turned;
    Stream<Change> held =
        scope.equals(Switch.INSTALLATION)
            ? t.rows(Tables.CHANGES).stream()
            : t.own(new OrganizationId(scope)).all(Tables.CHANGES);
    held.filter(c -> !c.progress().status().isOver() && c.progress().submittedAt() != null)
        .toList()
        .forEach(c -> office.work().nudge(t, Jobs.CHANGE, ChangeRef.of(c)));
    return turned;
  }
}
