package dev.steward.api.lab;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.steward.model.Experiment;
import dev.steward.model.MetricPoint;
import dev.steward.model.ModelVersion;
import dev.steward.model.RegisteredModel;
import dev.steward.model.Run;
import dev.steward.model.RunInput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What MLflow's client is answered: the messages of its REST API, of which what is not there is
 * left out. Times are milliseconds since 1970.
 */
final class MlflowAnswers {
  static final String SCHEME = "mlflow-artifacts:/";

  private MlflowAnswers() {}

  /** Nothing but that it was done. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MlflowDone() {}

  static final MlflowDone DONE = new MlflowDone();

  enum MlflowStage {
    ACTIVE,
    DELETED;

    static MlflowStage of(boolean deleted) {
      return deleted ? DELETED : ACTIVE;
    }
  }

  record MlflowEntry(String key, String value) {
    static List<MlflowEntry> all(Map<String, String> entries) {
      return new TreeMap<>(entries)
          .entrySet().stream().map(e -> new MlflowEntry(e.getKey(), e.getValue())).toList();
    }
  }

  record MlflowExperiment(
      String experimentId,
      String name,
      String artifactLocation,
      MlflowStage lifecycleStage,
      long creationTime,
      long lastUpdateTime,
      List<MlflowEntry> tags) {
    static MlflowExperiment of(Experiment experiment) {
      return new MlflowExperiment(
          experiment.id().value(),
          experiment.name(),
          SCHEME,
          MlflowStage.of(experiment.deleted()),
          experiment.createdAt().toEpochMilli(),
          experiment.updatedAt().toEpochMilli(),
          MlflowEntry.all(experiment.tags()));
    }
  }

  record MlflowExperimentId(String experimentId) {}

  record MlflowExperimentFound(MlflowExperiment experiment) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MlflowExperimentPage(List<MlflowExperiment> experiments, @Nullable String nextPageToken) {}

  /**
   * @param status in capitals
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MlflowRunHead(
      String runId,
      String runUuid,
      String runName,
      String experimentId,
      String userId,
      String status,
      long startTime,
      @Nullable Long endTime,
      String artifactUri,
      MlflowStage lifecycleStage) {
    static MlflowRunHead of(Run run) {
      Instant ended = run.endedAt();
      return new MlflowRunHead(
          run.id().value(),
          run.id().value(),
          run.name(),
          run.experiment().value(),
          run.user(),
          run.status().name(),
          run.startedAt().toEpochMilli(),
          ended == null ? null : ended.toEpochMilli(),
          SCHEME + run.id(),
          MlflowStage.of(run.deleted()));
    }
  }

  /**
   * @param value a number; the name of one that JSON does not have, which the client reads
   */
  record MlflowMetric(String key, Object value, long timestamp, long step) {
    static MlflowMetric of(String key, MetricPoint point) {
      double value = point.value();
      return new MlflowMetric(
          key, Double.isFinite(value) ? value : Double.toString(value), point.at(), point.step());
    }
  }

  record MlflowRunContents(
      List<MlflowMetric> metrics, List<MlflowEntry> params, List<MlflowEntry> tags) {
    static MlflowRunContents of(Run run) {
      Map<String, String> tags = new TreeMap<>(run.tags());
      tags.putIfAbsent("mlflow.runName", run.name());
      tags.putIfAbsent("mlflow.user", run.user());
      if (run.parent() != null) tags.put("mlflow.parentRunId", run.parent().value());
      return new MlflowRunContents(
          new TreeMap<>(run.metrics())
              .entrySet().stream().map(e -> MlflowMetric.of(e.getKey(), e.getValue())).toList(),
          MlflowEntry.all(run.params()),
          MlflowEntry.all(tags));
    }
  }

  record MlflowDataset(
      String name,
      String digest,
      String sourceType,
      String source,
      String schema,
      String profile) {}

  record MlflowRunInput(List<MlflowEntry> tags, MlflowDataset dataset) {
    static MlflowRunInput of(RunInput input) {
      return new MlflowRunInput(
          MlflowEntry.all(input.tags()),
          new MlflowDataset(
              input.name(),
              input.digest(),
              input.sourceType(),
              input.source(),
              input.schema(),
              input.profile()));
    }
  }

  record MlflowRunInputs(List<MlflowRunInput> datasetInputs) {}

  record MlflowRun(MlflowRunHead info, MlflowRunContents data, MlflowRunInputs inputs) {
    static MlflowRun of(Run run, List<RunInput> inputs) {
      return new MlflowRun(
          MlflowRunHead.of(run),
          MlflowRunContents.of(run),
          new MlflowRunInputs(inputs.stream().map(MlflowRunInput::of).toList()));
    }
  }

  record MlflowRunFound(MlflowRun run) {}

  record MlflowRunChanged(MlflowRunHead runInfo) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MlflowRunPage(List<MlflowRun> runs, @Nullable String nextPageToken) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MlflowMetricPage(List<MlflowMetric> metrics, @Nullable String nextPageToken) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MlflowVersion(
      String name,
      String version,
      long creationTimestamp,
      long lastUpdatedTimestamp,
      String userId,
      String currentStage,
      String description,
      String source,
      @Nullable String runId,
      String status,
      List<MlflowEntry> tags,
      List<String> aliases) {
    static MlflowVersion of(ModelVersion version, RegisteredModel model) {
      return new MlflowVersion(
          version.name(),
          String.valueOf(version.version()),
          version.createdAt().toEpochMilli(),
          version.updatedAt().toEpochMilli(),
          version.user(),
          "None",
          version.description(),
          version.source(),
          version.run() == null ? null : version.run().value(),
          "READY",
          MlflowEntry.all(version.tags()),
          model.aliases().entrySet().stream()
              .filter(e -> e.getValue() == version.version())
              .map(Map.Entry::getKey)
              .sorted()
              .toList());
    }
  }

  record MlflowVersionFound(MlflowVersion modelVersion) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MlflowVersionPage(List<MlflowVersion> modelVersions, @Nullable String nextPageToken) {}

  record MlflowLatestVersions(List<MlflowVersion> modelVersions) {}

  record MlflowVersionFiles(String artifactUri) {}

  record MlflowAlias(String alias, String version) {}

  record MlflowModel(
      String name,
      long creationTimestamp,
      long lastUpdatedTimestamp,
      String description,
      List<MlflowVersion> latestVersions,
      List<MlflowEntry> tags,
      List<MlflowAlias> aliases) {
    static MlflowModel of(RegisteredModel model, List<ModelVersion> latest) {
      return new MlflowModel(
          model.name(),
          model.createdAt().toEpochMilli(),
          model.updatedAt().toEpochMilli(),
          model.description(),
          latest.stream().map(v -> MlflowVersion.of(v, model)).toList(),
          MlflowEntry.all(model.tags()),
          new TreeMap<>(model.aliases())
              .entrySet().stream()
                  .map(e -> new MlflowAlias(e.getKey(), e.getValue().toString()))
                  .toList());
    }
  }

  record MlflowModelFound(MlflowModel registeredModel) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MlflowModelPage(List<MlflowModel> registeredModels, @Nullable String nextPageToken) {}

  /** Models of MLflow 3 that belong to no registered name: none is kept. */
  record MlflowLoggedModels(List<String> models) {}

  /**
   * @param fileSize in bytes; a folder has none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MlflowFile(String path, boolean isDir, @Nullable Long fileSize) {}

  record MlflowFiles(List<MlflowFile> files) {}

  record MlflowRunFiles(String rootUri, List<MlflowFile> files) {}
}
