package dev.steward.workflows.lab;

import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.RunRef;
import dev.steward.workflows.Attributes;
import dev.steward.workflows.Calls;
import dev.steward.workflows.lab.SearchRecords.Next;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;

public final class SearchWorkflowImpl implements SearchWorkflow {
  private final SearchRecords store = Calls.store(SearchRecords.class);

  @Override
  public Outcome search(RunRef input) {
    for (int trials = 0; ; trials++) {
      Next next = store.next(input);
      if (next.run() == null) return new Outcome(trials);
      Workflow.upsertTypedSearchAttributes(Attributes.STAGE.valueSet("trial " + (trials + 1)));
      try {
        RunRef trial = new RunRef(next.run(), input.organization());
        child(Jobs.TRAINING.id(trial)).train(trial);
      } catch (ChildWorkflowFailure | CanceledFailure ended) {
        if (!CancellationScope.current().isCancelRequested()) continue;
        int begun = trials + 1;
        Workflow.newDetachedCancellationScope(
                () -> {
                  store.stop(input);
                  store.next(input);
                })
            .run();
        return new Outcome(begun);
      }
    }
  }

  private static TrainingWorkflow child(String id) {
    return Workflow.newChildWorkflowStub(
        TrainingWorkflow.class,
        ChildWorkflowOptions.newBuilder()
            .setWorkflowId(id)
            .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
            .build());
  }
}
