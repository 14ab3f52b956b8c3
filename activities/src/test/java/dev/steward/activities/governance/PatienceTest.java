package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.activities.EmulatedAws;
import dev.steward.aws.AwsFailureInterceptor;
import dev.steward.aws.actions.Actions;
import dev.steward.aws.actions.Site;
import dev.steward.testing.Fault;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** Each state of passage is waited for by itself, and never for ever. */
final class PatienceTest {
  @TempDir private static Path folder;

  @WorkflowInterface
  public interface Waiting {
    @WorkflowMethod
    void run();
  }

  @ActivityInterface
  public interface Acting {
    void act();
  }

  public static final class WaitingImpl implements Waiting {
    @Override
    public void run() {
      Workflow.newActivityStub(
              Acting.class,
              ActivityOptions.newBuilder()
                  .setStartToCloseTimeout(Duration.ofHours(1))
                  .setHeartbeatTimeout(Duration.ofMinutes(10))
                  .setRetryOptions(
                      RetryOptions.newBuilder()
                          .setInitialInterval(Duration.ofSeconds(1))
                          .setMaximumInterval(Duration.ofSeconds(10))
                          .build())
                  .build())
          .act();
    }
  }

  private static SdkException error(String code) {
    return Ec2Exception.builder()
        .statusCode(400)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .build();
  }

  /** Runs the activity until it ends; time passes by itself. */
  private static void run(Acting activity) {
    try (TestWorkflowEnvironment temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new AwsFailureInterceptor())
                        .build())
                .build())) {
      var worker = temporal.newWorker("patience");
      worker.registerWorkflowImplementationTypes(WaitingImpl.class);
      worker.registerActivitiesImplementations(activity);
      temporal.start();
      temporal
          .getWorkflowClient()
          .newWorkflowStub(
              Waiting.class, WorkflowOptions.newBuilder().setTaskQueue("patience").build())
          .run();
    }
  }

  @Test
  void throttlingUsesUpNoPatienceWithAStateOfPassage() {
    AtomicInteger tries = new AtomicInteger();
    run(() -> {
      int now = tries.incrementAndGet();
      if (now <= 20) throw error("RequestLimitExceeded");
      if (now <= 34) throw error("IncorrectInstanceState");
    });
    assertThat(tries).hasValue(35);
  }

  @Test
  void oneStateOfPassageUsesUpNoPatienceWithAnother() {
    AtomicInteger tries = new AtomicInteger();
    run(() -> {
      int now = tries.incrementAndGet();
      if (now <= 14) throw error("IncorrectState");
      if (now <= 28) throw error("IncorrectInstanceState");
    });
    assertThat(tries).hasValue(29);
  }

  @Test
  void noneIsWaitedForWithoutEnd() {
    AtomicInteger tries = new AtomicInteger();
    assertThatThrownBy(() ->
            run(() -> {
              if (tries.incrementAndGet() % 2 == 0) throw error("RequestLimitExceeded");
              throw error("IncorrectInstanceState");
            }))
        .isInstanceOf(WorkflowException.class)
        .hasStackTraceContaining("IncorrectInstanceState, after 15 attempts");
    assertThat(tries).hasValue(29);
  }

  /** There is no room for the new type: the last try, and none before it, puts the old one back. */
  @Test
  void anInstanceThatFindsNoRoomAtTheLastTryIsWhatItWas() throws Exception {
    try (EmulatedAws aws = new EmulatedAws(folder);
        World world = new World(aws, "resize_instance")) {
      String id = world.worlds.instances().make(r -> r.instanceType("m5.large"));
      Site site = world.begun(world.step(id, Map.of("instance_type", "m5.xlarge")));
      List<String> before = world.worlds.look();
      AtomicInteger tries = new AtomicInteger();
      AtomicInteger starts = new AtomicInteger();
      aws.proxy.when(
          call -> call.action().equals("StartInstances") && starts.incrementAndGet() <= 15,
          new Fault.Refuse(500, "InsufficientInstanceCapacity"));
      assertThatThrownBy(() ->
              run(() -> {
                if (tries.incrementAndGet() <= 5) throw error("RequestLimitExceeded");
                if (tries.get() > 6)
                  assertThat(world.worlds.look()).contains("instance m5.xlarge stopped");
                Actions.of("resize_instance").act(site);
              }))
          .isInstanceOf(WorkflowException.class);
      assertThat(tries).hasValue(20);
      assertThat(world.worlds.look()).isEqualTo(before);
    }
  }
}
