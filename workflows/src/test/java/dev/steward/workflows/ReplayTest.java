package dev.steward.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Json;
import dev.steward.model.job.Job;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.ScanRef;
import dev.steward.workflows.waste.WasteScanWorkflow;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Today's workflow code must still make the decisions that are in the committed histories: runs
 * that are under way go on with it.
 */
final class ReplayTest {
  private static final Path HISTORIES = Path.of("src/test/resources/histories");

  static Stream<Path> histories() throws IOException {
    try (Stream<Path> files = Files.walk(HISTORIES)) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void replays(Path file) throws Exception {
    try (TestWorkflowEnvironment lab = WorkflowLab.environment(600)) {
      WorkflowReplayer.replayWorkflowExecution(read(file), replaying(lab, Workflows.ALL));
    }
  }

  static List<Job<?>> jobs() {
    return Jobs.ALL;
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void everyJobHasAHistory(Job<?> job) {
    assertThat(HISTORIES.resolve(job.type())).isNotEmptyDirectory();
  }

  /** What was stored and asked for in the time of a history is read today as it was meant. */
  @ParameterizedTest
  @MethodSource("histories")
  void beginsWithTheInputOfItsJob(Path file) throws IOException {
    WorkflowExecutionStartedEventAttributes started =
        read(file).getEvents().getFirst().getWorkflowExecutionStartedEventAttributes();
    Job<?> job = Jobs.named(started.getWorkflowType().getName()).orElseThrow();
    JsonNode then =
        Json.MAPPER.readTree(started.getInput().getPayloads(0).getData().toStringUtf8());
    JsonNode now = Json.MAPPER.valueToTree(Json.MAPPER.treeToValue(then, job.input()));
    then.properties().forEach(f -> assertThat(now.get(f.getKey())).isEqualTo(f.getValue()));
  }

  @Test
  void catchesAChangedWorkflow() {
    try (TestWorkflowEnvironment lab = WorkflowLab.environment(600)) {
      assertThatThrownBy(() ->
              WorkflowReplayer.replayWorkflowExecution(
                  read(HISTORIES.resolve("WasteScan/completed.json")),
                  replaying(lab, List.of(ChangedScanImpl.class))))
          .hasStackTraceContaining("NonDeterministic");
    }
  }

  private static Worker replaying(TestWorkflowEnvironment lab, List<Class<?>> workflows) {
    Worker worker = lab.newWorker("replay");
    worker.registerWorkflowImplementationTypes(workflows.toArray(Class<?>[]::new));
    return worker;
  }

  private static WorkflowExecutionHistory read(Path file) throws IOException {
    return WorkflowExecutionHistory.fromJson(Files.readString(file));
  }

  /** A scan that waits first, which no recorded one did. */
  public static final class ChangedScanImpl implements WasteScanWorkflow {
    @Override
    public Outcome scan(ScanRef input) {
      Workflow.sleep(java.time.Duration.ofMinutes(1));
      return new Outcome(dev.steward.model.RunStatus.COMPLETED, 0, dev.steward.model.Money.ZERO, 0);
    }
  }
}
