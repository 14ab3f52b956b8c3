package dev.steward.activities.onboarding;

import dev.steward.model.AccountId;
import dev.steward.workflows.Attributes;
import dev.steward.workflows.TaskQueues;
import dev.steward.workflows.WorkflowIds;
import dev.steward.workflows.discovery.Due;
import dev.steward.workflows.onboarding.OnboardingActivities.AccountRef;
import dev.steward.workflows.onboarding.ScheduleActivities;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keeps an account's schedules. */
public final class TemporalScheduleActivities implements ScheduleActivities {
  /** A scan follows each discovery by itself; the one here catches what only time makes waste. */
  private static final Map<Due.Work, Duration> EVERY =
      Map.of(
          Due.Work.DISCOVERY, Duration.ofHours(24),
          Due.Work.SCAN, Duration.ofHours(24),
          Due.Work.VERIFICATION, Duration.ofHours(6));

  private final WorkflowClient workflows;
  private final ScheduleClient schedules;

  public TemporalScheduleActivities(WorkflowClient workflows, ScheduleClient schedules) {
    this.workflows = workflows;
    this.schedules = schedules;
  }

  @Override
  public void ensure(AccountRef account) {
    EVERY.forEach((work, interval) -> ensure(account, work, interval));
  }

  private void ensure(AccountRef account, Due.Work work, Duration interval) {
    String id = id(account.account(), work);
    ScheduleActionStartWorkflow action =
        ScheduleActionStartWorkflow.newBuilder()
            .setWorkflowType(Due.class)
            .setArguments(new Due.Input(account, work))
            .setOptions(
                WorkflowOptions.newBuilder()
                    .setWorkflowId(
                        "due/" + work.name().toLowerCase(Locale.ROOT) + "/" + account.account())
                    .setTaskQueue(TaskQueues.WORKFLOWS)
                    .setTypedSearchAttributes(
                        Attributes.of(account.organization().value(), account.account().value()))
                    .build())
            .build();
    // The offset comes from the id, so that a thousand accounts are not asked in the same minute.
    Duration offset = Duration.ofSeconds(Math.floorMod(id.hashCode(), interval.toSeconds()));
    Schedule schedule =
        Schedule.newBuilder()
            .setAction(action)
            .setSpec(
                ScheduleSpec.newBuilder()
                    .setIntervals(List.of(new ScheduleIntervalSpec(interval, offset)))
                    .build())
            .setPolicy(
                SchedulePolicy.newBuilder()
                    .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                    .setCatchupWindow(Duration.ofHours(1))
                    .build())
            .build();
    try {
      schedules.createSchedule(id, schedule, ScheduleOptions.newBuilder().build());
    } catch (ScheduleAlreadyRunningException alreadyThere) {
      // Made by an earlier try; an operator may have changed it since.
    }
  }

  @Override
  public void drop(AccountRef account) {
    for (Due.Work work : Due.Work.values()) delete(id(account.account(), work));
    cancel(WorkflowIds.discovery(account.account()));
    cancel(WorkflowIds.waste(account.account()));
  }

  private void delete(String id) {
    try {
      schedules.getHandle(id).delete();
    } catch (ScheduleException e) {
      if (!isNotFound(e)) throw e;
    }
  }

  private void cancel(String workflowId) {
    try {
      workflows.newUntypedWorkflowStub(workflowId).cancel("the account was disconnected");
    } catch (WorkflowNotFoundException notRunning) {
      // There is nothing to stop.
    }
  }

  private static boolean isNotFound(Throwable thrown) {
    return thrown.getCause() instanceof StatusRuntimeException status
        && status.getStatus().getCode() == Status.Code.NOT_FOUND;
  }

  private static String id(AccountId account, Due.Work work) {
    return WorkflowIds.schedule(account, work.name().toLowerCase(Locale.ROOT));
  }
}
