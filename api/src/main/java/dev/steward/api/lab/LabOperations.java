package dev.steward.api.lab;

import static dev.steward.api.Operation.client;

import dev.steward.api.Operation;
import dev.steward.api.Operation.Shape;
import dev.steward.api.PageOf;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.lab.LabViews.ArtifactView;
import dev.steward.api.lab.LabViews.ExperimentView;
import dev.steward.api.lab.LabViews.InputView;
import dev.steward.api.lab.LabViews.PointView;
import dev.steward.api.lab.LabViews.RunDetail;
import dev.steward.api.lab.LabViews.RunView;
import dev.steward.domain.lab.Filter;
import dev.steward.domain.lab.Order;
import dev.steward.domain.lab.Searches;
import dev.steward.domain.lab.Searches.Range;
import dev.steward.domain.lab.Tracking;
import dev.steward.domain.lab.Trainings;
import dev.steward.domain.lab.Trainings.Wanted;
import dev.steward.model.Experiment;
import dev.steward.model.LabProblem;
import dev.steward.model.Problem;
import dev.steward.model.Run;
import dev.steward.model.Search;
import dev.steward.model.Violation;
import dev.steward.storage.Own;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Trainings, experiments and runs in our own words. */
public final class LabOperations {
  private final Store store;
  private final Tracking tracking;
  private final Trainings trainings;
  private final Searches searches;

  public LabOperations(Store store, Tracking tracking, Trainings trainings, Searches searches) {
    this.store = store;
    this.tracking = tracking;
    this.trainings = trainings;
    this.searches = searches;
  }

  /**
   * @param problem what to learn; forecast if it is left out
   * @param model the registered model whose next version it becomes; one by problem and frequency
   *     if it is left out
   * @param settings what differs from the usual, by name
   * @param origins how many horizons are held back, 1 to 10; 2 if it is left out, and 1 for
   *     rightsizing
   */
  public record TrainingBody(
      @Nullable LabProblem problem,
      @Rule(min = 1) String dataSet,
      @Rule(min = 1, max = 250) @Nullable String experiment,
      @Rule(min = 1, max = 250) @Nullable String model,
      @Nullable Map<String, Double> settings,
      @Nullable Integer origins) {}

  /**
   * @param log looked for by order of magnitude
   */
  public record RangeBody(Double min, Double max, @Nullable Boolean log) {}

  /**
   * @param space which settings are looked for, and where
   * @param settings what all trials share
   * @param trials how many candidates, 1 to 100
   * @param budgetMinutes of training, all trials together; 60 if it is left out
   * @param budgetUsd the same in dollars at {@code usdPerHour}; no bound if either is left out
   */
  public record SearchBody(
      @Nullable LabProblem problem,
      @Rule(min = 1) String dataSet,
      @Rule(min = 1, max = 250) @Nullable String experiment,
      @Rule(min = 1, max = 250) @Nullable String model,
      Map<String, RangeBody> space,
      @Nullable Map<String, Double> settings,
      Search.@Nullable Method method,
      Integer trials,
      @Nullable Integer origins,
      @Nullable Double budgetMinutes,
      @Nullable Double budgetUsd,
      @Nullable Double usdPerHour,
      @Nullable Integer seed) {}

