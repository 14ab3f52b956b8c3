package dev.steward.workflows;

import dev.steward.model.Coverage;
import dev.steward.model.Money;
import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs.ScanRef;
import dev.steward.workflows.waste.DoubtActivities;
import dev.steward.workflows.waste.MetricActivities;
import dev.steward.workflows.waste.UsageActivities;
import dev.steward.workflows.waste.WasteActivities;
import dev.steward.workflows.waste.WasteScanWorkflow;
import java.util.List;
import java.util.stream.Stream;

/** A scan's activities, as {@link FakeWorld} wants them. */
final class FakeScan {
  private final FakeWorld world;

  FakeScan(FakeWorld world) {
    this.world = world;
  }

  Stream<Object> activities() {
    return Stream.of(new Wastes(), new Doubts(), new Usages(), new Metrics());
  }

  private final class Wastes implements WasteActivities {
    @Override
    public Plan begin(ScanRef input) {
      world.note("begin");
      return new Plan(
          world.current,
          List.of(
              new MetricActivities.Question(
                  FakeWorld.ACCOUNT, FakeWorld.SCAN, "us-east-1", "ec2_instance", 40),
              new MetricActivities.Question(
                  FakeWorld.ACCOUNT, FakeWorld.SCAN, "eu-west-1", "nat_gateway", 40)));
    }

    @Override
    public void unanswered(Unanswered unanswered) {
      world.note("unanswered " + unanswered.question().region() + " " + unanswered.coverage());
    }

    @Override
    public WasteScanWorkflow.Outcome detect(ScanRef input) {
      world.note("detect");
      return new WasteScanWorkflow.Outcome(RunStatus.COMPLETED, 2, Money.usd(12.5), 0);
    }

    @Override
    public WasteScanWorkflow.Outcome cancelled(ScanRef input) {
      world.note("cancelled");
      return new WasteScanWorkflow.Outcome(RunStatus.CANCELLED, 0, Money.ZERO, 0);
    }
  }

  private final class Doubts implements DoubtActivities {
    @Override
    public int ask(ScanRef input) {
      world.note("doubts");
      return 0;
    }
  }

  private final class Usages implements UsageActivities {
    @Override
    public void look(ScanRef input) {
      world.note("usage");
    }
  }

  private final class Metrics implements MetricActivities {
    @Override
    public Answer read(Question question) {
      world.note("read " + question.region());
      return new Answer(Coverage.ANSWERED, 3, 0);
    }
  }
}
