package dev.steward.workflows.onboarding;

import dev.steward.model.job.Jobs.AccountRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What workflows ask of Temporal itself. Task queue {@code aws}: remote calls with retries. */
@ActivityInterface
public interface ScheduleActivities {
  /**
   * Makes the account's schedules for rediscovery, scans and re-verification; what is there stays
   * as it is.
   */
  @ActivityMethod(name = "SchedulesEnsure")
  void ensure(AccountRef account);

  /** Deletes the account's schedules and cancels its runs; nothing to do is fine. */
  @ActivityMethod(name = "SchedulesDrop")
  void drop(AccountRef account);
}
