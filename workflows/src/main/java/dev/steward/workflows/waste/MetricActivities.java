package dev.steward.workflows.waste;

import dev.steward.model.AccountId;
import dev.steward.model.Coverage;
import dev.steward.model.ScanId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a scan asks of CloudWatch. Task queue {@code aws}. */
@ActivityInterface
public interface MetricActivities {
  /**
   * @param share the part of the scan's progress that the answer is worth, in percent
   */
  record Question(AccountId account, ScanId scan, String region, String kind, int share) {}

  record Answer(Coverage coverage, int asked, int noDatapoints) {}

  /**
   * Reads the daily values of the kind's metrics in the region and stores them as one chunk;
   * reading again replaces it. Heart-beats.
   */
  @ActivityMethod(name = "ReadMetrics")
  Answer read(Question question);
}
