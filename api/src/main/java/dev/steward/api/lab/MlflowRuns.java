package dev.steward.api.lab;

import static dev.steward.api.lab.Mlflow.asks;
import static dev.steward.api.lab.Mlflow.changes;
import static dev.steward.api.lab.Mlflow.sets;

import dev.steward.api.Invocation;
import dev.steward.api.Operation;
import dev.steward.api.OperationRow;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.lab.Mlflow.Entry;
import dev.steward.api.lab.MlflowAnswers.MlflowDone;
import dev.steward.api.lab.MlflowAnswers.MlflowMetric;
import dev.steward.api.lab.MlflowAnswers.MlflowMetricPage;
import dev.steward.api.lab.MlflowAnswers.MlflowRun;
import dev.steward.api.lab.MlflowAnswers.MlflowRunChanged;
import dev.steward.api.lab.MlflowAnswers.MlflowRunFound;
import dev.steward.api.lab.MlflowAnswers.MlflowRunHead;
import dev.steward.api.lab.MlflowAnswers.MlflowRunPage;
import dev.steward.domain.lab.Filter;
import dev.steward.domain.lab.Order;
import dev.steward.domain.lab.Tracking;
import dev.steward.domain.lab.Tracking.Logged;
import dev.steward.domain.lab.Trainings;
import dev.steward.model.Experiment;
import dev.steward.model.MetricPoint;
import dev.steward.model.Run;
import dev.steward.model.RunId;
import dev.steward.model.RunInput;
import dev.steward.storage.Own;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs as MLflow's client asks for them. */
public final class MlflowRuns {
  private final Store store;
  private final Tracking tracking;
  private final MlflowExperiments experiments;

  public MlflowRuns(Store store, Tracking tracking, MlflowExperiments experiments) {
    this.store = store;
    this.tracking = tracking;
    this.experiments = experiments;
  }

  record NewRun(
      @Nullable String experimentId,
      @Nullable String userId,
      @Rule(max = Mlflow.NAME) @Nullable String runName,
      @Nullable Long startTime,
      @Rule(max = Mlflow.MANY) @Nullable List<Entry> tags) {}

  record RunRef(@Rule(max = Mlflow.NAME, aliases = "run_uuid") String runId) {}

  record RunUpdate(
      @Rule(max = Mlflow.NAME, aliases = "run_uuid") String runId,
      @Nullable String status,
      @Nullable Long endTime,
      @Rule(max = Mlflow.NAME) @Nullable String runName) {}

  record Metric(
      @Rule(max = Mlflow.NAME) String key,
      Object value,
      @Nullable Long timestamp,
      @Nullable Long step) {}

  record OneMetric(
      @Rule(aliases = "run_uuid") String runId,
      @Rule(max = Mlflow.NAME) String key,
      Object value,
      @Nullable Long timestamp,
      @Nullable Long step) {}

  record OneEntry(
      @Rule(aliases = "run_uuid") String runId,
      @Rule(max = Mlflow.NAME) String key,
      @Rule(max = Mlflow.TEXT) @Nullable String value) {}

  record Batch(
      @Rule(aliases = "run_uuid") String runId,
      @Rule(max = Mlflow.MANY) @Nullable List<Metric> metrics,
      @Rule(max = Mlflow.MANY) @Nullable List<Entry> params,
      @Rule(max = Mlflow.MANY) @Nullable List<Entry> tags) {}

  record Dataset(
      @Rule(max = Mlflow.NAME) String name,
      @Rule(max = Mlflow.NAME) String digest,
      @Nullable String sourceType,
      @Rule(max = Mlflow.TEXT) @Nullable String source,
      @Rule(max = 200_000) @Nullable String schema,
      @Rule(max = 200_000) @Nullable String profile) {}

  record DatasetInput(@Nullable List<Entry> tags, Dataset dataset) {}

  record Inputs(
      @Rule(aliases = "run_uuid") String runId,
      @Rule(max = Mlflow.MANY) @Nullable List<DatasetInput> datasets) {}

