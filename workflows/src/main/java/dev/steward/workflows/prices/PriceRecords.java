package dev.steward.workflows.prices;

import dev.steward.model.Coverage;
import dev.steward.model.job.Jobs.PriceRefreshRef;
import dev.steward.workflows.prices.PriceRefreshWorkflow.Outcome;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** What a refresh of prices reads and writes. Local activities; each may be done again. */
@ActivityInterface
public interface PriceRecords {
  /**
   * @param proceed the refresh is there and not over
   * @param queries names of the questions
   */
  record Plan(boolean proceed, List<String> queries) {
    public Plan {
      queries = List.copyOf(queries);
    }
  }

  record Unanswered(PriceRefreshRef refresh, String query, Coverage coverage, String detail) {}

  @ActivityMethod(name = "PriceRefreshBegin")
  Plan begin(PriceRefreshRef input);

  /** Notes that a question has no answer. */
  @ActivityMethod(name = "PriceUnanswered")
  void unanswered(Unanswered unanswered);

  /** Makes the book of what was answered. */
  @ActivityMethod(name = "PriceRefreshConclude")
  Outcome conclude(PriceRefreshRef input);

  @ActivityMethod(name = "PriceRefreshCancelled")
  Outcome cancelled(PriceRefreshRef input);
}
