package dev.steward.workflows.governance;

import dev.steward.model.Directive;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.ChangeRef;
import dev.steward.workflows.Attributes;
import dev.steward.workflows.Calls;
import dev.steward.workflows.RefusedMessages;
import dev.steward.workflows.governance.ActionActivities.MeasureRef;
import dev.steward.workflows.governance.ActionActivities.StepRef;
import dev.steward.workflows.governance.ChangeActivities.Answer;
import dev.steward.workflows.governance.ChangeActivities.Checked;
import dev.steward.workflows.governance.ChangeActivities.Cleaned;
import dev.steward.workflows.governance.ChangeActivities.Executed;
import dev.steward.workflows.governance.ChangeActivities.Held;
import dev.steward.workflows.governance.ChangeActivities.Measured;
import dev.steward.workflows.governance.ChangeActivities.Next;
import dev.steward.workflows.governance.ChangeActivities.Undone;
import dev.steward.workflows.governance.ChangeActivities.Wish;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class ChangeWorkflowImpl implements ChangeWorkflow {
  /** How long a resource is asked about before that becomes a no. */
  static final Duration READING = Duration.ofMinutes(15);

  /** A snapshot of a large volume takes hours. */
  static final Duration ACTING = Duration.ofHours(24);

  private static final Duration SHORTEST = Duration.ofMillis(100);

  /** A database held for a year stays a small history. */
  private static final int ROUNDS = 200;

  private static final List<String> WISHES = List.of("pause", "resume", "cancel", "undo");

  private final ChangeActivities store = Calls.store(ChangeActivities.class);
  private final ChangeRef input;
  private final RefusedMessages refusals = new RefusedMessages();
  private String standing = "";
  private boolean nudged;

  @WorkflowInit
  public ChangeWorkflowImpl(ChangeRef input) {
    this.input = input;
  }

  @Override
  public Outcome carryOut(ChangeRef same) {
    for (int round = 0; ; round++) {
      // Before the look, so that what comes during it makes for another one.
      nudged = false;
      Next next = store.next(input);
      describe(next);
      Directive directive = next.directive();
      switch (directive.what()) {
        case WAIT -> {
          if (round >= ROUNDS || Workflow.getInfo().isContinueAsNewSuggested()) again();
          await(directive);
        }
        case CHECK -> check(directive);
        case EXECUTE -> execute(directive);
        case UNDO -> undo(directive);
        case HOLD -> hold(directive);
        case MEASURE -> measure(directive);
        case CLEAN -> clean(directive);
        case END -> {
          Workflow.await(Workflow::isEveryHandlerFinished);
          return new Outcome(next.status());
        }
      }
    }
  }

  private void again() {
    Workflow.await(Workflow::isEveryHandlerFinished);
    Workflow.continueAsNew(input);
  }

  private void await(Directive directive) {
    Instant until = directive.until();
    if (until == null) {
      Workflow.await(() -> nudged);
      return;
    }
    Duration left = Duration.between(Instant.ofEpochMilli(Workflow.currentTimeMillis()), until);
    Workflow.await(left.compareTo(SHORTEST) > 0 ? left : SHORTEST, () -> nudged);
  }

  private void describe(Next next) {
    Workflow.upsertTypedSearchAttributes(
        Attributes.STAGE.valueSet(next.status()),
        Attributes.SUBJECT.valueSet(input.change().value()),
        Attributes.RISK.valueSet(next.risk()),
        Attributes.REQUESTED_BY.valueSet(next.requester()));
    standing = "**" + next.status() + "**: " + next.directive().why();
    details();
  }

  private void details() {
    Workflow.setCurrentDetails(standing + refusals.text());
  }

  private StepRef ref(Directive directive) {
    return new StepRef(input, directive.step());
  }

  private static ActionActivities aws(Duration patience, Directive directive) {
    return Calls.aws(
        Jobs.CHANGE, ActionActivities.class, patience, directive.what() + " " + directive.why());
  }

  private void check(Directive d) {
    attempt(
        () -> store.checked(new Checked(input, d.step(), aws(READING, d).check(ref(d)), null)),
        why -> store.checked(new Checked(input, d.step(), null, why)));
  }

  private void execute(Directive d) {
    attempt(
        () -> store.executed(new Executed(input, d.step(), aws(ACTING, d).execute(ref(d)), null)),
        why -> store.executed(new Executed(input, d.step(), null, why)));
  }

  private void undo(Directive d) {
    attempt(
        () -> store.undone(new Undone(input, d.step(), aws(ACTING, d).undo(ref(d)), null)),
        why -> store.undone(new Undone(input, d.step(), null, why)));
  }

  private void hold(Directive d) {
    attempt(
        () -> store.held(new Held(input, d.step(), aws(READING, d).hold(ref(d)), null)),
        why -> store.held(new Held(input, d.step(), null, why)));
  }

  private void measure(Directive d) {
    MeasureRef ref = new MeasureRef(input, d.step());
    attempt(
        () -> store.measured(new Measured(input, d.step(), aws(READING, d).measure(ref))),
        why -> store.measured(new Measured(input, d.step(), null)));
  }

  /** Older histories hold no such directive, so nothing of them is decided otherwise. */
  private void clean(Directive d) {
    attempt(
        () -> store.cleaned(new Cleaned(input, d.step(), aws(READING, d).clean(ref(d)), null)),
        why -> store.cleaned(new Cleaned(input, d.step(), null, why)));
  }

  /** What cannot be done is written down, and what is next is asked for all the same. */
  private static void attempt(Functions.Proc work, Functions.Proc1<String> failed) {
    try {
      work.apply();
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure) throw failure;
      failed.apply(why(failure));
    }
  }

  private static String why(ActivityFailure failure) {
    Throwable cause = failure.getCause();
    // A time-out carries the last failure, which says why.
    if (cause instanceof TimeoutFailure && cause.getCause() instanceof ApplicationFailure last)
      cause = last;
    return cause instanceof ApplicationFailure known
        ? known.getOriginalMessage()
        : "AWS did not answer in time";
  }

  @Override
  public void validateAsk(@Nullable Ask ask) {
    String wrong = wrong(ask);
    if (wrong != null) throw ApplicationFailure.newNonRetryableFailure(wrong, "INVALID");
  }

  private static @Nullable String wrong(@Nullable Ask ask) {
    if (ask == null) return RefusedMessages.UNREADABLE;
    List<String> wrong = new ArrayList<>();
    RefusedMessages.required(wrong, "by", ask.by());
    RefusedMessages.required(wrong, "token", ask.token());
    if (ask.wish() == null || !WISHES.contains(ask.wish()))
      wrong.add("wish must be one of " + String.join(", ", WISHES));
    return wrong.isEmpty() ? null : String.join("; ", wrong);
  }

  @Override
  public Asked ask(@Nullable Ask ask) {
    Answer answer = store.ask(new Wish(input, ask, null));
    nudged = true;
    if (answer.refusal() != null)
      throw ApplicationFailure.newNonRetryableFailure(answer.detail(), answer.refusal());
    return new Asked(answer.status());
  }

  /** The same checks as an update's; who sent it reads in the details why it was not taken. */
  @Override
  public void askSignal(@Nullable Ask ask) {
    Answer answer = store.ask(new Wish(input, ask, wrong(ask)));
    nudged = true;
    if (answer.refusal() != null) refusals.add(answer.refusal() + ": " + answer.detail());
    details();
  }

  @Override
  public void nudge() {
    nudged = true;
  }
}
