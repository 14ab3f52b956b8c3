package dev.steward.workflows;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.job.Job;
import dev.steward.model.job.Jobs;
import io.temporal.common.metadata.POJOWorkflowImplMetadata;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of jobs, which knows no Temporal, and the workflows, which are Temporal's. */
final class JobsTest {
  @Test
  void everyJobHasItsWorkflowWhichTakesItsInputAndEveryWorkflowItsJob() {
    Map<String, List<Class<?>>> workflows =
        Workflows.ALL.stream()
            .flatMap(w -> POJOWorkflowImplMetadata.newInstance(w).getWorkflowMethods().stream())
            .collect(
                toMap(
                    method -> method.getName(),
                    method -> List.of(method.getWorkflowMethod().getParameterTypes())));
    Map<String, List<Class<?>>> jobs =
        Jobs.ALL.stream().collect(toMap(Job::type, job -> List.of(job.input())));
    assertThat(jobs).isEqualTo(workflows);
  }
}
