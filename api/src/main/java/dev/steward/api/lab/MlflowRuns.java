package dev.steward.api.lab;

import static dev.steward.api.lab.Mlflow.operation;

import dev.steward.api.Operation;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.lab.Mlflow.Entry;
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

  public List<Operation> operations() {
    return List.of(
        operation("POST", "runs/create", "start a run", NewRun.class, this::start),
        operation("GET", "runs/get", "a run", null, this::run),
        operation("POST", "runs/update", "name or end a run", RunUpdate.class, this::update),
        operation("POST", "runs/delete", "hide a run", RunRef.class, r -> deleteRun(r, true)),
        operation(
            "POST", "runs/restore", "show a run again", RunRef.class, r -> deleteRun(r, false)),
        operation(
            "POST", "runs/search", "search runs", MlflowExperiments.Search.class, this::searchRuns),
        operation(
            "POST", "runs/log-metric", "log a value of a metric", OneMetric.class, this::logMetric),
        operation(
            "POST", "runs/log-parameter", "write a parameter", OneEntry.class, this::logParam),
        operation("POST", "runs/set-tag", "tag a run", OneEntry.class, this::setTag),
        operation(
            "POST", "runs/delete-tag", "take a tag off a run", OneEntry.class, this::deleteTag),
        operation(
            "POST",
            "runs/log-batch",
            "log metrics, parameters and tags",
            Batch.class,
            this::logBatch),
        operation(
            "POST", "runs/log-inputs", "say what went into a run", Inputs.class, this::logInputs),
        operation("GET", "metrics/get-history", "every value of a metric", null, this::history));
  }

  private Reply start(Request request) {
    NewRun body = request.body(NewRun.class);
    Map<String, String> tags = new TreeMap<>(Mlflow.entries(body.tags()));
    String name = body.runName() != null ? body.runName() : tags.getOrDefault("mlflow.runName", "");
    String parent = tags.remove("mlflow.parentRunId");
    Experiment experiment =
        experiments.find(request, body.experimentId() == null ? "0" : body.experimentId());
    Run run =
        store.write(t ->
            tracking.start(
                t,
                MlflowExperiments.again(t, experiment),
                parent == null ? null : request.own(t).get(Tables.RUNS, parent).id(),
                name,
                request.principal().username(),
                tags,
                body.startTime() == null ? null : Instant.ofEpochMilli(body.startTime())));
    return one(run);
  }

  private Reply one(Run run) {
    return Reply.ok(Map.of("run", view(store.state(), run)));
  }

  private static Map<String, Object> view(State state, Run run) {
    return Mlflow.view(run, Tracking.inputs(state, run.id()).limit(Mlflow.MANY).toList());
  }

  private Reply run(Request request) {
    return one(request.own().get(Tables.RUNS, request.query(RunRef.class).runId()));
  }

  /** Changes a run that is looked up anew within the transaction, and that is not ours. */
  private Run change(Request request, String id, Change change) {
    return store.write(t -> {
      Run run = request.own(t).get(Tables.RUNS, id);
      Trainings.requireForeign(t.state(), run);
      return change.of(t, run);
    });
  }

  private interface Change {
    Run of(Transaction t, Run run);
  }

  private Reply update(Request request) {
    RunUpdate body = request.body(RunUpdate.class);
    Run run =
        change(
            request,
            body.runId(),
            (t, found) ->
                tracking.update(
                    t,
                    found,
                    body.runName(),
                    status(body.status()),
                    body.endTime() == null ? null : Instant.ofEpochMilli(body.endTime())));
    return Reply.ok(Map.of("run_info", Mlflow.info(run)));
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

  private Reply deleteRun(Request request, boolean deleted) {
    String id = request.body(RunRef.class).runId();
    store.write(t -> tracking.delete(t, request.own(t).get(Tables.RUNS, id), deleted));
    return Mlflow.done();
  }

  private Reply searchRuns(Request request) {
    MlflowExperiments.Search search = request.body(MlflowExperiments.Search.class);
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
    return Reply.ok(
        Mlflow.page(
            "runs",
            found,
            search.maxResults(),
            1_000,
            search.pageToken(),
            r -> r.id().value(),
            r -> view(own.state(), r)));
  }

  private Stream<Run> theirs(Request request, Own own, String experiment) {
    return Tracking.runs(own, experiments.find(request, experiment));
  }

  private Reply logMetric(Request request) {
    OneMetric body = request.body(OneMetric.class);
    Logged logged = logged(new Metric(body.key(), body.value(), body.timestamp(), body.step()));
    change(
        request,
        body.runId(),
        (t, run) -> tracking.log(t, run, List.of(logged), Map.of(), Map.of()));
    return Mlflow.done();
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

  private Reply logParam(Request request) {
    OneEntry body = request.body(OneEntry.class);
    Map<String, String> params = Map.of(body.key(), body.value() == null ? "" : body.value());
    change(request, body.runId(), (t, run) -> tracking.log(t, run, List.of(), params, Map.of()));
    return Mlflow.done();
  }

  private Reply setTag(Request request) {
    OneEntry body = request.body(OneEntry.class);
    String value = body.value() == null ? "" : body.value();
    change(
        request,
        body.runId(),
        (t, run) -> named(t, tracking.log(t, run, List.of(), Map.of(), Map.of(body.key(), value))));
    return Mlflow.done();
  }

  /** The client names a run by a tag. */
  private Run named(Transaction t, Run run) {
    String name = run.tags().get("mlflow.runName");
    return name == null || name.equals(run.name())
        ? run
        : tracking.update(t, run, name, null, null);
  }

  private Reply deleteTag(Request request) {
    OneEntry body = request.body(OneEntry.class);
    change(request, body.runId(), (t, run) -> tracking.untag(t, run, body.key()));
    return Mlflow.done();
  }

  private Reply logBatch(Request request) {
    Batch body = request.body(Batch.class);
    List<Logged> metrics =
        body.metrics() == null
            ? List.of()
            : body.metrics().stream().map(MlflowRuns::logged).toList();
    Map<String, String> params = map(body.params(), "params");
    Map<String, String> tags = map(body.tags(), "tags");
    change(
        request, body.runId(), (t, run) -> named(t, tracking.log(t, run, metrics, params, tags)));
    return Mlflow.done();
  }

  private static Map<String, String> map(@Nullable List<Entry> entries, String field) {
    Map<String, String> map = new LinkedHashMap<>();
    if (entries == null) return map;
    for (Entry entry : entries) {
      String value = entry.value() == null ? "" : entry.value();
      String before = map.put(entry.key(), value);
      if (before != null && !before.equals(value))
        throw Mlflow.invalid(field + "." + entry.key(), "is there twice, with two values");
    }
    return map;
  }

  private Reply logInputs(Request request) {
    Inputs body = request.body(Inputs.class);
    List<DatasetInput> datasets = body.datasets() == null ? List.of() : body.datasets();
    change(
        request,
        body.runId(),
        (t, run) -> {
          for (DatasetInput input : datasets) tracking.input(t, input(run.id(), input));
          return run;
        });
    return Mlflow.done();
  }

  private static RunInput input(RunId run, DatasetInput input) {
    Dataset d = input.dataset();
    return new RunInput(
        run,
        d.name(),
        d.digest(),
        text(d.sourceType()),
        text(d.source()),
        text(d.schema()),
        text(d.profile()),
        Mlflow.entries(input.tags()));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private Reply history(Request request) {
    History query = request.query(History.class);
    Run run = request.own().get(Tables.RUNS, query.runId());
    List<MetricPoint> points =
        Tracking.history(store.state(), run.id(), query.metricKey()).toList();
    List<Integer> numbers = IntStream.range(0, points.size()).boxed().toList();
    return Reply.ok(
        Mlflow.page(
            "metrics",
            numbers,
            query.maxResults(),
            25_000,
            query.pageToken(),
            String::valueOf,
            i -> Mlflow.view(query.metricKey(), points.get(i))));
  }
}
