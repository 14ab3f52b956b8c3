package dev.steward.workflows.prices;

import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs.PriceRefreshRef;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/** Asks AWS's Price List question by question, and makes a new price book of the answers. */
@WorkflowInterface
public interface PriceRefreshWorkflow {
  /**
   * @param book its version; null where no price was answered
   */
  record Outcome(RunStatus status, @Nullable String book) {}

  @WorkflowMethod(name = "PriceRefresh")
  Outcome refresh(PriceRefreshRef input);
}
