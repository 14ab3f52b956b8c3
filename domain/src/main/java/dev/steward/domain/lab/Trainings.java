package dev.steward.domain.lab;

import dev.steward.domain.lab.Scoreboard.Comparison;
import dev.steward.domain.lab.Tracking.Logged;
import dev.steward.domain.work.Work;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.model.Artifact;
import dev.steward.model.DataSet;
import dev.steward.model.Experiment;
import dev.steward.model.Json;
import dev.steward.model.LabProblem;
import dev.steward.model.MetricPoint;
import dev.steward.model.ModelVersion;
import dev.steward.model.OrganizationId;
import dev.steward.model.Problem;
import dev.steward.model.RegisteredModel;
import dev.steward.model.Run;
import dev.steward.model.RunBuilder;
import dev.steward.model.RunId;
import dev.steward.model.RunInput;
import dev.steward.model.Search;
import dev.steward.model.Training;
import dev.steward.model.Training.Progress;
import dev.steward.model.TrainingBuilder;
import dev.steward.model.Violation;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.RunRef;
import dev.steward.storage.Events;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Trainings: asked for, carried on, stopped, and what comes of them. Every step is a transaction.
 */
public final class Trainings {
  /** The model's bytes, among a run's artefacts. */
  public static final String MODEL_FILE = "model.bin";

  private final Tracking tracking;
  private final Registry registry;
  private final Work work;
  private final InstantSource clock;

  public Trainings(Tracking tracking, Registry registry, Work work, InstantSource clock) {
    this.tracking = tracking;
    this.registry = registry;
    this.work = work;
    this.clock = clock;
  }

  /** What is asked for. */
  public record Wanted(
      LabProblem problem,
      String dataSet,
      @Nullable String experiment,
      @Nullable String model,
      Map<String, Double> settings,
      int origins) {}

  /**
   * Takes a training on; a workflow does it.
   *
   * @throws dev.steward.model.ProblemException INVALID with everything that is wrong
   */
  public Run request(Transaction t, OrganizationId organization, Wanted wanted, String user) {
    DataSet set = t.own(organization).get(Tables.DATA_SETS, wanted.dataSet());
    Experiment experiment = prepare(t, organization, wanted, set);
    Training training =
        queue(
            t,
            experiment,
            null,
            set,
            wanted.problem(),
            model(wanted.model(), wanted.problem(), set),
            wanted.settings(),
            wanted.origins(),
            user,
            Map.of());
    work.start(t, Jobs.TRAINING, RunRef.of(training));
    return t.own(organization).get(Tables.RUNS, training.run().value());
  }

  /** The registered model that answers for data of this kind, if none is named. */
  static String model(@Nullable String named, LabProblem problem, DataSet set) {
    return named == null ? model(problem, set.frequency()) : named;
  }

  /** The registered model that answers unless another is named, and that is served. */
  public static String model(LabProblem problem, DataSet.Frequency frequency) {
    return lower(problem) + "-" + lower(frequency);
  }

  static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  /** Checks what is wanted, and makes the experiment and the model that it names. */
  Experiment prepare(Transaction t, OrganizationId organization, Wanted wanted, DataSet set) {
    MlpSettings settings =
        MlpSettings.of(wanted.problem(), set.frequency()).with(wanted.settings());
    int needed = settings.window() + (wanted.origins() + 1) * settings.horizon() + set.testSteps();
    if (set.profile().stream().noneMatch(p -> p.length() >= needed))
      throw Problem.invalid(
          List.of(
              new Violation(
                  "data_set",
                  String.format(
                      Locale.ROOT,
                      "needs a series of %d steps (window %d, %d horizons of %d, and %d for the test); its longest has %d",
                      needed,
                      settings.window(),
                      wanted.origins() + 1,
                      settings.horizon(),
                      set.testSteps(),
                      set.profile().isEmpty() ? 0 : set.profile().getFirst().length()))));
    String model = model(wanted.model(), wanted.problem(), set);
    if (t.find(Tables.MODELS, RegisteredModel.key(organization, model)).isEmpty())
      registry.create(t, organization, model, "", Map.of());
    String name =
        wanted.experiment() == null
            ? (wanted.problem() == LabProblem.FORECAST ? "Forecast " : "Rightsizing ")
                + lower(set.frequency())
            : wanted.experiment();
    return Tracking.byName(t.own(organization), name)
        .orElseGet(() -> tracking.create(t, organization, name, Map.of()));
  }

