package dev.steward.activities.onboarding;

import static java.util.stream.Collectors.toSet;

import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.AccountRef;
import dev.steward.model.job.Jobs.DueRef;
import dev.steward.model.job.TaskQueues;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.workflows.Attributes;
import dev.steward.workflows.discovery.DueWorkflow;
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
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Keeps an account's schedules. */
public final class TemporalScheduleActivities implements ScheduleActivities {
  /** A scan follows each discovery by itself; the one here catches what only time makes waste. */
  private static final Map<DueRef.Work, Duration> EVERY =
      Map.of(
          DueRef.Work.DISCOVERY, Duration.ofHours(24),
          DueRef.Work.SCAN, Duration.ofHours(24),
          DueRef.Work.VERIFICATION, Duration.ofHours(6));

  private final WorkflowClient workflows;
  private final ScheduleClient schedules;

  public TemporalScheduleActivities(WorkflowClient workflows, ScheduleClient schedules) {
    this.workflows = workflows;
    this.schedules = schedules;
  }

  /**
   * Makes every schedule that is missing of the accounts in the store. One that an operator changed
   * or paused stays so.
   */
  public void ensureAll(Store store) {
    Set<String> there =
        schedules.listSchedules().map(ScheduleListDescription::getScheduleId).collect(toSet());
    for (Account account : store.state().rows(Tables.ACCOUNTS).stream().toList()) {
      if (EVERY.keySet().stream().allMatch(work -> there.contains(id(account.id(), work))))
        continue;
      AccountRef ref = new AccountRef(account.id(), account.organization());
      ensure(ref);
      // Disconnected meanwhile: what has dropped its schedules may have been here before us.
      if (store.state().find(Tables.ACCOUNTS, account.id().value()).isEmpty()) drop(ref);
    }
  }

  @Override
  public void ensure(AccountRef account) {
    EVERY.forEach((work, interval) -> ensure(account, work, interval));
  }

  private void ensure(AccountRef account, DueRef.Work work, Duration interval) {
    String id = id(account.account(), work);
    DueRef due = new DueRef(account, work);
    ScheduleActionStartWorkflow action =
        ScheduleActionStartWorkflow.newBuilder()
            .setWorkflowType(DueWorkflow.class)
            .setArguments(due)
            .setOptions(
                WorkflowOptions.newBuilder()
                    .setWorkflowId(Jobs.DUE.id(due))
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
    for (DueRef.Work work : DueRef.Work.values()) delete(id(account.account(), work));
    workflows
        .listExecutions(
            String.format(
                Locale.ROOT,
                "AccountId = '%s' AND ExecutionStatus = 'Running' AND WorkflowType IN ('%s', '%s')",
                account.account(),
                Jobs.DISCOVERY.type(),
                Jobs.SCAN.type()))
        .map(run -> run.getExecution().getWorkflowId())
        .forEach(this::cancel);
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

  private static String id(AccountId account, DueRef.Work work) {
    return "every/" + work.name().toLowerCase(Locale.ROOT) + "/" + account;
  }
}
