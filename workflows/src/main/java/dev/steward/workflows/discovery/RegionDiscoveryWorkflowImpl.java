package dev.steward.workflows.discovery;

import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.RegionRef;
import dev.steward.workflows.Calls;
import dev.steward.workflows.discovery.DiscoveryActivities.GivenUp;
import dev.steward.workflows.discovery.ListingActivities.Answer;
import dev.steward.workflows.discovery.ListingActivities.Question;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import java.util.LinkedHashMap;
import java.util.Map;

public final class RegionDiscoveryWorkflowImpl implements RegionDiscoveryWorkflow {
  private final DiscoveryActivities store = Calls.store(DiscoveryActivities.class);

  @Override
  public void discover(RegionRef input) {
    Map<Question, Promise<Answer>> answers = new LinkedHashMap<>();
    for (String kind : input.kinds()) {
      Question question = new Question(input.account(), input.discovery(), input.region(), kind);
      ListingActivities listing =
          Calls.aws(Jobs.REGION, ListingActivities.class, DiscoveryWorkflowImpl.PATIENCE, kind);
      answers.put(question, Async.function(listing::list, question));
    }
    // One question that fails must not keep the others from their answers.
    for (Map.Entry<Question, Promise<Answer>> answer : answers.entrySet()) {
      try {
        answer.getValue().get();
      } catch (ActivityFailure failure) {
        if (failure.getCause() instanceof CanceledFailure) throw failure;
        store.giveUp(
            new GivenUp(answer.getKey(), Failures.coverage(failure), Failures.detail(failure)));
      }
    }
  }
}
