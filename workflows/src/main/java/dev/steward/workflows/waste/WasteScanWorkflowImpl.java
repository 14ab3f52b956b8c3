package dev.steward.workflows.waste;

import dev.steward.model.Money;
import dev.steward.model.MoneySum;
import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.ScanRef;
import dev.steward.workflows.Attributes;
import dev.steward.workflows.Calls;
import dev.steward.workflows.discovery.Failures;
import dev.steward.workflows.waste.MetricActivities.Answer;
import dev.steward.workflows.waste.MetricActivities.Question;
import dev.steward.workflows.waste.WasteActivities.Plan;
import dev.steward.workflows.waste.WasteActivities.Unanswered;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

public final class WasteScanWorkflowImpl implements WasteScanWorkflow {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private final WasteActivities store = Calls.store(WasteActivities.class);

  @Override
  public Outcome scan(ScanRef input) {
    Plan plan = store.begin(input);
    if (!plan.proceed()) return new Outcome(RunStatus.CANCELLED, 0, Money.ZERO, 0);
    try {
      read(plan);
      // Histories from before doubts were asked about go on without it.
      if (Workflow.getVersion("doubts", Workflow.DEFAULT_VERSION, 1) == 1) askInDoubt(input);
    } catch (CanceledFailure | ActivityFailure failure) {
      if (!CancellationScope.current().isCancelRequested()) throw failure;
      return Calls.evenIfCancelled(() -> store.cancelled(input));
    }
    Outcome outcome = store.detect(input);
    // Histories from before there was such a look go on without it.
    if (Workflow.getVersion("usage", Workflow.DEFAULT_VERSION, 1) == 1) lookAtUsage(input);
    Workflow.upsertTypedSearchAttributes(Attributes.STAGE.valueSet(outcome.status().name()));
    Workflow.setCurrentDetails(
        outcome.findings()
            + " findings, "
            + new MoneySum(outcome.saving(), outcome.unpriced()).monthly());
    return outcome;
  }

  /** What is found out besides: a scan is done without it, too. */
  private static void lookAtUsage(ScanRef input) {
    try {
      Calls.aws(Jobs.SCAN, UsageActivities.class, PATIENCE, "usage of " + input.account())
          .look(input);
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure) throw failure;
      Workflow.getLogger(WasteScanWorkflowImpl.class).warn("usage was not looked at", failure);
    }
  }

  /** What is not answered is judged unknown. */
  private static void askInDoubt(ScanRef input) {
    try {
      Calls.aws(Jobs.SCAN, DoubtActivities.class, PATIENCE, "what is in doubt").ask(input);
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure) throw failure;
      Workflow.getLogger(WasteScanWorkflowImpl.class)
          .warn("what is in doubt was not asked", failure);
    }
  }

  private void read(Plan plan) {
    Map<Question, Promise<Answer>> answers = new LinkedHashMap<>();
    for (Question question : plan.metrics()) {
      MetricActivities metrics =
          Calls.aws(
              Jobs.SCAN,
              MetricActivities.class,
              PATIENCE,
              question.region() + " " + question.kind());
      answers.put(question, Async.function(metrics::read, question));
    }
    for (Map.Entry<Question, Promise<Answer>> answer : answers.entrySet()) {
      try {
        answer.getValue().get();
      } catch (ActivityFailure failure) {
        if (failure.getCause() instanceof CanceledFailure) throw failure;
        store.unanswered(
            new Unanswered(answer.getKey(), Failures.coverage(failure), Failures.detail(failure)));
      }
    }
  }
}
