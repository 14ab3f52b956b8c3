package dev.steward.api.governance;

import dev.steward.model.Change;
import dev.steward.model.Change.Step;
import dev.steward.model.Money;
import dev.steward.model.MoneyPart;
import dev.steward.model.Plan;
import dev.steward.model.PlanStep;
import dev.steward.model.Risk;
import dev.steward.model.Ruling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How changes look from outside. */
public final class ChangeViews {
  /**
   * A step as it is planned, for who decides and who follows it.
   *
   * @param losses what is not as it was, even after an undo
   * @param keys the KMS keys that the action or its undo uses; {@code unknown} where one is not
   *     known, {@code none} where there are none; nothing where it is not asked about keys, or was
   *     planned before they were named
   */
  public record StepView(
      int number,
      String action,
      String kind,
      String region,
      String resource,
      @Nullable String name,
      @Nullable String finding,
      Map<String, String> before,
      Map<String, String> after,
      Map<String, String> parameters,
      Risk risk,
      @Nullable Money saving,
      List<MoneyPart> money,
      boolean undoable,
      String undo,
      List<String> permissions,
      List<String> managedBy,
      Map<String, String> awsTags,
      List<String> losses,
      List<String> keys,
      Step.State state,
      String detail,
      Map<String, String> recipe,
      @Nullable Instant doneAt,
      @Nullable Instant undoneAt) {}

  /**
   * How much it touches.
   *
   * @param cannotBeUndone the numbers of the steps that cannot
   */
  public record BlastRadius(int steps, Map<String, Integer> byKind, List<Integer> cannotBeUndone) {}

  /**
   * @param planHash what an approver approves, and all that is run
   * @param saving a month's, at list price
   */
  public record ChangeView(
      String id,
      String title,
      String account,
      String accountId,
      String requester,
      Change.Status status,
      boolean paused,
      String planHash,
      Risk risk,
      boolean undoable,
      Money saving,
      int unpriced,
      String currency,
      BlastRadius blastRadius,
      @Nullable String approval,
      @Nullable Ruling ruling,
      List<StepView> steps,
      Instant createdAt,
      @Nullable Instant submittedAt,
      @Nullable Instant graceUntil,
      @Nullable Instant finishedAt,
      @Nullable Instant undoUntil,
      int measurements,
      List<Change.Note> timeline) {}

  /** The same without what makes it long. */
  public record ChangeLine(
      String id,
      String title,
      String account,
      String requester,
      Change.Status status,
      Risk risk,
      Money saving,
      int unpriced,
      int steps,
      int done,
      @Nullable String approval,
      Instant createdAt,
      @Nullable Instant finishedAt) {}

  private ChangeViews() {}

  public static ChangeView view(Change c) {
    Plan plan = c.plan();
    return new ChangeView(
        c.id().value(),
        c.title(),
        c.account().value(),
        plan.awsAccount(),
        c.requester(),
        c.progress().status(),
        c.progress().paused(),
        c.planHash(),
        plan.risk(),
        plan.undoable(),
        plan.monthlySaving(),
        plan.unpriced(),
        "USD",
        radius(plan),
        c.approval() == null ? null : c.approval().value(),
        c.ruling(),
        c.steps().stream().map(s -> step(c.planned(s.number()), s)).toList(),
        c.createdAt(),
        c.progress().submittedAt(),
        c.progress().graceUntil(),
        c.progress().finishedAt(),
        c.progress().undoUntil(),
        c.progress().measured(),
        c.timeline());
  }

  static ChangeLine line(Change c) {
    return new ChangeLine(
        c.id().value(),
        c.title(),
        c.account().value(),
        c.requester(),
        c.progress().status(),
        c.plan().risk(),
        c.plan().monthlySaving(),
        c.plan().unpriced(),
        c.steps().size(),
        (int) c.steps().stream().filter(s -> s.state() == Step.State.DONE).count(),
        c.approval() == null ? null : c.approval().value(),
        c.createdAt(),
        c.progress().finishedAt());
  }

  private static BlastRadius radius(Plan plan) {
    Map<String, Integer> kinds = new TreeMap<>();
    List<Integer> lost = new ArrayList<>();
    for (PlanStep step : plan.steps()) {
      kinds.merge(step.kind(), 1, Integer::sum);
      if (!step.undoable()) lost.add(step.number());
    }
    return new BlastRadius(plan.steps().size(), kinds, lost);
  }

  private static StepView step(PlanStep p, Step s) {
    return new StepView(
        p.number(),
        p.action(),
        p.kind(),
        p.region(),
        p.resource(),
        p.name(),
        p.finding() == null ? null : p.finding().value(),
        new TreeMap<>(p.before()),
        new TreeMap<>(p.after()),
        new TreeMap<>(p.parameters()),
        p.risk(),
        p.saving(),
        p.money(),
        p.undoable(),
        p.undoable() ? p.undo() : "CANNOT BE UNDONE: " + p.undo(),
        p.permissions(),
        p.managedBy(),
        new TreeMap<>(p.awsTags()),
        p.losses(),
        p.keys(),
        s.state(),
        s.detail(),
        new TreeMap<>(s.recipe()),
        s.doneAt(),
        s.undoneAt());
  }
}