  /** A trial of a search; the search's workflow does it. */
  Run trial(
      Transaction t,
      Search search,
      Map<String, Double> settings,
      String user,
      Map<String, String> tags) {
    Training training =
        queue(
            t,
            t.own(search.organization()).get(Tables.EXPERIMENTS, search.experiment().value()),
            search.run(),
            t.own(search.organization()).get(Tables.DATA_SETS, search.dataSet().value()),
            search.problem(),
            search.model(),
            settings,
            search.origins(),
            user,
            tags);
    return t.own(search.organization()).get(Tables.RUNS, training.run().value());
  }

  private Training queue(
      Transaction t,
      Experiment experiment,
      @Nullable RunId parent,
      DataSet set,
      LabProblem problem,
      String model,
      Map<String, Double> others,
      int origins,
      String user,
      Map<String, String> tags) {
    MlpSettings settings = MlpSettings.of(problem, set.frequency()).with(others);
    Run run = tracking.start(t, experiment, parent, "", user, tags, null);
    Map<String, String> params = new TreeMap<>(settings.params());
    params.put("problem", lower(problem));
    params.put("model", "quantile mlp");
    params.put("frequency", lower(set.frequency()));
    params.put("origins", String.valueOf(origins));
    params.put("data_set", set.id().value());
    params.put("data_set_digest", set.digest());
    Run logged = tracking.log(t, run, List.of(), params, Map.of("steward.registered_model", model));
    tracking.input(
        t,
        new RunInput(
            run.id(),
            set.name(),
            set.digest().substring(0, 32),
            "steward",
            set.id().value(),
            Json.text(set.schema()),
            String.format(
                Locale.ROOT, "{\"series\": %d, \"values\": %d}", set.series(), set.values()),
            Map.of("mlflow.data.context", "training")));
    t.put(Tables.RUNS, logged.now(run.name(), Run.Status.SCHEDULED, null));
    Training training =
        t.put(
            Tables.TRAININGS,
            TrainingBuilder.builder()
                .run(run.id())
                .organization(run.organization())
                .dataSet(set.id())
                .problem(problem)
                .model(model)
                .settings(others)
                .origins(origins)
                .trial(parent != null)
                .stopping(false)
                .progress(
                    new Progress(0, 2 * settings.members() * settings.epochs(), null, 0, null))
                .checkpoint(null)
                .build());
    tell(t, training, "training.queued", set.name());
    return training;
  }

  public static Training find(State state, RunId run) {
    return state
        .find(Tables.TRAININGS, run.value())
        .orElseThrow(() -> Problem.notFound("training"));
  }

  /**
   * Refuses to touch a run of ours: its scores and files are what people decide by.
   *
   * @throws dev.steward.model.ProblemException CONFLICT if a training writes it
   */
  public static void requireForeign(State state, Run run) {
    if (state.find(Tables.TRAININGS, run.id().value()).isPresent())
      throw Problem.of(
          Problem.Type.CONFLICT, "only its own training writes this run and its files");
  }

  /** Asks a training to stop; it keeps what it learnt. */
  public Training stop(Transaction t, Run run) {
    Training training = find(t.state(), run.id());
    if (run.status().over()) throw Problem.of(Problem.Type.CONFLICT, "the training is over");
    return t.put(Tables.TRAININGS, training.stop());
  }

  /** Whether it should be worked on: it is neither over nor to be stopped. */
  public boolean begin(Transaction t, RunId id) {
    Optional<Run> run = t.find(Tables.RUNS, id.value());
    if (run.isEmpty() || run.get().status().over()) return false;
    if (find(t.state(), id).stopping()) {
      over(t, run.get(), Run.Status.KILLED, "stopped before it began");
      return false;
    }
    if (run.get().status() != Run.Status.RUNNING) {
      t.put(Tables.RUNS, run.get().now(run.get().name(), Run.Status.RUNNING, null));
      tell(t, find(t.state(), id), "training.started", run.get().name());
    }
    return true;
  }

