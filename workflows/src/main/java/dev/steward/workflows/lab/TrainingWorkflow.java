package dev.steward.workflows.lab;

import dev.steward.model.job.Jobs.RunRef;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Learns from a data set, looks how well horizons that were held back are forecast, and registers
 * what came of it. Cancelling it keeps what was learnt.
 */
@WorkflowInterface
public interface TrainingWorkflow {

  /**
   * @param status of the run
   * @param version of the registered model; 0 if none was registered
   * @param summary in words
   */
  record Outcome(String status, int version, String summary) {}

  @WorkflowMethod(name = "Training")
  Outcome train(RunRef input);
}
