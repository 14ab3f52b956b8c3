package dev.steward.workflows.prices;

import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.PriceRefreshRef;
import dev.steward.workflows.Attributes;
import dev.steward.workflows.Calls;
import dev.steward.workflows.discovery.Failures;
import dev.steward.workflows.prices.PriceRecords.Plan;
import dev.steward.workflows.prices.PriceRecords.Unanswered;
import dev.steward.workflows.prices.PricingActivities.Question;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;

public final class PriceRefreshWorkflowImpl implements PriceRefreshWorkflow {
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private final PriceRecords store = Calls.store(PriceRecords.class);

  @Override
  public Outcome refresh(PriceRefreshRef input) {
    Plan plan = store.begin(input);
    if (!plan.proceed()) return new Outcome(RunStatus.CANCELLED, null);
    try {
      ask(input, plan);
    } catch (CanceledFailure | ActivityFailure failure) {
      if (!CancellationScope.current().isCancelRequested()) throw failure;
      return Calls.evenIfCancelled(() -> store.cancelled(input));
    }
    Outcome outcome = store.conclude(input);
    Workflow.upsertTypedSearchAttributes(Attributes.STAGE.valueSet(outcome.status().name()));
    return outcome;
  }

  /** One after the other: nobody waits, and AWS has one limit for all of them. */
  private void ask(PriceRefreshRef input, Plan plan) {
    for (String query : plan.queries()) {
      PricingActivities pricing =
          Calls.aws(Jobs.PRICE_REFRESH, PricingActivities.class, PATIENCE, "prices of " + query);
      try {
        if (pricing.read(new Question(input, query)).refused()) return;
      } catch (ActivityFailure failure) {
        if (failure.getCause() instanceof CanceledFailure) throw failure;
        store.unanswered(
            new Unanswered(input, query, Failures.coverage(failure), Failures.detail(failure)));
      }
    }
  }
}
