package dev.steward.domain.lab;

import dev.steward.model.Artifact;
import dev.steward.model.Experiment;
import dev.steward.model.ExperimentId;
import dev.steward.model.Ids;
import dev.steward.model.MetricBlock;
import dev.steward.model.MetricPoint;
import dev.steward.model.OrganizationId;
import dev.steward.model.Problem;
import dev.steward.model.Run;
import dev.steward.model.RunBuilder;
import dev.steward.model.RunId;
import dev.steward.model.RunInput;
import dev.steward.model.Violation;
import dev.steward.storage.Own;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Experiments and their runs. Whatever is another organization's is not there. */
public final class Tracking {
  private static final int LONGEST_NAME = 250;
  private static final int LONGEST_VALUE = 8_000;
  private static final int MOST_ENTRIES = 5_000;

  private final Ids ids;
  private final InstantSource clock;

  public Tracking(Ids ids, InstantSource clock) {
    this.ids = ids;
    this.clock = clock;
  }

  // Experiments

  /**
   * @throws dev.steward.model.ProblemException CONFLICT if the name is taken, by a deleted one too
   */
  public Experiment create(
      Transaction t, OrganizationId organization, String name, Map<String, String> tags) {
    require(name("name", name), entries("tags", tags));
    byName(t.own(organization), name)
        .ifPresent(other -> {
          throw taken(other);
        });
    Instant now = clock.instant();
    return t.put(
        Tables.EXPERIMENTS,
        new Experiment(ExperimentId.from(ids), organization, name, tags, false, now, now));
  }

  private static RuntimeException taken(Experiment other) {
    return Problem.of(
        Problem.Type.CONFLICT,
        "there is an experiment of this name"
            + (other.deleted() ? "; it is deleted and can be restored" : ""));
  }

  /** The one for runs that name none; it is made when it is first needed. */
  public Experiment standard(Transaction t, OrganizationId organization) {
    return byName(t.own(organization), Experiment.DEFAULT)
        .orElseGet(() -> create(t, organization, Experiment.DEFAULT, Map.of()));
  }

  public static Optional<Experiment> byName(Own own, String name) {
    return own.where(Tables.EXPERIMENTS, "name", Experiment.nameKey(own.organization(), name))
        .findFirst();
  }

  public Experiment rename(Transaction t, Experiment experiment, String name) {
    require(name("new_name", name), List.of());
    byName(t.own(experiment.organization()), name)
        .filter(other -> !other.id().equals(experiment.id()))
        .ifPresent(other -> {
          throw taken(other);
        });
    return t.put(Tables.EXPERIMENTS, experiment.named(name, clock.instant()));
  }

  /** Adds or replaces a tag. */
  public Experiment tag(Transaction t, Experiment experiment, String key, String value) {
    Map<String, String> tags = new TreeMap<>(experiment.tags());
    tags.put(key, value);
    require(entries("tags", tags), List.of());
    return t.put(Tables.EXPERIMENTS, experiment.tagged(tags, clock.instant()));
  }

  /** Hides an experiment and its runs, or shows them again. */
  public Experiment delete(Transaction t, Experiment experiment, boolean deleted) {
    runs(t.own(experiment.organization()), experiment)
        .toList()
        .forEach(run -> t.put(Tables.RUNS, run.deleted(deleted)));
    return t.put(Tables.EXPERIMENTS, experiment.deleted(deleted, clock.instant()));
  }

  // Runs

  /**
   * @param started null for now
   */
  public Run start(
      Transaction t,
      Experiment experiment,
      @Nullable RunId parent,
      String name,
      String user,
      Map<String, String> tags,
      @Nullable Instant started) {
    if (experiment.deleted())
      throw Problem.of(Problem.Type.CONFLICT, "the experiment is deleted; restore it first");
    require(entries("tags", tags), List.of());
    RunId id = RunId.from(ids);
    return t.put(
        Tables.RUNS,
        RunBuilder.builder()
            .id(id)
            .organization(experiment.organization())
            .experiment(experiment.id())
            .parent(parent)
            .name(name.isEmpty() ? "run-" + id.value().substring(4, 12) : name)
            .user(user)
            .status(Run.Status.RUNNING)
            .params(Map.of())
            .metrics(Map.of())
            .tags(tags)
            .deleted(false)
            .startedAt(started == null ? clock.instant() : started)
            .endedAt(null)
            .build());
  }

  public static Stream<Run> runs(Own own, Experiment experiment) {
    return own.under(Tables.EXPERIMENTS, experiment.id().value(), Tables.RUNS);
  }

