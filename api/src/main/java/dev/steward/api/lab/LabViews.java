package dev.steward.api.lab;

import dev.steward.domain.lab.Tracking;
import dev.steward.model.Artifact;
import dev.steward.model.Experiment;
import dev.steward.model.MetricPoint;
import dev.steward.model.ModelVersion;
import dev.steward.model.Promotion;
import dev.steward.model.RegisteredModel;
import dev.steward.model.Run;
import dev.steward.model.Training;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What callers see of the lab. */
final class LabViews {
  private LabViews() {}

  record ExperimentView(
      String id,
      String name,
      Map<String, String> tags,
      boolean deleted,
      int runs,
      Instant createdAt,
      Instant updatedAt) {
    static ExperimentView of(Own own, Experiment e) {
      return new ExperimentView(
          e.id().value(),
          e.name(),
          new TreeMap<>(e.tags()),
          e.deleted(),
          (int) Tracking.runs(own, e).filter(r -> !r.deleted()).count(),
          e.createdAt(),
          e.updatedAt());
    }
  }

  record Progress(
      int epoch,
      int epochs,
      @Nullable Double loss,
      double seconds,
      @Nullable Double secondsLeft,
      boolean stopping) {
    static @Nullable Progress of(Own own, Run run) {
      Training training = own.find(Tables.TRAININGS, run.id().value()).orElse(null);
      if (training == null) return null;
      Training.Progress p = training.progress();
      return new Progress(
          p.epoch(), p.epochs(), p.loss(), p.seconds(), p.secondsLeft(), training.stopping());
    }
  }

  /**
   * @param metrics the newest value of each; null where it is no number
   * @param progress of a training of ours; null for a run that somebody else logs
   */
  record RunView(
      String id,
      String experiment,
      @Nullable String parent,
      String name,
      String user,
      Run.Status status,
      Map<String, String> params,
      Map<String, @Nullable Double> metrics,
      Map<String, String> tags,
      boolean deleted,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable Progress progress) {
    static RunView of(Own own, Run r) {
      Map<String, @Nullable Double> metrics = new TreeMap<>();
      r.metrics().forEach((key, point) -> metrics.put(key, finite(point.value())));
      return new RunView(
          r.id().value(),
          r.experiment().value(),
          r.parent() == null ? null : r.parent().value(),
          r.name(),
          r.user(),
          r.status(),
          new TreeMap<>(r.params()),
          metrics,
          new TreeMap<>(r.tags()),
          r.deleted(),
          r.startedAt(),
          r.endedAt(),
          Progress.of(own, r));
    }
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  record InputView(String name, String digest, String source) {}

  record ArtifactView(String path, long size, String sha256, Instant createdAt) {
    static ArtifactView of(Artifact a) {
      return new ArtifactView(a.path(), a.size(), a.sha256(), a.createdAt());
    }
  }

  /** A run with what is long about it. */
  record RunDetail(
      RunView run, List<InputView> inputs, List<ArtifactView> artifacts, List<String> children) {}

  record PointView(@Nullable Double value, long step, Instant at) {
    static PointView of(MetricPoint point) {
      return new PointView(finite(point.value()), point.step(), Instant.ofEpochMilli(point.at()));
    }
  }

  record ModelView(
      String name,
      String description,
      Map<String, String> tags,
      Map<String, Integer> aliases,
      int versions,
      Instant createdAt,
      Instant updatedAt) {
    static ModelView of(RegisteredModel m) {
      return new ModelView(
          m.name(),
          m.description(),
          new TreeMap<>(m.tags()),
          new TreeMap<>(m.aliases()),
          m.versions(),
          m.createdAt(),
          m.updatedAt());
    }
  }

  record VersionView(
      String name,
      int version,
      ModelVersion.Stage stage,
      String source,
      @Nullable String run,
      String description,
      Map<String, String> tags,
      String user,
      Instant createdAt) {
    static VersionView of(ModelVersion v) {
      return new VersionView(
          v.name(),
          v.version(),
          v.stage(),
          v.source(),
          v.run() == null ? null : v.run().value(),
          v.description(),
          new TreeMap<>(v.tags()),
          v.user(),
          v.createdAt());
    }
  }

  record PromotionView(
      String id,
      String model,
      int version,
      Promotion.Status status,
      String approval,
      String evidence,
      String evidenceHash,
      String requester,
      Instant createdAt,
      @Nullable Instant endedAt) {
    static PromotionView of(Promotion p) {
      return new PromotionView(
          p.id().value(),
          p.model(),
          p.version(),
          p.status(),
          p.approval().value(),
          p.evidence(),
          p.evidenceHash(),
          p.requester(),
          p.createdAt(),
          p.endedAt());
    }
  }
}
