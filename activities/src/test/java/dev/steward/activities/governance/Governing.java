package dev.steward.activities.governance;

import dev.steward.model.ApprovalGroup;
import dev.steward.model.Policy;
import dev.steward.model.Policy.Effect;
import dev.steward.model.Policy.OnFailure;
import dev.steward.model.Role;
import dev.steward.model.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an organization has said beforehand in a {@link Life}. */
final class Governing {
  private Governing() {}

  static Policy.Rule rule(
      Effect effect,
      Policy.@Nullable Terms approval,
      @Nullable Integer grace,
      List<Window> windows,
      Policy.@Nullable Caps caps,
      @Nullable OnFailure onFailure) {
    return new Policy.Rule(
        "rule", "true", effect, null, null, approval, grace, windows, caps, onFailure, null, null);
  }

  static ApprovalGroup approvers(int quorum) {
    return new ApprovalGroup("approvers", List.of(Role.APPROVER), List.of(), quorum);
  }

  static void turn(Life life, boolean on) {
    life.store.write(t ->
        life.desks
            .killSwitch()
            .turn(t, life.organization.value(), on, "an incident", life.organization, "admin"));
  }
}