  public Run update(
      Transaction t,
      Run run,
      @Nullable String name,
      Run.@Nullable Status status,
      @Nullable Instant ended) {
    Run.Status now = status == null ? run.status() : status;
    return t.put(
        Tables.RUNS,
        run.now(
            name == null || name.isEmpty() ? run.name() : name,
            now,
            !now.over()
                ? null
                : ended != null ? ended : run.endedAt() != null ? run.endedAt() : clock.instant()));
  }

  public Run delete(Transaction t, Run run, boolean deleted) {
    return t.put(Tables.RUNS, run.deleted(deleted));
  }

  /** A value of a metric, of a name. */
  public record Logged(String metric, MetricPoint point) {}

  /**
   * Logs all or nothing; sent again, it changes nothing.
   *
   * @param metrics a point of the same step, time and value is kept once
   * @param params a name that has another value already is refused
   * @param tags replace those of the same name
   * @throws dev.steward.model.ProblemException INVALID with every violation
   */
  public Run log(
      Transaction t,
      Run run,
      List<Logged> metrics,
      Map<String, String> params,
      Map<String, String> tags) {
    if (run.deleted())
      throw Problem.of(Problem.Type.CONFLICT, "the run is deleted; restore it first");
    List<Violation> wrong = new ArrayList<>();
    Map<String, String> allParams = new TreeMap<>(run.params());
    params.forEach((key, value) -> {
      String before = allParams.putIfAbsent(key, value);
      if (before != null && !before.equals(value))
        wrong.add(
            new Violation("params." + key, "is written once; it is already '" + before + "'"));
    });
    Map<String, String> allTags = new TreeMap<>(run.tags());
    allTags.putAll(tags);
    Map<String, MetricPoint> newest = new TreeMap<>(run.metrics());
    for (Logged logged : metrics) {
      wrong.addAll(name("metrics.key", logged.metric()));
      newest.merge(logged.metric(), logged.point(), Tracking::newer);
    }
    wrong.addAll(entries("params", allParams));
    wrong.addAll(entries("tags", allTags));
    if (newest.size() > MOST_ENTRIES)
      wrong.add(new Violation("metrics", "a run has at most " + MOST_ENTRIES + " metrics"));
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    Map<String, List<MetricPoint>> points = new TreeMap<>();
    metrics.forEach(l -> points.computeIfAbsent(l.metric(), k -> new ArrayList<>()).add(l.point()));
    points.forEach(
        (metric, added) -> append(t, run.id(), metric, unseen(t.state(), run, metric, added)));
    return t.put(
        Tables.RUNS,
        RunBuilder.builder(run).params(allParams).metrics(newest).tags(allTags).build());
  }

  /**
   * The points that the run does not have yet. Clients send a batch again when they did not hear
   * the answer, and MLflow's own store keeps a point of the same step, time and value once.
   */
  private static List<MetricPoint> unseen(
      State state, Run run, String metric, List<MetricPoint> sent) {
    Set<MetricPoint> fresh = new LinkedHashSet<>(sent);
    MetricPoint newest = run.metrics().get(metric);
    // What comes after the newest cannot be there; so the history is read only for what was sent
    // again or late.
    if (newest != null && fresh.stream().anyMatch(p -> newer(newest, p) == newest))
      history(state, run.id(), metric).forEach(fresh::remove);
    return List.copyOf(fresh);
  }

  /** The one of the later step, then of the later time, then the greater. */
  private static MetricPoint newer(MetricPoint a, MetricPoint b) {
    int order = Long.compare(a.step(), b.step());
    if (order == 0) order = Long.compare(a.at(), b.at());
    if (order == 0) order = Double.compare(a.value(), b.value());
    return order >= 0 ? a : b;
  }

  private static void append(Transaction t, RunId run, String metric, List<MetricPoint> added) {
    if (added.isEmpty()) return;
    Optional<MetricBlock> last = t.rows(Tables.METRIC_BLOCKS).last(MetricBlock.prefix(run, metric));
    List<MetricPoint> open = new ArrayList<>();
    int block = 0;
    if (last.isPresent()) {
      boolean full = last.get().values().length >= MetricBlock.FULL;
      block = last.get().block() + (full ? 1 : 0);
      if (!full) points(last.get()).forEach(open::add);
    }
    open.addAll(added);
    for (int from = 0; from < open.size(); from += MetricBlock.FULL) {
      List<MetricPoint> part = open.subList(from, Math.min(open.size(), from + MetricBlock.FULL));
      t.put(
          Tables.METRIC_BLOCKS,
          new MetricBlock(
              run,
              metric,
              block++,
              part.stream().mapToDouble(MetricPoint::value).toArray(),
              part.stream().mapToLong(MetricPoint::step).toArray(),
              part.stream().mapToLong(MetricPoint::at).toArray()));
    }
  }