  public List<Operation> operations() {
    return List.of(
        client("POST", "/lab/trainings", "lab", "Train a model on a data set")
            .takes(TrainingBody.class)
            .gives(RunView.class)
            .answers(202, 404, 422)
            .handle(this::train),
        client(
                "POST",
                "/lab/searches",
                "lab",
                "Search for settings: trainings as child runs, within a budget")
            .takes(SearchBody.class)
            .gives(RunView.class)
            .answers(202, 404, 422)
            .handle(this::search),
        client("GET", "/lab/experiments", "lab", "The experiments, the newest first")
            .gives(Shape.PAGE, ExperimentView.class)
            .query("limit", "after", "deleted")
            .handle(this::experiments),
        client("GET", "/lab/experiments/{id}", "lab", "An experiment")
            .gives(ExperimentView.class)
            .answers(200, 404)
            .handle(r -> Reply.ok(ExperimentView.of(r.own(), experiment(r)))),
        client("DELETE", "/lab/experiments/{id}", "lab", "Hide an experiment with its runs")
            .gives(ExperimentView.class)
            .answers(200, 404)
            .handle(r -> hide(r, true)),
        client("POST", "/lab/experiments/{id}/restore", "lab", "Show an experiment again")
            .gives(ExperimentView.class)
            .answers(200, 404)
            .handle(r -> hide(r, false)),
        client(
                "GET",
                "/lab/experiments/{id}/runs",
                "lab",
                "Runs: filter=metrics.mase < 1 and params.model = 'x', order_by=metrics.mase ASC")
            .gives(Shape.PAGE, RunView.class)
            .query("limit", "after", "filter", "order_by", "deleted")
            .answers(200, 404, 422)
            .handle(this::runs),
        client(
                "GET",
                "/lab/runs/{id}",
                "lab",
                "A run: parameters, metrics, inputs, files, progress")
            .gives(RunDetail.class)
            .answers(200, 404)
            .handle(this::run),
        client("GET", "/lab/runs/{id}/metrics", "lab", "Every value of a metric")
            .gives(Shape.PAGE, PointView.class)
            .query("key", "limit", "after")
            .answers(200, 404, 422)
            .handle(this::metrics),
        client(
                "POST",
                "/lab/runs/{id}/cancel",
                "lab",
                "Stop a training or a search; it keeps what was learnt")
            .gives(RunView.class)
            .answers(202, 404, 409)
            .handle(this::cancel),
        client("DELETE", "/lab/runs/{id}", "lab", "Hide a run")
            .gives(RunView.class)
            .answers(200, 404)
            .handle(r -> hideRun(r, true)),
        client("POST", "/lab/runs/{id}/restore", "lab", "Show a run again")
            .gives(RunView.class)
            .answers(200, 404)
            .handle(r -> hideRun(r, false)));
  }

  private Reply train(Request request) {
    TrainingBody body = request.body(TrainingBody.class);
    LabProblem problem = problem(body.problem());
    int origins = origins(problem, body.origins());
    Wanted wanted =
        new Wanted(
            problem,
            body.dataSet(),
            body.experiment(),
            body.model(),
            body.settings() == null ? Map.of() : body.settings(),
            origins);
    return request.once(t -> {
      Run run =
          trainings.request(t, request.organization(), wanted, request.principal().username());
      return Reply.accepted(RunView.of(request.own(t), run), "/lab/runs/" + run.id());
    });
  }

  private static LabProblem problem(@Nullable LabProblem asked) {
    return asked == null ? LabProblem.FORECAST : asked;
  }

  private static int origins(LabProblem problem, @Nullable Integer asked) {
    int origins = asked != null ? asked : problem == LabProblem.FORECAST ? 2 : 1;
    if (origins < 1 || origins > 10)
      throw Problem.invalid(List.of(new Violation("origins", "must be from 1 to 10")));
    return origins;
  }

  private Reply search(Request request) {
    SearchBody body = request.body(SearchBody.class);
    LabProblem problem = problem(body.problem());
    int origins = origins(problem, body.origins());
    Map<String, Range> space = new TreeMap<>();
    body.space()
        .forEach((name, range) ->
            space.put(name, new Range(range.min(), range.max(), Boolean.TRUE.equals(range.log()))));
    Searches.Wanted wanted =
        new Searches.Wanted(
            problem,
            body.dataSet(),
            body.experiment(),
            body.model(),
            space,
            body.settings() == null ? Map.of() : body.settings(),
            body.method() == null ? Search.Method.SUCCESSIVE_HALVING : body.method(),
            body.trials(),
            origins,
            body.budgetMinutes() == null ? 60 : body.budgetMinutes(),
            body.budgetUsd() == null ? Double.MAX_VALUE : body.budgetUsd(),
            body.usdPerHour() == null ? 0 : body.usdPerHour(),
            body.seed() == null ? 1 : body.seed());
    return request.once(t -> {
      Run run = searches.request(t, request.organization(), wanted, request.principal().username());
      return Reply.accepted(RunView.of(request.own(t), run), "/lab/runs/" + run.id());
    });
  }

