package dev.steward.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs.AccountRef;
import dev.steward.model.job.Jobs.DiscoveryRef;
import dev.steward.model.job.Jobs.DueRef;
import dev.steward.workflows.discovery.DiscoveryWorkflow;
import dev.steward.workflows.discovery.DiscoveryWorkflow.SkipRegion;
import dev.steward.workflows.discovery.DueWorkflow;
import dev.steward.workflows.discovery.Failures;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DiscoveryTest {
  private static final DiscoveryRef INPUT =
      new DiscoveryRef(FakeWorld.ACCOUNT, FakeWorld.ORGANIZATION, FakeWorld.DISCOVERY);

  @Test
  void asksEveryRegionForEveryKind() {
    try (WorkflowLab lab = new WorkflowLab()) {
      assertThat(lab.workflow(DiscoveryWorkflow.class, "discovery/all").discover(INPUT).status())
          .isEqualTo(RunStatus.COMPLETED);
      assertThat(lab.world.log)
          .contains(
              "list eu-west-1 ec2_instance",
              "list eu-west-1 ebs_volume",
              "list us-east-1 ec2_instance",
              "list us-east-1 ebs_volume")
          .endsWith("finish");
      lab.keepHistory("discovery/all", "Discovery", "completed");
      lab.keepHistory(
          "discovery/" + FakeWorld.ACCOUNT + "/us-east-1", "RegionDiscovery", "completed");
    }
  }

  @Test
  void givesTheSameEndWhenEveryStepIsReplayed() {
    try (WorkflowLab lab = new WorkflowLab(0)) {
      assertThat(
              lab.workflow(DiscoveryWorkflow.class, "discovery/replayed").discover(INPUT).status())
          .isEqualTo(RunStatus.COMPLETED);
      assertThat(lab.world.log.stream().filter(l -> l.startsWith("list")))
          .hasSize(4)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void makesAGapOfAQuestionThatStaysThrottledAndGoesOn() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.awsFails =
          () -> ApplicationFailure.newFailure("AWS: Throttling", Failures.THROTTLED);
      lab.world.failing = Set.of("list us-east-1 ebs_volume");
      lab.workflow(DiscoveryWorkflow.class, "discovery/throttled").discover(INPUT);
      assertThat(lab.world.log)
          .contains(
              "give up us-east-1 ebs_volume THROTTLED", "list eu-west-1 ebs_volume", "finish");
      lab.keepHistory(
          "discovery/" + FakeWorld.ACCOUNT + "/us-east-1", "RegionDiscovery", "throttled");
    }
  }

  @Test
  void leavesARegionOutWhenAnOperatorSaysSo() throws Exception {
    try (WorkflowLab lab = new WorkflowLab()) {
      DiscoveryWorkflow discovery = startHanging(lab, "discovery/skip");
      assertThat(discovery.skipRegion(new SkipRegion("us-east-1", "ops", "proof")).skipped())
          .isTrue();
      assertThat(
              WorkflowStub.fromTyped(discovery).getResult(DiscoveryWorkflow.Outcome.class).status())
          .isEqualTo(RunStatus.COMPLETED);
      assertThat(lab.world.log)
          .contains("give up us-east-1 ec2_instance SKIPPED", "list eu-west-1 ebs_volume");
      lab.keepHistory("discovery/skip", "Discovery", "skipped-region");
      lab.keepHistory("discovery/skip", "Discovery", "skip-proven");
    }
  }

  @Test
  void takesTheSameFromASignal() throws Exception {
    try (WorkflowLab lab = new WorkflowLab()) {
      DiscoveryWorkflow discovery = startHanging(lab, "discovery/signal");
      discovery.skipRegionSignal(new SkipRegion("nowhere-1", "ops", "proof"));
      discovery.skipRegionSignal(new SkipRegion("us-east-1", "ops", "proof"));
      WorkflowStub.fromTyped(discovery).getResult(DiscoveryWorkflow.Outcome.class);
      assertThat(lab.world.log).contains("give up us-east-1 ebs_volume SKIPPED");
      lab.keepHistory("discovery/signal", "Discovery", "skip-proven-by-signal");
    }
  }

  @Test
  void refusesToSkipARegionThatItDoesNotAsk() throws Exception {
    try (WorkflowLab lab = new WorkflowLab()) {
      DiscoveryWorkflow discovery = startHanging(lab, "discovery/refuse");
      assertThatThrownBy(() -> discovery.skipRegion(new SkipRegion("mars-north-1", "ops", "proof")))
          .isInstanceOf(WorkflowUpdateException.class)
          .hasStackTraceContaining("does not ask region mars-north-1");
      WorkflowStub.fromTyped(discovery).cancel();
    }
  }

  @Test
  void closesTheRecordWhenItIsCancelled() throws Exception {
    try (WorkflowLab lab = new WorkflowLab()) {
      WorkflowStub discovery = WorkflowStub.fromTyped(startHanging(lab, "discovery/cancel"));
      discovery.cancel();
      // Temporal closes it as cancelled; what matters is that our own record is closed too.
      assertThatThrownBy(() -> discovery.getResult(DiscoveryWorkflow.Outcome.class))
          .hasCauseInstanceOf(CanceledFailure.class);
      assertThat(lab.world.log).contains("finish cancelled");
      lab.keepHistory("discovery/cancel", "Discovery", "cancelled");
    }
  }

  @Test
  void asksForScheduledWork() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.workflow(DueWorkflow.class, "due/1")
          .request(
              new DueRef(
                  new AccountRef(FakeWorld.ACCOUNT, FakeWorld.ORGANIZATION),
                  DueRef.Work.DISCOVERY));
      assertThat(lab.world.log).containsExactly("due DISCOVERY");
      lab.keepHistory("due/1", "Due", "discovery");
    }
  }

  private static DiscoveryWorkflow startHanging(WorkflowLab lab, String id)
      throws InterruptedException {
    lab.world.hanging.add("us-east-1");
    DiscoveryWorkflow discovery = lab.workflow(DiscoveryWorkflow.class, id);
    WorkflowClient.start(discovery::discover, INPUT);
    assertThat(lab.world.hung.await(5, TimeUnit.MINUTES)).isTrue();
    return discovery;
  }
}