  /**
   * An epoch is done: its state is a blob already. Returns the state that is not needed any more.
   */
  public Optional<String> epoch(Transaction t, RunId id, Progress progress, String checkpoint) {
    Training before = find(t.state(), id);
    t.put(Tables.TRAININGS, before.at(progress, checkpoint));
    Run run = t.find(Tables.RUNS, id.value()).orElseThrow();
    Double loss = progress.loss();
    long now = clock.instant().toEpochMilli();
    MetricPoint logged = run.metrics().get("loss");
    // An epoch that is told again has another time, and would be a second point.
    boolean again = logged != null && logged.step() >= progress.epoch();
    if (loss != null && !again && !run.deleted())
      tracking.log(
          t,
          run,
          List.of(new Logged("loss", new MetricPoint(loss, progress.epoch(), now))),
          Map.of(),
          Map.of());
    tell(
        t,
        before,
        "training.progress",
        String.format(Locale.ROOT, "epoch %d of %d", progress.epoch(), progress.epochs()));
    return Optional.ofNullable(before.checkpoint()).filter(old -> !old.equals(checkpoint));
  }

  /** Keeps a file of the run; its bytes are a blob already. */
  public void file(Transaction t, RunId id, String path, byte[] content, String sha256) {
    t.put(Tables.ARTIFACTS, new Artifact(id, path, content.length, sha256, clock.instant()));
  }

  /** What a training came to. */
  public record Finished(
      Run.Status status, @Nullable Integer version, @Nullable String better, String summary) {}

  /**
   * Registers what was learnt, and compares it with the baselines.
   *
   * @param judgement null if it was stopped before it was looked at
   */
  public Finished finish(
      Transaction t, RunId id, boolean stopped, @Nullable Judgement judgement, String engine) {
    Run run = t.find(Tables.RUNS, id.value()).orElseThrow();
    Training training = find(t.state(), id);
    if (stopped || judgement == null) {
      over(t, run, Run.Status.KILLED, "stopped; what it learnt is in " + MODEL_FILE);
      return new Finished(Run.Status.KILLED, null, null, "stopped");
    }
    Comparison comparison = judgement.comparison();
    Run logged = log(t, run, training, judgement, engine);
    Integer version = training.trial() ? null : register(t, run, training, comparison).version();
    over(t, logged, Run.Status.FINISHED, comparison.summary());
    if (version != null && judgement.worthAsking())
      tell(
          t,
          training,
          "model.proposed",
          String.format(
              Locale.ROOT,
              "%s version %d: %s; let it predict beside what is served",
              training.model(),
              version,
              comparison.summary()));
    return new Finished(Run.Status.FINISHED, version, comparison.better(), comparison.summary());
  }

  private ModelVersion register(Transaction t, Run run, Training training, Comparison comparison) {
    RegisteredModel model = Registry.model(t.own(run.organization()), training.model());
    return Registry.versions(t.own(run.organization()), training.model())
        .filter(v -> run.id().equals(v.run()))
        .findFirst()
        .orElseGet(() ->
            registry.version(
                t,
                model,
                "mlflow-artifacts:/" + run.id() + "/" + MODEL_FILE,
                run.id(),
                comparison.summary(),
                Map.of("steward.better", comparison.better()),
                run.user()));
  }

  private Run log(Transaction t, Run run, Training training, Judgement judgement, String engine) {
    List<Logged> metrics = new ArrayList<>();
    long now = clock.instant().toEpochMilli();
    int step = training.progress().epoch();
    judgement
        .metrics()
        .forEach((name, value) -> metrics.add(new Logged(name, new MetricPoint(value, step, now))));
    metrics.add(
        new Logged("train_seconds", new MetricPoint(training.progress().seconds(), step, now)));
    Map<String, String> tags = new TreeMap<>(judgement.tags());
    tags.put("steward.engine", engine);
    return tracking.log(t, run, metrics, Map.of(), tags);
  }

  /** The training cannot go on. */
  public void failed(Transaction t, RunId id, String why) {
    t.find(Tables.RUNS, id.value())
        .filter(run -> !run.status().over())
        .ifPresent(run -> over(t, run, Run.Status.FAILED, why));
  }

  private void over(Transaction t, Run run, Run.Status status, String why) {
    Instant now = clock.instant();
    Map<String, String> tags = new TreeMap<>(run.tags());
    tags.put("steward.outcome", why.length() > 500 ? why.substring(0, 500) : why);
    t.put(Tables.RUNS, RunBuilder.builder(run).tags(tags).build().now(run.name(), status, now));
    tell(t, find(t.state(), run.id()), "training." + lower(status), why);
  }

  private void tell(Transaction t, Training training, String type, String text) {
    Events.append(t, training.organization(), type, training.run().value(), text, clock.instant());
  }
}