  private static Stream<MetricPoint> points(MetricBlock block) {
    return java.util.stream.IntStream.range(0, block.values().length).mapToObj(block::point);
  }

  /** Every point of a metric, in the order in which they came. */
  public static Stream<MetricPoint> history(State state, RunId run, String metric) {
    return state
        .rows(Tables.METRIC_BLOCKS)
        .startingWith(MetricBlock.prefix(run, metric))
        .flatMap(Tracking::points);
  }

  public Run untag(Transaction t, Run run, String key) {
    Map<String, String> tags = new TreeMap<>(run.tags());
    if (tags.remove(key) == null) throw Problem.notFound("tag");
    return t.put(Tables.RUNS, RunBuilder.builder(run).tags(tags).build());
  }

  public void input(Transaction t, RunInput input) {
    t.put(Tables.RUN_INPUTS, input);
  }

  public static Stream<RunInput> inputs(State state, RunId run) {
    return state.rows(Tables.RUN_INPUTS).startingWith(run.value() + "/");
  }

  // Artefacts

  /**
   * Keeps what is known of a file; its bytes are a blob already.
   *
   * @throws dev.steward.model.ProblemException INVALID if the path leads out of the run
   */
  public Artifact artifact(Transaction t, Run run, String path, long size, String sha256) {
    return t.put(
        Tables.ARTIFACTS,
        new Artifact(run.id(), ArtifactPath.checked(path), size, sha256, clock.instant()));
  }

  public static Stream<Artifact> artifacts(State state, RunId run) {
    return state.rows(Tables.ARTIFACTS).startingWith(run.value() + "/");
  }

  // What may be searched for

  public static Filter.Subject subject(Run run) {
    return (part, key) ->
        switch (part) {
          case METRICS ->
              run.metrics().containsKey(key) ? (Object) run.metrics().get(key).value() : null;
          case PARAMS -> run.params().get(key);
          case TAGS -> run.tags().get(key);
          case ATTRIBUTES -> attribute(run, key);
          // Runs are not found by what they learnt from.
          case DATASETS -> null;
        };
  }

  private static @Nullable Object attribute(Run run, String key) {
    return switch (key) {
      case "status" -> run.status().name();
      case "run_id", "id" -> run.id().value();
      case "run_name", "name", "Run name" -> run.name();
      case "user_id", "user", "User" -> run.user();
      case "start_time", "created", "Created" -> run.startedAt().toEpochMilli();
      case "end_time" -> run.endedAt() == null ? null : run.endedAt().toEpochMilli();
      case "parent" -> run.parent() == null ? null : run.parent().value();
      default -> null;
    };
  }

  public static Filter.Subject subject(Experiment experiment) {
    return (part, key) ->
        switch (part) {
          case TAGS -> experiment.tags().get(key);
          case ATTRIBUTES -> attribute(experiment, key);
          case METRICS, PARAMS, DATASETS -> null;
        };
  }

  private static @Nullable Object attribute(Experiment experiment, String key) {
    return switch (key) {
      case "name" -> experiment.name();
      case "experiment_id", "id" -> experiment.id().value();
      case "creation_time" -> experiment.createdAt().toEpochMilli();
      case "last_update_time" -> experiment.updatedAt().toEpochMilli();
      default -> null;
    };
  }

  // Bounds

  private static void require(List<Violation> some, List<Violation> more) {
    List<Violation> all = new ArrayList<>(some);
    all.addAll(more);
    if (!all.isEmpty()) throw Problem.invalid(all);
  }

  static List<Violation> name(String field, String name) {
    if (name.isBlank()) return List.of(new Violation(field, "must not be empty"));
    if (name.length() > LONGEST_NAME)
      return List.of(new Violation(field, "must have at most " + LONGEST_NAME + " characters"));
    return name.chars().anyMatch(Character::isISOControl)
        ? List.of(new Violation(field, "must not have control characters"))
        : List.of();
  }

  static List<Violation> entries(String field, Map<String, String> entries) {
    List<Violation> wrong = new ArrayList<>();
    if (entries.size() > MOST_ENTRIES)
      wrong.add(new Violation(field, "must have at most " + MOST_ENTRIES + " entries"));
    entries.forEach((key, value) -> {
      wrong.addAll(name(field + "." + key, key));
      if (value.length() > LONGEST_VALUE)
        wrong.add(
            new Violation(field + "." + key, "must have at most " + LONGEST_VALUE + " characters"));
    });
    return wrong;
  }
}
