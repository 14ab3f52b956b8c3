package dev.steward.workflows.discovery;

import dev.steward.model.Coverage;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.DiscoveryRef;
import dev.steward.model.job.Jobs.RegionRef;
import dev.steward.workflows.Attributes;
import dev.steward.workflows.Calls;
import dev.steward.workflows.RefusedMessages;
import dev.steward.workflows.discovery.DiscoveryActivities.Ending;
import dev.steward.workflows.discovery.DiscoveryActivities.GivenUp;
import dev.steward.workflows.discovery.DiscoveryActivities.RegionsFound;
import dev.steward.workflows.discovery.DiscoveryActivities.SkipAnswer;
import dev.steward.workflows.discovery.DiscoveryActivities.SkipWish;
import dev.steward.workflows.discovery.ListingActivities.Question;
import dev.steward.workflows.discovery.ListingActivities.Regions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public final class DiscoveryWorkflowImpl implements DiscoveryWorkflow {
  /** How long one question is asked again and again before it becomes a gap. */
  static final Duration PATIENCE = Duration.ofMinutes(15);

  private final DiscoveryActivities store = Calls.store(DiscoveryActivities.class);
  private final Map<String, CancellationScope> asking = new LinkedHashMap<>();
  private final Map<String, RegionRef> skipped = new LinkedHashMap<>();
  private final Map<String, RegionRef> planned = new LinkedHashMap<>();
  private final RefusedMessages refusals = new RefusedMessages();
  private final DiscoveryRef input;

  @WorkflowInit
  public DiscoveryWorkflowImpl(DiscoveryRef input) {
    this.input = input;
  }

  @Override
  public Outcome discover(DiscoveryRef same) {
    if (!store.begin(input)) return new Outcome(dev.steward.model.RunStatus.CANCELLED, 0, 0);
    boolean cancelled = false;
    try {
      askRegions(input);
    } catch (CanceledFailure | ChildWorkflowFailure | ActivityFailure failure) {
      if (!CancellationScope.current().isCancelRequested()) throw failure;
      cancelled = true;
    }
    return finish(input, cancelled);
  }

  private void askRegions(DiscoveryRef input) {
    Regions regions = regions(input);
    for (RegionRef region : store.plan(new RegionsFound(input, regions)).regions())
      planned.put(region.region(), region);
    details();
    Map<String, Promise<Void>> answers = new LinkedHashMap<>();
    for (RegionRef region : planned.values()) {
      CancellationScope scope =
          Workflow.newCancellationScope(() -> answers.put(region.region(), ask(region)));
      asking.put(region.region(), scope);
      scope.run();
    }
    for (Map.Entry<String, Promise<Void>> answer : answers.entrySet()) {
      try {
        answer.getValue().get();
      } catch (ChildWorkflowFailure | CanceledFailure failure) {
        if (!skipped.containsKey(answer.getKey())) throw failure;
      } finally {
        asking.remove(answer.getKey());
      }
    }
    for (RegionRef region : skipped.values()) giveUp(region);
  }

  private Regions regions(DiscoveryRef input) {
    try {
      return Calls.aws(Jobs.DISCOVERY, ListingActivities.class, PATIENCE, "enabled regions")
          .regions(input.account());
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure) throw failure;
      return new Regions(
          List.of(),
          Failures.coverage(failure),
          "the regions could not be listed: " + Failures.detail(failure),
          null);
    }
  }

  private static Promise<Void> ask(RegionRef region) {
    RegionDiscoveryWorkflow child =
        Workflow.newChildWorkflowStub(
            RegionDiscoveryWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(Jobs.REGION.id(region))
                .setStaticSummary(region.region())
                .build());
    return Async.procedure(child::discover, region);
  }

  private void giveUp(RegionRef region) {
    for (String kind : region.kinds())
      store.giveUp(
          new GivenUp(
              new Question(region.account(), region.discovery(), region.region(), kind),
              Coverage.SKIPPED,
              "an operator skipped the region"));
  }

  private Outcome finish(DiscoveryRef input, boolean cancelled) {
    // The run must not stay open in the store, and no update unanswered.
    Outcome end =
        Calls.evenIfCancelled(() -> {
          Outcome outcome = store.finish(new Ending(input, cancelled));
          Workflow.await(Workflow::isEveryHandlerFinished);
          return outcome;
        });
    Workflow.upsertTypedSearchAttributes(Attributes.STAGE.valueSet(end.status().name()));
    Workflow.setCurrentDetails(
        end.status() + ": " + end.resources() + " resources, " + end.gaps() + " gaps");
    return end;
  }

  @Override
  public void validateSkipRegion(@Nullable SkipRegion skip) {
    String wrong = wrong(skip);
    if (wrong != null) throw ApplicationFailure.newNonRetryableFailure(wrong, "INVALID");
  }

  private @Nullable String wrong(@Nullable SkipRegion skip) {
    if (skip == null) return RefusedMessages.UNREADABLE;
    List<String> wrong = new ArrayList<>();
    RefusedMessages.required(wrong, "region", skip.region());
    RefusedMessages.required(wrong, "by", skip.by());
    RefusedMessages.required(wrong, "token", skip.token());
    if (skip.region() != null && !planned.isEmpty() && !planned.containsKey(skip.region()))
      wrong.add("the discovery does not ask region " + skip.region());
    return wrong.isEmpty() ? null : String.join("; ", wrong);
  }

  @Override
  public Skipped skipRegion(@Nullable SkipRegion skip) {
    SkipAnswer answer = proven(skip, null);
    if (answer.refusal() != null)
      throw ApplicationFailure.newNonRetryableFailure(answer.detail(), answer.refusal());
    return new Skipped(skip != null && leaveOut(skip));
  }

  /** The same checks as an update's; who sent it reads in the details why it was not taken. */
  @Override
  public void skipRegionSignal(@Nullable SkipRegion skip) {
    SkipAnswer answer = proven(skip, wrong(skip));
    if (answer.refusal() == null && skip != null) leaveOut(skip);
    else refusals.add(answer.refusal() + ": " + answer.detail());
    details();
  }

  private SkipAnswer proven(@Nullable SkipRegion skip, @Nullable String wrong) {
    // Histories from before skips were proven go on without it.
    return Workflow.getVersion("proven-skips", Workflow.DEFAULT_VERSION, 1) == 1
        ? store.skip(new SkipWish(input, skip, wrong))
        : new SkipAnswer(null, "");
  }

  private boolean leaveOut(SkipRegion skip) {
    CancellationScope scope = asking.get(skip.region());
    RegionRef region = planned.get(skip.region());
    if (scope == null || region == null) return false;
    skipped.put(region.region(), region);
    scope.cancel("skipped by " + skip.by());
    return true;
  }

  private void details() {
    Workflow.setCurrentDetails("asking " + planned.size() + " regions" + refusals.text());
  }
}
