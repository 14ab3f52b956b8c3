package dev.steward.workflows;

import dev.steward.model.Directive;
import dev.steward.model.Money;
import dev.steward.model.job.Jobs.ApprovalRef;
import dev.steward.model.job.Jobs.ChangeRef;
import dev.steward.model.job.Jobs.DeliveryRef;
import dev.steward.workflows.approvals.ApprovalActivities;
import dev.steward.workflows.approvals.ApprovalActivities.Standing;
import dev.steward.workflows.governance.ActionActivities;
import dev.steward.workflows.governance.ChangeActivities;
import dev.steward.workflows.notifications.DeliveryActivities;
import dev.steward.workflows.notifications.DeliveryRecords;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Approvals, changes and what tells of them, as {@link FakeWorld} wants them. */
final class FakeGovernance {
  private final FakeWorld world;

  FakeGovernance(FakeWorld world) {
    this.world = world;
  }

  Stream<Object> activities() {
    return Stream.of(new Approvals(), new Changes(), new Actions(), new Deliveries());
  }

  private static <T> T drawn(Deque<T> script) {
    T first = script.size() > 1 ? script.pollFirst() : script.peekFirst();
    if (first == null) throw new IllegalStateException("the script is empty");
    return first;
  }

  private final class Approvals implements ApprovalActivities {
    @Override
    public Standing tick(ApprovalRef input) {
      world.note("tick");
      return drawn(world.standings);
    }

    @Override
    public Verdict decide(Ballot ballot) {
      dev.steward.workflows.approvals.ApprovalWorkflow.Decision decision = ballot.decision();
      if (decision == null || ballot.refusal() != null) {
        world.note("refused " + ballot.refusal());
        return new Verdict("INVALID", String.valueOf(ballot.refusal()), FakeWorld.pending(null));
      }
      world.note("decide " + decision.by() + " " + decision.answer());
      if (world.refusal != null)
        return new Verdict(world.refusal, "refused", FakeWorld.pending(null));
      world.standings.clear();
      world.standings.add(
          FakeWorld.ended("approve".equals(decision.answer()) ? "APPROVED" : "REJECTED"));
      return new Verdict(null, "", drawn(world.standings));
    }

    @Override
    public Standing withdraw(Withdraw withdraw) {
      world.note("withdraw " + withdraw.by());
      if (withdraw.withdrawal() == null) return FakeWorld.pending(null);
      world.standings.clear();
      world.standings.add(FakeWorld.ended("WITHDRAWN"));
      return drawn(world.standings);
    }
  }

  private final class Changes implements ChangeActivities {
    @Override
    public Next next(ChangeRef input) {
      Directive directive = drawn(world.directives);
      world.note("next " + directive.what());
      return new Next(directive, "RUNNING", "LOW", "client");
    }

    @Override
    public void checked(Checked checked) {
      world.note("checked " + checked.step() + " " + checked.failure());
    }

    @Override
    public void executed(Executed executed) {
      world.note("executed " + executed.step() + " " + executed.failure());
    }

    @Override
    public void undone(Undone undone) {
      world.note("undone " + undone.step() + " " + undone.failure());
    }

    @Override
    public void held(Held held) {
      world.note("held " + held.step() + " " + held.failure());
    }

    @Override
    public void measured(Measured measured) {
      world.note("measured " + measured.measurement() + " " + (measured.values() != null));
    }

    @Override
    public void cleaned(Cleaned cleaned) {
      world.note("cleaned " + cleaned.step() + " " + cleaned.failure());
    }

    @Override
    public Answer ask(Wish wish) {
      dev.steward.workflows.governance.ChangeWorkflow.Ask ask = wish.ask();
      if (ask == null || wish.refusal() != null) {
        world.note("refused " + wish.refusal());
        return new Answer("INVALID", String.valueOf(wish.refusal()), "RUNNING");
      }
      world.note("ask " + ask.wish());
      return new Answer(world.refusal, world.refusal == null ? "" : "refused", "RUNNING");
    }
  }

  private final class Actions implements ActionActivities {
    @Override
    public Inspection check(StepRef step) {
      world.note("check " + step.step());
      return new Inspection(List.of(), Map.of("zone", "a"));
    }

    @Override
    public Execution execute(StepRef step) {
      world.note("execute " + step.step());
      return new Execution(List.of(), Map.of("snapshot", "snap-1"), "done");
    }

    @Override
    public Reversal undo(StepRef step) {
      world.note("undo " + step.step());
      return new Reversal(true, "back", true);
    }

    @Override
    public Holding hold(StepRef step) {
      world.note("hold " + step.step());
      return new Holding(false, false, "still stopped");
    }

    @Override
    public Cleaning clean(StepRef step) {
      world.note("clean " + step.step());
      return new Cleaning(List.of("snap-1"));
    }

    @Override
    public Measurement measure(MeasureRef ref) {
      world.note("measure " + ref.measurement());
      return new Measurement(List.of(new Measure(1, Money.usd(5), "verified_state")));
    }
  }

  private final class Deliveries implements DeliveryActivities, DeliveryRecords {
    @Override
    public void send(DeliveryRef input) {
      world.note("send");
    }

    @Override
    public void giveUp(GivenUp givenUp) {
      world.note("give up: " + givenUp.why());
    }
  }
}
