package dev.steward.api.lab;

import static dev.steward.api.lab.Mlflow.asks;
import static dev.steward.api.lab.Mlflow.changes;
import static dev.steward.api.lab.Mlflow.sets;

import dev.steward.api.Invocation;
import dev.steward.api.Operation;
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

  public List<Operation<?, ?>> operations() {
    return List.of(
        changes("POST", "runs/create", "start a run", NewRun.class)
            .once(
                call ->
                    experiments.find(
                        call,
                        call.body().experimentId() == null ? "0" : call.body().experimentId()),
                this::start),
        asks("runs/get", "a run", RunRef.class).answers(this::run),
        changes("POST", "runs/update", "name or end a run", RunUpdate.class).once(this::update),
        changes("POST", "runs/delete", "hide a run", RunRef.class)
            .once((call, t) -> deleteRun(call, t, true)),
        changes("POST", "runs/restore", "show a run again", RunRef.class)
            .once((call, t) -> deleteRun(call, t, false)),
        sets("POST", "runs/search", "search runs", MlflowExperiments.Search.class)
            .answers(this::searchRuns),
        changes("POST", "runs/log-metric", "log a value of a metric", OneMetric.class)
            .once(this::logMetric),
        changes("POST", "runs/log-parameter", "write a parameter", OneEntry.class)
            .once(this::logParam),
        changes("POST", "runs/set-tag", "tag a run", OneEntry.class).once(this::setTag),
        changes("POST", "runs/delete-tag", "take a tag off a run", OneEntry.class)
            .once(this::deleteTag),
        changes("POST", "runs/log-batch", "log metrics, parameters and tags", Batch.class)
            .once(this::logBatch),
        changes("POST", "runs/log-inputs", "say what went into a run", Inputs.class)
            .once(this::logInputs),
        asks("metrics/get-history", "every value of a metric", History.class)
            .answers(this::history));
  }

  private Map<String, Object> start(Invocation<NewRun> call, Transaction t, Experiment experiment) {
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

  private static Map<String, Object> one(State state, Run run) {
    return Mlflow.answer(Map.of("run", view(state, run)));
  }

  private static Map<String, Object> view(State state, Run run) {
    return Mlflow.view(run, Tracking.inputs(state, run.id()).limit(Mlflow.MANY).toList());
  }

  private Map<String, Object> run(Invocation<RunRef> request) {
    return one(store.state(), request.own().get(Tables.RUNS, request.body().runId()));
  }

  /** Changes a run that is not ours. */
  private static Run change(Request request, Transaction t, String id, Change change) {
    Run run = request.own(t).get(Tables.RUNS, id);
    Trainings.requireForeign(t.state(), run);
    return change.of(t, run);
  }

  private interface Change {
    Run of(Transaction t, Run run);
  }

  private Map<String, Object> update(Invocation<RunUpdate> request, Transaction transaction) {
    RunUpdate body = request.body();
    Run run =
        change(
            request,
            transaction,
            body.runId(),
            (t, found) ->
                tracking.update(
                    t,
                    found,
                    body.runName(),
                    status(body.status()),
                    body.endTime() == null ? null : Instant.ofEpochMilli(body.endTime())));
    return Mlflow.answer(Map.of("run_info", Mlflow.info(run)));
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

  private Map<String, Object> deleteRun(
      Invocation<RunRef> request, Transaction transaction, boolean deleted) {
    String id = request.body().runId();
    tracking.delete(transaction, request.own(transaction).get(Tables.RUNS, id), deleted);
    return Mlflow.done();
  }

  private Map<String, Object> searchRuns(Invocation<MlflowExperiments.Search> request) {
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
    return Mlflow.answer(
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

  private Map<String, Object> logMetric(Invocation<OneMetric> request, Transaction transaction) {
    OneMetric body = request.body();
    Logged logged = logged(new Metric(body.key(), body.value(), body.timestamp(), body.step()));
    change(
        request,
        transaction,
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

  private Map<String, Object> logParam(Invocation<OneEntry> request, Transaction transaction) {
    OneEntry body = request.body();
    Map<String, String> params = Map.of(body.key(), body.value() == null ? "" : body.value());
    change(
        request,
        transaction,
        body.runId(),
        (t, run) -> tracking.log(t, run, List.of(), params, Map.of()));
    return Mlflow.done();
  }

  private Map<String, Object> setTag(Invocation<OneEntry> request, Transaction transaction) {
    OneEntry body = request.body();
    String value = body.value() == null ? "" : body.value();
    change(
        request,
        transaction,
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

  private Map<String, Object> deleteTag(Invocation<OneEntry> request, Transaction transaction) {
    OneEntry body = request.body();
    change(request, transaction, body.runId(), (t, run) -> tracking.untag(t, run, body.key()));
    return Mlflow.done();
  }

  private Map<String, Object> logBatch(Invocation<Batch> request, Transaction transaction) {
    Batch body = request.body();
    List<Logged> metrics =
        body.metrics() == null
            ? List.of()
            : body.metrics().stream().map(MlflowRuns::logged).toList();
    Map<String, String> params = map(body.params(), "params");
    Map<String, String> tags = map(body.tags(), "tags");
    change(
        request,
        transaction,
        body.runId(),
        (t, run) -> named(t, tracking.log(t, run, metrics, params, tags)));
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

  private Map<String, Object> logInputs(Invocation<Inputs> request, Transaction transaction) {
    Inputs body = request.body();
    List<DatasetInput> datasets = body.datasets() == null ? List.of() : body.datasets();
    change(
        request,
        transaction,
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

  private Map<String, Object> history(Invocation<History> request) {
    History query = request.body();
    Run run = request.own().get(Tables.RUNS, query.runId());
    List<MetricPoint> points =
        Tracking.history(store.state(), run.id(), query.metricKey()).toList();
    List<Integer> numbers = IntStream.range(0, points.size()).boxed().toList();
    return Mlflow.answer(
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
