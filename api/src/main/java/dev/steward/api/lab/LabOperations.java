package dev.steward.api.lab;

import static dev.steward.api.Operation.client;

import dev.steward.api.Invocation;
import dev.steward.api.ListFilter;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Request;
import dev.steward.api.Sorts;
import dev.steward.api.lab.LabViews.ArtifactView;
import dev.steward.api.lab.LabViews.ExperimentView;
import dev.steward.api.lab.LabViews.InputView;
import dev.steward.api.lab.LabViews.PointView;
import dev.steward.api.lab.LabViews.RunDetail;
import dev.steward.api.lab.LabViews.RunView;
import dev.steward.domain.lab.Filter;
import dev.steward.domain.lab.Order;
import dev.steward.domain.lab.Tracking;
import dev.steward.model.Experiment;
import dev.steward.model.MetricPoint;
import dev.steward.model.Run;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Experiments and runs in our own words. */
public final class LabOperations {
  private static final QueryParameter<Boolean> DELETED =
      QueryParameter.flag("deleted").means("those that are hidden, and no others");
  private static final QueryParameter<String> FILTER =
      QueryParameter.text("filter", 20_000).means("as MLflow has it: metrics.mase < 1");
  private static final QueryParameter<String> ORDER =
      QueryParameter.text("order_by", 20_000)
          .means("as MLflow has it: metrics.mase ASC; among what sort finds alike");
  private static final QueryParameter<String> KEY =
      QueryParameter.text("key", 1_000).needed().means("the name of the metric");

  private static final Sorts<Experiment> EXPERIMENTS =
      Sorts.<Experiment>of(Experiment::id)
          .time("created_at", Experiment::createdAt)
          .time("updated_at", Experiment::updatedAt)
          .text("name", Experiment::name)
          .first("-created_at");
  private static final Sorts<Ranked<Run>> RUNS =
      Sorts.<Ranked<Run>>of(Ranked::rank)
          .number("rank", Ranked::rank)
          .time("started_at", r -> r.item().startedAt())
          .time("ended_at", r -> r.item().endedAt())
          .text("name", r -> r.item().name())
          .constant("status", r -> r.item().status());
  private static final Sorts<Ranked<MetricPoint>> POINTS =
      Sorts.<Ranked<MetricPoint>>of(Ranked::rank)
          .number("rank", Ranked::rank)
          .number("step", r -> r.item().step())
          .number("at", r -> r.item().at());

  private final Tracking tracking;

  public LabOperations(Tracking tracking) {
    this.tracking = tracking;
  }

  /** An item and its place in an order that is the caller's, or nobody's. */
  private record Ranked<T>(long rank, T item) {
    static <T> Stream<Ranked<T>> of(List<T> items) {
      return IntStream.range(0, items.size()).mapToObj(i -> new Ranked<>(i, items.get(i)));
    }
  }

  public List<Operation<?, ?>> operations() {
    return Stream.of(experimentRows(), runRows()).flatMap(List::stream).toList();
  }

  private List<Operation<?, ?>> experimentRows() {
    return List.of(
        client("GET", "/lab/experiments", "lab", "The experiments, the newest first")
            .list(
                ExperimentView.class,
                EXPERIMENTS,
                ListFilter.by(DELETED, (e, deleted) -> deleted == e.deleted()))
            .paged(Tables.EXPERIMENTS, List.of(Tables.RUNS), ExperimentView::of),
        client("GET", "/lab/experiments/{id}", "lab", "An experiment")
            .gives(ExperimentView.class)
            .refuses(404)
            .answers(call -> ExperimentView.of(call.own(), experiment(call.own(), call))),
        client("DELETE", "/lab/experiments/{id}", "lab", "Hide an experiment with its runs")
            .gives(ExperimentView.class)
            .refuses(404)
            .writes((call, t) -> hide(call, t, true)),
        client("POST", "/lab/experiments/{id}/restore", "lab", "Show an experiment again")
            .gives(ExperimentView.class)
            .refuses(404)
            .repeatable("what is shown stays so")
            .writes((call, t) -> hide(call, t, false)));
  }

  private List<Operation<?, ?>> runRows() {
    return List.of(
        client(
                "GET",
                "/lab/experiments/{id}/runs",
                "lab",
                "Runs: filter=metrics.mase < 1 and params.model = 'x', order_by=metrics.mase ASC")
            .reads(FILTER, ORDER, DELETED)
            .refuses(404)
            .list(RunView.class, RUNS)
            .paged(LabOperations::runs, (own, r) -> RunView.of(own, r.item())),
        client(
                "GET",
                "/lab/runs/{id}",
                "lab",
                "A run: parameters, metrics, inputs, files, progress")
            .gives(RunDetail.class)
            .refuses(404)
            .answers(LabOperations::run),
        client("GET", "/lab/runs/{id}/metrics", "lab", "Every value of a metric")
            .about(request -> find(request.own(), request))
            .reads(KEY)
            .refuses(404)
            .list(PointView.class, POINTS)
            .paged(
                (own, call) ->
                    Ranked.of(
                        Tracking.history(own.state(), find(own, call).id(), call.get(KEY))
                            .toList()),
                (own, r) -> PointView.of(r.item())),
        client("DELETE", "/lab/runs/{id}", "lab", "Hide a run")
            .gives(RunView.class)
            .refuses(404)
            .writes((call, t) -> hideRun(call, t, true)),
        client("POST", "/lab/runs/{id}/restore", "lab", "Show a run again")
            .gives(RunView.class)
            .refuses(404)
            .repeatable("what is shown stays so")
            .writes((call, t) -> hideRun(call, t, false)));
  }

  private static Experiment experiment(Own own, Request request) {
    return own.get(Tables.EXPERIMENTS, request.path("id"));
  }

  private ExperimentView hide(Request request, Transaction t, boolean hidden) {
    Experiment done = tracking.delete(t, experiment(request.own(t), request), hidden);
    return ExperimentView.of(request.own(t), done);
  }

  private static Stream<Ranked<Run>> runs(Own own, Invocation<?> call) {
    Experiment experiment = experiment(own, call);
    Filter filter = Filter.parse(call.find(FILTER).orElse(""));
    Comparator<Run> newest =
        Comparator.comparing(Run::startedAt).reversed().thenComparing(r -> r.id().value());
    return Ranked.of(
        Tracking.runs(own, experiment)
            .filter(r -> r.deleted() == call.get(DELETED))
            .filter(r -> filter.matches(Tracking.subject(r)))
            .sorted(Order.by(call.find(ORDER).stream().toList(), Tracking::subject, newest))
            .toList());
  }

  private static Run find(Own own, Request request) {
    return own.get(Tables.RUNS, request.path("id"));
  }

  private static RunDetail run(Request request) {
    Own own = request.own();
    Run run = find(own, request);
    Experiment experiment = own.get(Tables.EXPERIMENTS, run.experiment().value());
    return new RunDetail(
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
            .toList());
  }

  private RunView hideRun(Request request, Transaction t, boolean hidden) {
    return RunView.of(request.own(t), tracking.delete(t, find(request.own(t), request), hidden));
  }
}
