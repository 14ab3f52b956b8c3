package dev.steward.workflows.waste;

import dev.steward.model.Coverage;
import dev.steward.model.job.Jobs.ScanRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/**
 * What a scan writes. Local activities; each is one transaction and idempotent by the scan's id.
 */
@ActivityInterface
public interface WasteActivities {
  /**
   * @param proceed false when the scan is already over or its account is gone
   * @param metrics the region and kind pairs whose metrics some check reads
   */
  record Plan(boolean proceed, List<MetricActivities.Question> metrics) {
    public Plan {
      metrics = List.copyOf(metrics);
    }
  }

  @ActivityMethod(name = "ScanBegin")
  Plan begin(ScanRef input);

  record Unanswered(MetricActivities.Question question, Coverage coverage, String detail) {}

  @ActivityMethod(name = "ScanMetricsUnanswered")
  void unanswered(Unanswered unanswered);

  /** Runs every check and writes the findings and the scan's result. */
  @ActivityMethod(name = "ScanDetect")
  WasteScanWorkflow.Outcome detect(ScanRef input);

  /** Closes a scan that was cancelled; findings stay as they were. */
  @ActivityMethod(name = "ScanCancelled")
  WasteScanWorkflow.Outcome cancelled(ScanRef input);
}