  record History(
      @Rule(aliases = "run_uuid") String runId,
      @Rule(max = Mlflow.NAME) String metricKey,
      @Nullable Long maxResults,
      @Rule(max = Mlflow.NAME) @Nullable String pageToken) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        changes("POST", "runs/create", "start a run", NewRun.class, MlflowRunFound.class)
            .once(
                call ->
                    experiments.find(
                        call,
                        call.body().experimentId() == null ? "0" : call.body().experimentId()),
                this::start),
        asks("runs/get", "a run", RunRef.class, MlflowRunFound.class).answers(this::run),
        changes("POST", "runs/update", "name or end a run", RunUpdate.class, MlflowRunChanged.class)
            .once(this::update),
        does("runs/delete", "hide a run", RunRef.class).once((call, t) -> deleteRun(call, t, true)),
        does("runs/restore", "show a run again", RunRef.class)
            .once((call, t) -> deleteRun(call, t, false)),
        sets("runs/search", "search runs", MlflowExperiments.Search.class, MlflowRunPage.class)
            .answers(this::searchRuns),
        does("runs/log-metric", "log a value of a metric", OneMetric.class).once(this::logMetric),
        does("runs/log-parameter", "write a parameter", OneEntry.class).once(this::logParam),
        does("runs/set-tag", "tag a run", OneEntry.class).once(this::setTag),
        does("runs/delete-tag", "take a tag off a run", OneEntry.class).once(this::deleteTag),
        does("runs/log-batch", "log metrics, parameters and tags", Batch.class)
            .once(this::logBatch),
        does("runs/log-inputs", "say what went into a run", Inputs.class).once(this::logInputs),
        asks(
                "metrics/get-history",
                "every value of a metric",
                History.class,
                MlflowMetricPage.class)
            .answers(this::history));
  }

  private static <B> OperationRow<B, MlflowDone> does(String path, String summary, Class<B> body) {
    return changes("POST", path, summary, body, MlflowDone.class);
  }

  private MlflowRunFound start(Invocation<NewRun> call, Transaction t, Experiment experiment) {
    NewRun body = call.body();
    Map<String, String> tags = new TreeMap<>(Mlflow.entries(body.tags()));
    String name = body.runName() != null ? body.runName() : tags.getOrDefault("mlflow.runName", "");
    String parent = tags.remove("mlflow.parentRunId");
    Run run =
        tracking.start(
            t,
            MlflowExperiments.again(t, experiment),
            parent == null ? null : call.own(t).get(Tables.RUNS, parent).id(),
            name,
            call.principal().username(),
            tags,
            body.startTime() == null ? null : Instant.ofEpochMilli(body.startTime()));
    return one(t.state(), run);
  }

  private static MlflowRunFound one(State state, Run run) {
    return new MlflowRunFound(view(state, run));
  }

  private static MlflowRun view(State state, Run run) {
    return MlflowRun.of(run, Tracking.inputs(state, run.id()).limit(Mlflow.MANY).toList());
  }

  private MlflowRunFound run(Invocation<RunRef> request) {
    return one(store.state(), request.own().get(Tables.RUNS, request.body().runId()));
  }

  /** A run that is about to be changed, and is not one of our trainings. */
  private static Run foreign(Request request, Transaction t, String id) {
    Run run = request.own(t).get(Tables.RUNS, id);
    Trainings.requireForeign(t.state(), run);
    return run;
  }

  private MlflowRunChanged update(Invocation<RunUpdate> request, Transaction t) {
    RunUpdate body = request.body();
    Run run =
        tracking.update(
            t,
            foreign(request, t, body.runId()),
            body.runName(),
            status(body.status()),
            body.endTime() == null ? null : Instant.ofEpochMilli(body.endTime()));
    return new MlflowRunChanged(MlflowRunHead.of(run));
  }

  private static Run.@Nullable Status status(@Nullable String name) {
    if (name == null || name.isEmpty()) return null;
    try {
      return Run.Status.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw Mlflow.invalid(
          "status", "must be one of " + java.util.Arrays.toString(Run.Status.values()));
    }
  }

  private MlflowDone deleteRun(
      Invocation<RunRef> request, Transaction transaction, boolean deleted) {
    String id = request.body().runId();
    tracking.delete(transaction, request.own(transaction).get(Tables.RUNS, id), deleted);
    return MlflowAnswers.DONE;
  }

  private MlflowRunPage searchRuns(Invocation<MlflowExperiments.Search> request) {
    MlflowExperiments.Search search = request.body();
    Filter filter = Filter.parse(search.filter());
    Own own = request.own();
    Comparator<Run> newest =
        Comparator.comparing(Run::startedAt).reversed().thenComparing(r -> r.id().value());
    Comparator<Run> order = Order.by(Mlflow.orEmpty(search.orderBy()), Tracking::subject, newest);
    List<Run> found =
        Mlflow.orEmpty(search.experimentIds()).stream()
            .distinct()
            .flatMap(id -> theirs(request, own, id))
            .filter(r -> MlflowExperiments.shown(search.runViewType(), r.deleted()))
            .filter(r -> filter.matches(Tracking.subject(r)))
            .sorted(order)
            .toList();
    return Mlflow.page(
        found,
        search.maxResults(),
        1_000,
        search.pageToken(),
        r -> r.id().value(),
        r -> view(own.state(), r),
        MlflowRunPage::new);
  }

  private Stream<Run> theirs(Request request, Own own, String experiment) {
    return Tracking.runs(own, experiments.find(request, experiment));
  }

  private MlflowDone logMetric(Invocation<OneMetric> request, Transaction t) {
    OneMetric body = request.body();
    Logged logged = logged(new Metric(body.key(), body.value(), body.timestamp(), body.step()));
    Run run = foreign(request, t, body.runId());
    tracking.log(t, run, List.of(logged), Map.of(), Map.of());
    return MlflowAnswers.DONE;
  }

  private static Logged logged(Metric metric) {
    return new Logged(
        metric.key(),
        new MetricPoint(
            number(metric.value()),
            metric.step() == null ? 0 : metric.step(),
            metric.timestamp() == null ? 0 : metric.timestamp()));
  }

  private static double number(Object value) {
    if (value instanceof Double number) return number;
    return switch (value.toString()) {
      case "NaN" -> Double.NaN;
      case "Infinity", "inf" -> Double.POSITIVE_INFINITY;
      case "-Infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> throw Mlflow.invalid("value", "must be a number");
    };
  }

  private MlflowDone logParam(Invocation<OneEntry> request, Transaction t) {
    OneEntry body = request.body();
    Map<String, String> params = Map.of(body.key(), Mlflow.text(body.value()));
    tracking.log(t, foreign(request, t, body.runId()), List.of(), params, Map.of());
    return MlflowAnswers.DONE;
  }

  private MlflowDone setTag(Invocation<OneEntry> request, Transaction t) {
    OneEntry body = request.body();
    Map<String, String> tags = Map.of(body.key(), Mlflow.text(body.value()));
    named(t, tracking.log(t, foreign(request, t, body.runId()), List.of(), Map.of(), tags));
    return MlflowAnswers.DONE;
  }

  /** The client names a run by a tag. */
  private void named(Transaction t, Run run) {
    String name = run.tags().get("mlflow.runName");
    if (name != null && !name.equals(run.name())) tracking.update(t, run, name, null, null);
  }

  private MlflowDone deleteTag(Invocation<OneEntry> request, Transaction t) {
    OneEntry body = request.body();
    tracking.untag(t, foreign(request, t, body.runId()), body.key());
    return MlflowAnswers.DONE;
  }

  private MlflowDone logBatch(Invocation<Batch> request, Transaction t) {
    Batch body = request.body();
    List<Logged> metrics =
        body.metrics() == null
            ? List.of()
            : body.metrics().stream().map(MlflowRuns::logged).toList();
    Map<String, String> params = map(body.params(), "params");
    Map<String, String> tags = map(body.tags(), "tags");
    named(t, tracking.log(t, foreign(request, t, body.runId()), metrics, params, tags));
    return MlflowAnswers.DONE;
  }

  private static Map<String, String> map(@Nullable List<Entry> entries, String field) {
    Map<String, String> map = new LinkedHashMap<>();
    if (entries == null) return map;
    for (Entry entry : entries) {
      String value = Mlflow.text(entry.value());
      String before = map.put(entry.key(), value);
      if (before != null && !before.equals(value))
        throw Mlflow.invalid(field + "." + entry.key(), "is there twice, with two values");
    }
    return map;
  }

  private MlflowDone logInputs(Invocation<Inputs> request, Transaction t) {
    Inputs body = request.body();
    Run run = foreign(request, t, body.runId());
    if (body.datasets() != null)
      for (DatasetInput input : body.datasets()) tracking.input(t, input(run.id(), input));
    return MlflowAnswers.DONE;
  }

  private static RunInput input(RunId run, DatasetInput input) {
    Dataset d = input.dataset();
    return new RunInput(
        run,
        d.name(),
        d.digest(),
        Mlflow.text(d.sourceType()),
        Mlflow.text(d.source()),
        Mlflow.text(d.schema()),
        Mlflow.text(d.profile()),
        Mlflow.entries(input.tags()));
  }

  private MlflowMetricPage history(Invocation<History> request) {
    History query = request.body();
    Run run = request.own().get(Tables.RUNS, query.runId());
    List<MetricPoint> points =
        Tracking.history(store.state(), run.id(), query.metricKey()).toList();
    List<Integer> numbers = IntStream.range(0, points.size()).boxed().toList();
    return Mlflow.page(
        numbers,
        query.maxResults(),
        25_000,
        query.pageToken(),
        String::valueOf,
        i -> MlflowMetric.of(query.metricKey(), points.get(i)),
        MlflowMetricPage::new);
  }
}
