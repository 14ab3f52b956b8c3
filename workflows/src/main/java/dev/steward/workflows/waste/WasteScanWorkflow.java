package dev.steward.workflows.waste;

import dev.steward.model.Money;
import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs.ScanRef;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Reads the metrics that the checks need, runs the checks over the inventory, and opens, refreshes
 * and resolves findings.
 */
@WorkflowInterface
public interface WasteScanWorkflow {

  /**
   * @param saving of the open findings whose price is known
   * @param unpriced how many open findings have no price
   */
  record Outcome(RunStatus status, int findings, Money saving, int unpriced) {}

  @WorkflowMethod(name = "WasteScan")
  Outcome scan(ScanRef input);
}
