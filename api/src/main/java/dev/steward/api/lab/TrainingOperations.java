package dev.steward.api.lab;

import static dev.steward.api.Operation.client;

import dev.steward.api.Invocation;
import dev.steward.api.Operation;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.Starts;
import dev.steward.api.lab.LabViews.RunView;
import dev.steward.domain.lab.Searches;
import dev.steward.domain.lab.Searches.Range;
import dev.steward.domain.lab.Trainings;
import dev.steward.domain.lab.Trainings.Wanted;
import dev.steward.model.LabProblem;
import dev.steward.model.Problem;
import dev.steward.model.Run;
import dev.steward.model.Search;
import dev.steward.model.Violation;
import dev.steward.model.job.Jobs;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Trainings and searches. */
public final class TrainingOperations {
  static final Starts<Run> TRAINING =
      Starts.of(Jobs.TRAINING, Tables.RUNS, "/lab/runs/{id}", (begun, now) -> now.status().over());
  private static final Starts<Run> SEARCH =
      Starts.of(Jobs.SEARCH, Tables.RUNS, "/lab/runs/{id}", (begun, now) -> now.status().over());

  private final Trainings trainings;
  private final Searches searches;

  public TrainingOperations(Trainings trainings, Searches searches) {
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

  public List<Operation<?, ?>> operations() {
    return List.of(
        client("POST", "/lab/trainings", "lab", "Train a model on a data set")
            .takes(TrainingBody.class)
            .gives(RunView.class)
            .refuses(404)
            .starts(TRAINING, this::train, RunView::of),
        client(
                "POST",
                "/lab/searches",
                "lab",
                "Search for settings: trainings as child runs, within a budget")
            .takes(SearchBody.class)
            .gives(RunView.class)
            .refuses(404)
            .starts(SEARCH, this::search, RunView::of),
        client(
                "POST",
                "/lab/runs/{id}/cancel",
                "lab",
                "Stop a training or a search; it keeps what was learnt")
            .gives(RunView.class)
            .refuses(404, 409)
            .starts(TRAINING, this::cancel, RunView::of));
  }

  private Run train(Invocation<TrainingBody> call, Transaction t) {
    TrainingBody body = call.body();
    LabProblem problem = problem(body.problem());
    Wanted wanted =
        new Wanted(
            problem,
            body.dataSet(),
            body.experiment(),
            body.model(),
            body.settings() == null ? Map.of() : body.settings(),
            origins(problem, body.origins()));
    return trainings.request(t, call.organization(), wanted, call.principal().username());
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

  private Run search(Invocation<SearchBody> call, Transaction t) {
    SearchBody body = call.body();
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
    return searches.request(t, call.organization(), wanted, call.principal().username());
  }

  private Run cancel(Request request, Transaction t) {
    Run run = request.own(t).get(Tables.RUNS, request.path("id"));
    Optional<Search> search = Searches.find(t.state(), run.id());
    if (search.isEmpty()) trainings.stop(t, run);
    else if (run.status().over()) throw Problem.of(Problem.Type.CONFLICT, "the search is over");
    else searches.stop(t, search.get());
    return run;
  }
}
