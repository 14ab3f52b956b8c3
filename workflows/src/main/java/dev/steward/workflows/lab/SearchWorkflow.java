package dev.steward.workflows.lab;

import dev.steward.model.job.Jobs.RunRef;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Trains one candidate after the other, each as a child, until there are no more or the budget is
 * spent.
 */
@WorkflowInterface
public interface SearchWorkflow {
  record Outcome(int trials) {}

  /**
   * @param input the run that is the parent of all trials
   */
  @WorkflowMethod(name = "Search")
  Outcome search(RunRef input);
}