  private Reply experiments(Request request) {
    boolean deleted = request.query("deleted").filter("true"::equals).isPresent();
    Own own = request.own();
    return Reply.ok(
        PageOf.sort(
                request,
                own.all(Tables.EXPERIMENTS).filter(e -> e.deleted() == deleted),
                e -> PageOf.newest(e.createdAt(), e.id()))
            .map(e -> ExperimentView.of(own, e)));
  }

  private Experiment experiment(Request request) {
    return request.own().get(Tables.EXPERIMENTS, request.path("id"));
  }

  private Reply hide(Request request, boolean hidden) {
    Experiment experiment = experiment(request);
    return Reply.ok(
        store.write(t -> {
          Experiment done =
              tracking.delete(
                  t,
                  t.own(experiment.organization()).get(Tables.EXPERIMENTS, experiment.id().value()),
                  hidden);
          return ExperimentView.of(request.own(t), done);
        }));
  }

  private Reply runs(Request request) {
    Own own = request.own();
    Experiment experiment = experiment(request);
    Filter filter = Filter.parse(request.query("filter").orElse(""));
    boolean deleted = request.query("deleted").filter("true"::equals).isPresent();
    Comparator<Run> newest =
        Comparator.comparing(Run::startedAt).reversed().thenComparing(r -> r.id().value());
    List<Run> sorted =
        Tracking.runs(own, experiment)
            .filter(r -> r.deleted() == deleted)
            .filter(r -> filter.matches(Tracking.subject(r)))
            .sorted(
                Order.by(request.query("order_by").stream().toList(), Tracking::subject, newest))
            .toList();
    // A position by rank: the order may be by anything, also by what is the same for many.
    return Reply.ok(
        PageOf.cut(request, ranked(sorted), r -> String.format(Locale.ROOT, "%09d", r.rank()))
            .map(r -> RunView.of(own, r.item())));
  }

  private record Ranked<T>(int rank, T item) {}

  private static <T> Stream<Ranked<T>> ranked(List<T> items) {
    return IntStream.range(0, items.size()).mapToObj(i -> new Ranked<>(i, items.get(i)));
  }

  private Run find(Request request) {
    return request.own().get(Tables.RUNS, request.path("id"));
  }

  private Reply run(Request request) {
    Own own = request.own();
    Run run = find(request);
    Experiment experiment = own.get(Tables.EXPERIMENTS, run.experiment().value());
    return Reply.ok(
        new RunDetail(
            RunView.of(own, run),
            Tracking.inputs(own.state(), run.id())
                .limit(1_000)
                .map(i -> new InputView(i.name(), i.digest(), i.source()))
                .toList(),
            Tracking.artifacts(own.state(), run.id()).limit(1_000).map(ArtifactView::of).toList(),
            Tracking.runs(own, experiment)
                .filter(r -> run.id().equals(r.parent()))
                .map(r -> r.id().value())
                .limit(1_000)
                .toList()));
  }

  private Reply metrics(Request request) {
    Run run = find(request);
    String key =
        request
            .query("key")
            .orElseThrow(() ->
                Problem.invalid(
                    List.of(
                        new Violation("key", "is required; there are " + run.metrics().keySet()))));
    return Reply.ok(
        PageOf.cut(
                request,
                ranked(Tracking.history(store.state(), run.id(), key).toList()),
                r -> String.format(Locale.ROOT, "%09d", r.rank()))
            .map(r -> PointView.of(r.item())));
  }

  private Reply cancel(Request request) {
    find(request);
    return store.write(t -> {
      Run run = request.own(t).get(Tables.RUNS, request.path("id"));
      Optional<Search> search = Searches.find(t.state(), run.id());
      if (search.isEmpty()) trainings.stop(t, run);
      else if (run.status().over()) throw Problem.of(Problem.Type.CONFLICT, "the search is over");
      else searches.stop(t, search.get());
      return Reply.accepted(RunView.of(request.own(t), run), "/lab/runs/" + run.id());
    });
  }

  private Reply hideRun(Request request, boolean hidden) {
    find(request);
    return Reply.ok(
        store.write(t ->
            RunView.of(
                request.own(t),
                tracking.delete(t, request.own(t).get(Tables.RUNS, request.path("id")), hidden))));
  }
}
