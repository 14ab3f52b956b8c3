package dev.steward.domain.governance.desk;

import dev.steward.domain.governance.change.UndoTerm;
import dev.steward.estate.Kept;
import dev.steward.estate.ec2.Images;
import dev.steward.model.AccountId;
import dev.steward.model.Change;
import dev.steward.model.Change.Step;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What undos that are still open need of an account: what their steps made, known by its tag, and
 * what they left in place, known by its id. Nothing of it is waste, and nothing of it is deleted by
 * another plan.
 */
public final class UndoNeeds {
  /** Where a step's recipe names what it made or left. */
  private static final List<String> IN_RECIPE = List.of("snapshot", "snapshots", "copy");

  /** Where a plan names what the resource is made of; an image is registered again from these. */
  private static final String IN_PLAN = Images.SNAPSHOTS.name();

  private final Map<String, String> byMark = new HashMap<>();
  private final Map<String, String> byId = new HashMap<>();

  private UndoNeeds() {}

  public static UndoNeeds of(State state, AccountId account, Instant now) {
    UndoNeeds needs = new UndoNeeds();
    state.rows(Tables.CHANGES).where("account", account.value()).forEach(c -> needs.add(c, now));
    return needs;
  }

  private void add(Change change, Instant now) {
    for (Step step : change.steps()) {
      if (!UndoTerm.mayNeed(change, step, now)) continue;
      PlanStep planned = change.planned(step.number());
      String why =
          "the undo of change "
              + change.id()
              + " needs it"
              + UndoTerm.expires(change).map(at -> " until " + at).orElse("");
      byMark.put(change.id() + "/" + step.number(), why);
      for (String name : IN_RECIPE) ids(step.recipe().getOrDefault(name, ""), why);
      if (planned.undoable()) ids(planned.before().getOrDefault(IN_PLAN, ""), why);
    }
  }

  private void ids(String list, String why) {
    for (String id : list.split(",", -1)) if (!id.isBlank()) byId.put(id.strip(), why);
  }

  /** Which undo may still need the resource, in words; empty where none does. */
  public Optional<String> why(Resource resource) {
    String mark = resource.tags().get(Kept.STEP_TAG);
    String marked = mark == null ? null : byMark.get(mark);
    return Optional.ofNullable(marked == null ? byId.get(resource.id()) : marked);
  }
}
