package dev.steward.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.payload.codec.PayloadCodecException;
import io.temporal.payload.context.SerializationContext;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two answers of one activity within one run are exchanged in what Temporal has of it. */
@SuppressWarnings("NullAway.Init")
final class CallNamesTest {
  private static final String ID = "calls";
  private volatile Instant boundSince = Instant.EPOCH;
  private TestWorkflowEnvironment lab;
  private Worker replaying;

  public record Said(String text) {}

  @ActivityInterface
  public interface Twice {
    Said twice(String what);
  }

  @WorkflowInterface
  public interface Asking {
    @WorkflowMethod
    String ask(String what);
  }

  public static final class AskingImpl implements Asking {
    private final Twice far =
        Workflow.newActivityStub(
            Twice.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(5)).build());
    private final Twice near =
        Workflow.newLocalActivityStub(
            Twice.class,
            LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(5))
                .build());

    @Override
    public String ask(String what) {
      return far.twice(what + "1").text()
          + far.twice(what + "2").text()
          + near.twice(what + "3").text();
    }
  }

  /** The binding in plain words, where the real seal authenticates it. */
  private final class Written implements Seal {
    private final Binding here;

    Written(Binding here) {
      this.here = here;
    }

    @Override
    public Seal withContext(SerializationContext context) {
      return new Written(Binding.of(context));
    }

    @Override
    public boolean isOurs(Payload payload) {
      Binding of =
          new Binding(
              text(payload, "n"),
              text(payload, "w"),
              text(payload, "a"),
              text(payload, Binding.CALL));
      Unbound unbound = new Unbound(Instant.EPOCH, boundSince, InstantSource.system());
      return here.equals(Binding.NONE) || here.takes(of) || unbound.isTaken(here, of);
    }

    private static String text(Payload payload, String key) {
      return payload.getMetadataOrDefault(key, ByteString.EMPTY).toStringUtf8();
    }

    @Override
    public List<Payload> encode(List<Payload> payloads) {
      return payloads.stream()
          .map(p ->
              p.toBuilder()
                  .putMetadata("n", ByteString.copyFromUtf8(here.namespace()))
                  .putMetadata("w", ByteString.copyFromUtf8(here.workflow()))
                  .putMetadata("a", ByteString.copyFromUtf8(here.activity()))
                  .putMetadata(Binding.CALL, ByteString.copyFromUtf8(here.call()))
                  .build())
          .toList();
    }

    @Override
    public List<Payload> decode(List<Payload> payloads) {
      if (!payloads.stream().allMatch(this::isOurs))
        throw new PayloadCodecException("of another call");
      return payloads;
    }
  }

  @BeforeEach
  void start() {
    lab =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(Messages.sealed(new Written(Binding.NONE)))
                        .build())
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder().build())
                .build());
    worker("calls").registerActivitiesImplementations((Twice) what -> new Said(what + what));
    replaying = worker("replay");
    lab.start();
  }

  private Worker worker(String queue) {
    Worker worker = lab.newWorker(queue);
    worker.registerWorkflowImplementationTypes(AskingImpl.class);
    return worker;
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  private WorkflowExecutionHistory run() {
    WorkflowStub run =
        lab.getWorkflowClient()
            .newUntypedWorkflowStub(
                "Asking",
                WorkflowOptions.newBuilder().setWorkflowId(ID).setTaskQueue("calls").build());
    run.start("a");
    assertThat(run.getResult(String.class)).isEqualTo("a1a1a2a2a3a3");
    return lab.getWorkflowClient().fetchHistory(ID);
  }

  private void replay(History history) throws Exception {
    try {
      WorkflowReplayer.replayWorkflowExecution(
          new WorkflowExecutionHistory(history, ID), replaying);
    } catch (ForeignPayloadException over) {
      // The replay is over then: what the replayer asks for, a text, has no answer that is ours.
      assertThat(over).hasMessageStartingWith("a String ");
    }
  }

  @Test
  void eachCallTakesItsOwnAnswerAtEachReplay() throws Exception {
    replay(run().getHistory());
  }

  @Test
  void anAnswerToOneCallIsNoneToAnother() {
    History whole = run().getHistory();
    List<Integer> answers =
        IntStream.range(0, whole.getEventsCount())
            .filter(i -> whole.getEvents(i).hasActivityTaskCompletedEventAttributes())
            .boxed()
            .toList();
    assertThat(answers).hasSize(2);
    History.Builder exchanged = whole.toBuilder();
    for (int i = 0; i < 2; i++)
      answer(
          exchanged.getEventsBuilder(answers.get(i)),
          whole
              .getEvents(answers.get(1 - i))
              .getActivityTaskCompletedEventAttributes()
              .getResult());
    assertThatThrownBy(() -> replay(exchanged.build()))
        .hasStackTraceContaining("a Said that this installation");
  }

  private static void answer(HistoryEvent.Builder event, Payloads other) {
    event.getActivityTaskCompletedEventAttributesBuilder().setResult(other);
  }

  @Test
  void aRunThatBeganBeforeGoesOnWithWhatIsInItsHistory() throws Exception {
    History.Builder old = run().getHistory().toBuilder();
    for (HistoryEvent.Builder event : old.getEventsBuilderList()) {
      if (event.hasActivityTaskCompletedEventAttributes())
        event
            .getActivityTaskCompletedEventAttributesBuilder()
            .getResultBuilder()
            .getPayloadsBuilder(0)
            .removeMetadata(Binding.CALL);
    }
    boundSince = Instant.now().plus(Duration.ofDays(1));
    replay(old.build());
    boundSince = Instant.EPOCH;
    assertThatThrownBy(() -> replay(old.build()))
        .hasStackTraceContaining("a Said that this installation");
  }
}
