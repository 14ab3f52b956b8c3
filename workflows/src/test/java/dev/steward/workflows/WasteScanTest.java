package dev.steward.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs.ScanRef;
import dev.steward.workflows.waste.WasteScanWorkflow;
import io.temporal.failure.ApplicationFailure;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WasteScanTest {
  private static final ScanRef INPUT =
      new ScanRef(FakeWorld.ACCOUNT, FakeWorld.ORGANIZATION, FakeWorld.SCAN);

  @Test
  void readsTheMetricsThenJudges() {
    try (WorkflowLab lab = new WorkflowLab()) {
      assertThat(lab.workflow(WasteScanWorkflow.class, "waste/1").scan(INPUT).status())
          .isEqualTo(RunStatus.COMPLETED);
      assertThat(lab.world.log)
          .startsWith("begin")
          .contains("read us-east-1", "read eu-west-1")
          .endsWith("detect", "usage");
      lab.keepHistory("waste/1", "WasteScan", "usage");
    }
  }

  @Test
  void judgesWithoutTheMetricsThatDoNotCome() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.awsFails = () -> ApplicationFailure.newFailure("AWS: HTTP 500", "AwsUnavailable");
      lab.world.failing = Set.of("read us-east-1");
      lab.workflow(WasteScanWorkflow.class, "waste/2").scan(INPUT);
      assertThat(lab.world.log).contains("unanswered us-east-1 FAILED").endsWith("detect", "usage");
    }
  }

  @Test
  void isDoneThoughItsUsageCannotBeLookedAt() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.awsFails = () -> ApplicationFailure.newNonRetryableFailure("no", "No");
      lab.world.failing = Set.of("usage");
      assertThat(lab.workflow(WasteScanWorkflow.class, "waste/4").scan(INPUT).status())
          .isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void doesNothingForAScanThatIsOver() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.current = false;
      lab.workflow(WasteScanWorkflow.class, "waste/3").scan(INPUT);
      assertThat(lab.world.log).containsExactly("begin");
    }
  }
}
