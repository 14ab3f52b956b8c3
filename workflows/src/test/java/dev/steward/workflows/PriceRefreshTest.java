package dev.steward.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.RunStatus;
import dev.steward.model.job.Jobs.PriceRefreshRef;
import dev.steward.workflows.prices.PriceRefreshWorkflow;
import org.junit.jupiter.api.Test;

final class PriceRefreshTest {
  private static final PriceRefreshRef INPUT =
      new PriceRefreshRef(FakePrices.REFRESH, FakeWorld.ORGANIZATION);

  private static PriceRefreshWorkflow.Outcome run(WorkflowLab lab, String id) {
    return lab.workflow(PriceRefreshWorkflow.class, id).refresh(INPUT);
  }

  @Test
  void asksOneQuestionAfterTheOtherAndMakesABook() {
    try (WorkflowLab lab = new WorkflowLab()) {
      assertThat(run(lab, "prices/1").book()).isEqualTo("2026-11-28.01");
      assertThat(lab.world.log)
          .containsExactly("prices of first", "prices of second", "prices of third", "book");
      lab.keepHistory("prices/1", "PriceRefresh", "completed");
    }
  }

  @Test
  void goesOnWithoutAnAnswer() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.prices.failing = "second";
      assertThat(run(lab, "prices/1").status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(lab.world.log)
          .containsExactly(
              "prices of first",
              "prices of second",
              "no prices of second: AWS: Wrong",
              "prices of third",
              "book");
      lab.keepHistory("prices/1", "PriceRefresh", "unanswered");
    }
  }

  @Test
  void asksNoMoreWhereItMayNot() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.prices.refused = "first";
      run(lab, "prices/1");
      assertThat(lab.world.log).containsExactly("prices of first", "book");
      lab.keepHistory("prices/1", "PriceRefresh", "refused");
    }
  }

  @Test
  void doesNothingForARefreshThatIsOver() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.prices.proceed = false;
      assertThat(run(lab, "prices/1").status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(lab.world.log).isEmpty();
    }
  }
}
