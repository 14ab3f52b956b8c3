package dev.steward.workflows;

import dev.steward.model.PredictionId;
import dev.steward.model.PromotionId;
import dev.steward.model.RunId;
import dev.steward.model.job.Jobs.PredictionRef;
import dev.steward.model.job.Jobs.PromotionRef;
import dev.steward.model.job.Jobs.RunRef;
import dev.steward.model.job.Jobs.WatchRef;
import dev.steward.workflows.lab.PredictionActivities;
import dev.steward.workflows.lab.PredictionRecords;
import dev.steward.workflows.lab.PredictionWorkflow;
import dev.steward.workflows.lab.PromotionRecords;
import dev.steward.workflows.lab.SearchRecords;
import dev.steward.workflows.lab.TrainingActivities;
import dev.steward.workflows.lab.TrainingRecords;
import dev.steward.workflows.lab.TrainingWorkflow;
import dev.steward.workflows.lab.WatchActivities;
import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Trainings and promotions as a test wants them. */
final class FakeLab
    implements TrainingActivities,
        TrainingRecords,
        PredictionActivities,
        PredictionRecords,
        SearchRecords,
        PromotionRecords,
        WatchActivities {
  static final RunId RUN = new RunId("run_test000000");
  static final PromotionId PROMOTION = new PromotionId("prm_test000000");

  static final PredictionId PREDICTION = new PredictionId("prd_test000000");

  /** What a computation does. */
  enum Course {
    LEARNS,
    IS_CUT_OFF_ONCE,
    CANNOT,
    HANGS
  }

  private final List<String> log;
  volatile Course course = Course.LEARNS;
  volatile boolean proceed = true;
  final CountDownLatch hangs = new CountDownLatch(1);

  /** How the promotion stands at each look; the last one stays. */
  final Deque<Standing> standings = new ConcurrentLinkedDeque<>();

  /** How many looks find something that is served. */
  volatile int looks;

  FakeLab(List<String> log) {
    this.log = log;
  }

  @Override
  public boolean begin(RunRef input) {
    log.add("begin");
    return proceed;
  }

  @Override
  public Learnt learn(RunRef input) {
    int attempt = Activity.getExecutionContext().getInfo().getAttempt();
    log.add("learn " + attempt);
    return switch (course) {
      case LEARNS -> new Learnt(false, "engine");
      case IS_CUT_OFF_ONCE -> {
        if (attempt == 1) throw ApplicationFailure.newFailure("cut off", "Lost");
        yield new Learnt(false, "engine");
      }
      case CANNOT -> throw ApplicationFailure.newNonRetryableFailure("too short", "CannotLearn");
      case HANGS -> {
        hangs.countDown();
        while (true) {
          try {
            TimeUnit.MILLISECONDS.sleep(50);
            Activity.getExecutionContext().heartbeat(1);
          } catch (ActivityCompletionException cancelled) {
            yield new Learnt(true, "engine");
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            yield new Learnt(true, "engine");
          }
        }
      }
    };
  }

  @Override
  public TrainingWorkflow.Outcome finish(End end) {
    log.add("finish " + end.learnt().stopped());
    return end.learnt().stopped()
        ? new TrainingWorkflow.Outcome("KILLED", 0, "stopped")
        : new TrainingWorkflow.Outcome("FINISHED", 1, "better");
  }

  @Override
  public TrainingWorkflow.Outcome failed(Failure failure) {
    log.add("failed " + failure.why());
    return new TrainingWorkflow.Outcome("FAILED", 0, failure.why());
  }

  /** Which trials follow; then the search is over. */
  final Deque<RunId> trials = new ConcurrentLinkedDeque<>();

  @Override
  public Next next(RunRef search) {
    log.add("next");
    return new Next(trials.pollFirst());
  }

  @Override
  public void stop(RunRef search) {
    log.add("stop");
    trials.clear();
  }

  @Override
  public PredictionWorkflow.Outcome forecast(PredictionRef input) {
    log.add("forecast");
    if (course == Course.CANNOT)
      throw ApplicationFailure.newNonRetryableFailure("it is gone", "Gone");
    return new PredictionWorkflow.Outcome("completed");
  }

  @Override
  public PredictionWorkflow.Outcome failed(Unpredictable unpredictable) {
    log.add("failed " + unpredictable.why());
    return new PredictionWorkflow.Outcome("failed");
  }

  @Override
  public boolean look(WatchRef input) {
    log.add("look " + input.model());
    return looks-- > 0;
  }

  @Override
  public Standing tick(PromotionRef input) {
    log.add("tick");
    Standing first = standings.size() > 1 ? standings.pollFirst() : standings.peekFirst();
    return first == null ? new Standing(false, "gone") : first;
  }
}
