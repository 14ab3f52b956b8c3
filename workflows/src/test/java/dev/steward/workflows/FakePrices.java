package dev.steward.workflows;

import dev.steward.model.PriceRefreshId;
import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs.PriceRefreshRef;
import dev.steward.workflows.discovery.Failures;
import dev.steward.workflows.prices.PriceRecords;
import dev.steward.workflows.prices.PriceRefreshWorkflow.Outcome;
import dev.steward.workflows.prices.PricingActivities;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Price List as a test wants it. */
final class FakePrices implements PricingActivities, PriceRecords {
  static final PriceRefreshId REFRESH = new PriceRefreshId("prf_test000000");

  private final List<String> log;
  volatile @Nullable String refused;
  volatile @Nullable String failing;
  volatile boolean proceed = true;

  FakePrices(List<String> log) {
    this.log = log;
  }

  @Override
  public Plan begin(PriceRefreshRef input) {
    return new Plan(proceed, List.of("first", "second", "third"));
  }

  @Override
  public Answer read(Question question) {
    log.add("prices of " + question.query());
    if (question.query().equals(failing))
      throw ApplicationFailure.newNonRetryableFailure("AWS: Wrong", Failures.REJECTED);
    return new Answer(3, question.query().equals(refused));
  }

  @Override
  public void unanswered(Unanswered unanswered) {
    log.add("no prices of " + unanswered.query() + ": " + unanswered.detail());
  }

  @Override
  public Outcome conclude(PriceRefreshRef input) {
    log.add("book");
    return new Outcome(RunStatus.COMPLETED, "2026-11-28.01");
  }

  @Override
  public Outcome cancelled(PriceRefreshRef input) {
    log.add("cancelled");
    return new Outcome(RunStatus.CANCELLED, null);
  }
}
