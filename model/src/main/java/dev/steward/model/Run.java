package dev.steward.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One execution: what went in, what came out, and how it went.
 *
 * @param parent the run that started this one, as a search starts its trials
 * @param params written once
 * @param metrics the newest point of each; the history is in {@link MetricBlock}s
 * @param deleted hidden, and can be restored
 */
@Copied
public record Run(
    RunId id,
    OrganizationId organization,
    ExperimentId experiment,
    @Nullable RunId parent,
    String name,
    String user,
    Status status,
    Map<String, String> params,
    Map<String, MetricPoint> metrics,
    Map<String, String> tags,
    boolean deleted,
    Instant startedAt,
    @Nullable Instant endedAt) {
  /** How a run goes; the names are those of MLflow. */
  public enum Status {
    RUNNING,
    SCHEDULED,
    FINISHED,
    FAILED,
    KILLED;

    public boolean over() {
      return this == FINISHED || this == FAILED || this == KILLED;
    }
  }

  public Run {
    params = Map.copyOf(params);
    metrics = Map.copyOf(metrics);
    tags = Map.copyOf(tags);
  }

  /** Another name or status; an end time is kept until the run is over no more. */
  public Run now(String newName, Status newStatus, @Nullable Instant end) {
    return RunBuilder.builder(this).name(newName).status(newStatus).endedAt(end).build();
  }

  public Run deleted(boolean is) {
    return RunBuilder.builder(this).deleted(is).build();
  }
}
