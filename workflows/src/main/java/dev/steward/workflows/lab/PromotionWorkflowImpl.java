package dev.steward.workflows.lab;

import dev.steward.model.job.Jobs.PromotionRef;
import dev.steward.workflows.Attributes;
import dev.steward.workflows.Calls;
import dev.steward.workflows.lab.PromotionRecords.Standing;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;

public final class PromotionWorkflowImpl implements PromotionWorkflow {
  private static final int ROUNDS = 100;

  private final PromotionRecords store = Calls.store(PromotionRecords.class);
  private final PromotionRef input;
  private boolean nudged;

  @WorkflowInit
  public PromotionWorkflowImpl(PromotionRef input) {
    this.input = input;
  }

  @Override
  public Outcome promote(PromotionRef same) {
    for (int round = 0; round < ROUNDS; round++) {
      // Before the look, so that what comes during it makes for another one.
      nudged = false;
      Standing standing = store.tick(input);
      Workflow.upsertTypedSearchAttributes(Attributes.STAGE.valueSet(standing.status()));
      if (!standing.open()) return new Outcome(standing.status());
      // The approval keeps the time; a look a day is for what went missing.
      Workflow.await(Duration.ofDays(1), () -> nudged);
    }
    return Workflow.newContinueAsNewStub(PromotionWorkflow.class).promote(input);
  }

  @Override
  public void nudge() {
    nudged = true;
  }
}
