package dev.steward.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.model.RunId;
import dev.steward.model.job.Jobs.PredictionRef;
import dev.steward.model.job.Jobs.PromotionRef;
import dev.steward.model.job.Jobs.RunRef;
import dev.steward.model.job.Jobs.WatchRef;
import dev.steward.workflows.lab.PredictionWorkflow;
import dev.steward.workflows.lab.PromotionRecords.Standing;
import dev.steward.workflows.lab.PromotionWorkflow;
import dev.steward.workflows.lab.SearchWorkflow;
import dev.steward.workflows.lab.TrainingWorkflow;
import dev.steward.workflows.lab.WatchWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LabWorkflowsTest {
  private static final RunRef RUN = new RunRef(FakeLab.RUN, FakeWorld.ORGANIZATION);
  private static final PromotionRef PROMOTION =
      new PromotionRef(FakeLab.PROMOTION, FakeWorld.ORGANIZATION);

  @Test
  void learnsAndRegisters() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.lab.course = FakeLab.Course.IS_CUT_OFF_ONCE;
      TrainingWorkflow.Outcome outcome =
          lab.workflow(TrainingWorkflow.class, "training/1").train(RUN);
      assertThat(outcome.version()).isEqualTo(1);
      assertThat(lab.world.log).containsExactly("begin", "learn 1", "learn 2", "finish false");
      lab.keepHistory("training/1", "Training", "finished");
    }
  }

  @Test
  void doesNotBeginWhatIsOver() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.lab.proceed = false;
      assertThat(lab.workflow(TrainingWorkflow.class, "training/2").train(RUN).status())
          .isEqualTo("KILLED");
      assertThat(lab.world.log).containsExactly("begin");
    }
  }

  @Test
  void whatCannotBeLearntIsNotTriedAgain() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.lab.course = FakeLab.Course.CANNOT;
      assertThat(lab.workflow(TrainingWorkflow.class, "training/3").train(RUN).status())
          .isEqualTo("FAILED");
      assertThat(lab.world.log).containsExactly("begin", "learn 1", "failed too short");
      lab.keepHistory("training/3", "Training", "failed");
    }
  }

  @Test
  void cancellingKeepsWhatWasLearnt() throws Exception {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.lab.course = FakeLab.Course.HANGS;
      TrainingWorkflow training = lab.workflow(TrainingWorkflow.class, "training/4");
      WorkflowClient.start(training::train, RUN);
      assertThat(lab.world.lab.hangs.await(5, TimeUnit.MINUTES)).isTrue();
      WorkflowStub stub = WorkflowStub.fromTyped(training);
      stub.cancel();
      // Temporal closes it as cancelled; what matters is that what was learnt is kept.
      assertThatThrownBy(() -> stub.getResult(TrainingWorkflow.Outcome.class))
          .hasCauseInstanceOf(CanceledFailure.class);
      assertThat(lab.world.log).containsExactly("begin", "learn 1", "finish true");
      lab.keepHistory("training/4", "Training", "cancelled");
    }
  }

  @Test
  void forecastsABatch() {
    PredictionRef input = new PredictionRef(FakeLab.PREDICTION, FakeWorld.ORGANIZATION);
    try (WorkflowLab lab = new WorkflowLab()) {
      assertThat(lab.workflow(PredictionWorkflow.class, "prediction/1").predict(input).status())
          .isEqualTo("completed");
      lab.keepHistory("prediction/1", "Prediction", "completed");
      lab.world.lab.course = FakeLab.Course.CANNOT;
      assertThat(lab.workflow(PredictionWorkflow.class, "prediction/2").predict(input).status())
          .isEqualTo("failed");
      assertThat(lab.world.log).containsExactly("forecast", "forecast", "failed it is gone");
      lab.keepHistory("prediction/2", "Prediction", "failed");
    }
  }

  @Test
  void triesOneAfterTheOther() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.lab.trials.addAll(
          List.of(new RunId("run_first00000"), new RunId("run_second0000")));
      assertThat(lab.workflow(SearchWorkflow.class, "search/1").search(RUN).trials()).isEqualTo(2);
      assertThat(lab.world.log)
          .containsExactly(
              "next",
              "begin",
              "learn 1",
              "finish false",
              "next",
              "begin",
              "learn 1",
              "finish false",
              "next");
      lab.keepHistory("search/1", "Search", "over");
    }
  }

  @Test
  void aSearchThatIsCancelledStopsItsTrial() throws Exception {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.lab.course = FakeLab.Course.HANGS;
      lab.world.lab.trials.addAll(
          List.of(new RunId("run_first00000"), new RunId("run_second0000")));
      SearchWorkflow search = lab.workflow(SearchWorkflow.class, "search/2");
      WorkflowClient.start(search::search, RUN);
      assertThat(lab.world.lab.hangs.await(5, TimeUnit.MINUTES)).isTrue();
      WorkflowStub stub = WorkflowStub.fromTyped(search);
      stub.cancel();
      assertThatThrownBy(() -> stub.getResult(SearchWorkflow.Outcome.class))
          .hasCauseInstanceOf(CanceledFailure.class);
      assertThat(lab.world.log)
          .containsExactly("next", "begin", "learn 1", "finish true", "stop", "next");
      lab.keepHistory("search/2", "Search", "cancelled");
    }
  }

  @Test
  void waitsForADecision() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.lab.standings.addAll(
          List.of(new Standing(true, "waiting"), new Standing(false, "promoted")));
      PromotionWorkflow promotion = lab.workflow(PromotionWorkflow.class, "promotion/1");
      WorkflowClient.start(promotion::promote, PROMOTION);
      lab.temporal.sleep(Duration.ofHours(1));
      promotion.nudge();
      assertThat(
              WorkflowStub.fromTyped(promotion).getResult(PromotionWorkflow.Outcome.class).status())
          .isEqualTo("promoted");
      assertThat(lab.world.log).containsExactly("tick", "tick");
      lab.keepHistory("promotion/1", "Promotion", "promoted");
    }
  }

  @Test
  void looksEveryDayEvenIfNobodyTells() {
    try (WorkflowLab lab = new WorkflowLab()) {
      for (int day = 0; day < 130; day++)
        lab.world.lab.standings.add(new Standing(true, "waiting"));
      lab.world.lab.standings.add(new Standing(false, "refused"));
      assertThat(lab.workflow(PromotionWorkflow.class, "promotion/2").promote(PROMOTION).status())
          .isEqualTo("refused");
      assertThat(lab.world.log).hasSize(131);
    }
  }

  @Test
  void aModelIsLookedAtEveryDayAndWhenSomebodyTells() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.lab.looks = 2;
      WatchWorkflow watch = lab.workflow(WatchWorkflow.class, "watch/1");
      WorkflowClient.start(watch::watch, new WatchRef(FakeWorld.ORGANIZATION, "forecast-daily"));
      lab.temporal.sleep(Duration.ofHours(1));
      watch.nudge();
      WorkflowStub.fromTyped(watch).getResult(Void.class);
      assertThat(lab.world.log)
          .containsExactly("look forecast-daily", "look forecast-daily", "look forecast-daily");
      lab.keepHistory("watch/1", "Watch", "over");
    }
  }

  @Test
  void aWatchOutlivesItsHistory() {
    try (WorkflowLab lab = new WorkflowLab()) {
      lab.world.lab.looks = 130;
      lab.workflow(WatchWorkflow.class, "watch/2")
          .watch(new WatchRef(FakeWorld.ORGANIZATION, "forecast-daily"));
      assertThat(lab.world.log).hasSize(131);
    }
  }
}
