package dev.steward.workflows.discovery;

import dev.steward.model.job.Jobs.RegionRef;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Asks one region for each of the kinds. */
@WorkflowInterface
public interface RegionDiscoveryWorkflow {

  @WorkflowMethod(name = "RegionDiscovery")
  void discover(RegionRef input);
}
