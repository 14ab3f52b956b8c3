package dev.steward.domain.lab;

import dev.steward.domain.lab.Tracking.Logged;
import dev.steward.domain.work.Work;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.model.DataSet;
import dev.steward.model.Experiment;
import dev.steward.model.LabProblem;
import dev.steward.model.MetricPoint;
import dev.steward.model.OrganizationId;
import dev.steward.model.Problem;
import dev.steward.model.Run;
import dev.steward.model.RunId;
import dev.steward.model.Search;
import dev.steward.model.Search.Method;
import dev.steward.model.Search.Trial;
import dev.steward.model.SearchBuilder;
import dev.steward.model.Violation;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.RunRef;
import dev.steward.storage.Events;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Searches for settings. The store says which trial is next, so a search that is cut off goes on
 * where it was.
 */
public final class Searches {
  private static final int MOST = 100;

  private final Tracking tracking;
  private final Trainings trainings;
  private final Registry registry;
  private final Work work;
  private final InstantSource clock;

  public Searches(
      Tracking tracking, Trainings trainings, Registry registry, Work work, InstantSource clock) {
    this.tracking = tracking;
    this.trainings = trainings;
    this.registry = registry;
    this.work = work;
    this.clock = clock;
  }

  /**
   * Where a setting is looked for.
   *
   * @param log evenly by order of magnitude
   */
  public record Range(double min, double max, boolean log) {}

  /** What is asked for. */
  public record Wanted(
      LabProblem problem,
      String dataSet,
      @Nullable String experiment,
      @Nullable String model,
      Map<String, Range> space,
      Map<String, Double> settings,
      Method method,
      int trials,
      int origins,
      double budgetMinutes,
      double budgetUsd,
      double usdPerHour,
      long seed) {}

  /**
   * Takes a search on; a workflow does it.
   *
   * @throws dev.steward.model.ProblemException INVALID with everything that is wrong
   */
  public Run request(Transaction t, OrganizationId organization, Wanted wanted, String user) {
    DataSet set = t.own(organization).get(Tables.DATA_SETS, wanted.dataSet());
    require(wanted);
    List<Map<String, Double>> candidates = candidates(wanted);
    MlpSettings usual = MlpSettings.of(wanted.problem(), set.frequency());
    candidates.forEach(usual::with);
    int epochs = usual.with(wanted.settings()).epochs();
    Trainings.Wanted first =
        new Trainings.Wanted(
            wanted.problem(),
            wanted.dataSet(),
            wanted.experiment(),
            wanted.model(),
            candidates.getFirst(),
            wanted.origins());
    Experiment experiment = trainings.prepare(t, organization, first, set);
    Run run = tracking.start(t, experiment, null, "", user, Map.of(), null);
    Map<String, String> params = new TreeMap<>();
    params.put("search", wanted.method().name().toLowerCase(Locale.ROOT));
    params.put("trials", String.valueOf(candidates.size()));
    params.put("data_set", set.id().value());
    wanted
        .space()
        .forEach((name, range) ->
            params.put(
                "space." + name,
                range.min()
                    + " to "
                    + range.max()
                    + (range.log() ? ", by order of magnitude" : "")));
    Run logged = tracking.log(t, run, List.of(), params, Map.of());
    Search search =
        t.put(
            Tables.SEARCHES,
            SearchBuilder.builder()
                .run(run.id())
                .organization(organization)
                .experiment(experiment.id())
                .dataSet(set.id())
                .problem(wanted.problem())
                .model(Trainings.model(wanted.model(), wanted.problem(), set))
                .method(wanted.method())
                .candidates(candidates)
                .origins(wanted.origins())
                .epochs(epochs)
                .budgetMinutes(wanted.budgetMinutes())
                .budgetUsd(wanted.budgetUsd())
                .usdPerHour(wanted.usdPerHour())
                .trials(List.of())
                .stopping(false)
                .build());
    work.start(t, Jobs.SEARCH, RunRef.of(search));
    return logged;
  }

  private static void require(Wanted wanted) {
    List<Violation> wrong = new ArrayList<>();
    if (wanted.trials() < 1 || wanted.trials() > MOST)
      wrong.add(new Violation("trials", "must be from 1 to " + MOST));
    if (wanted.space().isEmpty()) wrong.add(new Violation("space", "must name a setting"));
    wanted
        .space()
        .forEach((name, range) -> {
          if (!MlpSettings.NAMES.contains(name)
              || name.equals("epochs")
              || name.equals("horizon")
              || name.equals("window"))
            wrong.add(
                new Violation("space." + name, "is no setting that trials can be compared over"));
          if (!(range.min() < range.max()) || range.log() && !(range.min() > 0))
            wrong.add(
                new Violation("space." + name, "needs min below max, and above 0 where it is log"));
        });
    if (!(wanted.budgetMinutes() > 0))
      wrong.add(new Violation("budget_minutes", "must be above 0"));
    if (!(wanted.budgetUsd() > 0)) wrong.add(new Violation("budget_usd", "must be above 0"));
    if (!(wanted.usdPerHour() >= 0))
      wrong.add(new Violation("usd_per_hour", "must not be below 0"));
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
  }

  /** Drawn at random, the same for the same seed. */
  static List<Map<String, Double>> candidates(Wanted wanted) {
    SplittableRandom random = new SplittableRandom(wanted.seed());
    List<Map<String, Double>> candidates = new ArrayList<>();
    for (int i = 0; i < wanted.trials(); i++) {
      Map<String, Double> candidate = new LinkedHashMap<>(wanted.settings());
      new TreeMap<>(wanted.space())
          .forEach((name, range) -> {
            double value =
                range.log()
                    ? Math.exp(random.nextDouble(Math.log(range.min()), Math.log(range.max())))
                    : random.nextDouble(range.min(), range.max());
            candidate.put(name, MlpSettings.isWhole(name) ? Math.rint(value) : value);
          });
      candidates.add(candidate);
    }
    return candidates;
  }

  public static Optional<Search> find(State state, RunId run) {
    return state.find(Tables.SEARCHES, run.value());
  }

  /** Asks a search to stop, with the trial that is under way. */
  public void stop(Transaction t, Search search) {
    t.put(Tables.SEARCHES, search.stop());
    if (search.trials().isEmpty()) return;
    t.find(Tables.RUNS, search.trials().getLast().run().value())
        .filter(run -> !run.status().over())
        .ifPresent(run -> trainings.stop(t, run));
  }

  /**
   * The trial to do now, begun if it has not been; empty when the search is over, which is written
   * down then. Asked again before a trial is over it answers the same.
   */
  public Optional<RunId> next(Transaction t, RunId id) {
    Run parent = t.find(Tables.RUNS, id.value()).orElseThrow();
    Search search = find(t.state(), id).orElseThrow();
    if (parent.status().over()) return Optional.empty();
    if (!search.trials().isEmpty()) {
      RunId last = search.trials().getLast().run();
      boolean open =
          t.find(Tables.RUNS, last.value()).filter(run -> !run.status().over()).isPresent();
      if (open) return Optional.of(last);
    }
    String end = search.stopping() ? "stopped" : spent(t.state(), search);
    if (end != null) return over(t, parent, search, end);
    Optional<Trial> following = following(t.state(), search);
    if (following.isEmpty()) return over(t, parent, search, "all trials are done");
    Trial wanted = following.get();
    Map<String, Double> settings = new LinkedHashMap<>(search.candidates().get(wanted.candidate()));
    settings.put("epochs", (double) epochs(search, wanted.rung()));
    Run child =
        trainings.trial(
            t,
            search,
            settings,
            parent.user(),
            Map.of(
                "steward.candidate", String.valueOf(wanted.candidate()),
                "steward.rung", String.valueOf(wanted.rung())));
    t.put(Tables.SEARCHES, search.began(new Trial(child.id(), wanted.candidate(), wanted.rung())));
    return Optional.of(child.id());
  }

  private static int epochs(Search search, int rung) {
    return search.method() == Method.RANDOM
        ? search.epochs()
        : Halving.epochs(search.epochs(), rung, Halving.top(search.candidates().size()));
  }

  private static @Nullable String spent(State state, Search search) {
    double minutes = minutes(state, search);
    if (minutes >= search.budgetMinutes()) return "its time is spent";
    return minutes / 60 * search.usdPerHour() >= search.budgetUsd() ? "its money is spent" : null;
  }

  private static double minutes(State state, Search search) {
    return search.trials().stream()
            .mapToDouble(trial -> Trainings.find(state, trial.run()).progress().seconds())
            .sum()
        / 60;
  }

  /** Which candidate comes next, at which rung; its run is not made yet. */
  private static Optional<Trial> following(State state, Search search) {
    int begun = search.trials().size();
    int all = search.candidates().size();
    if (begun < all) return Optional.of(new Trial(search.run(), begun, 0));
    if (search.method() == Method.RANDOM) return Optional.empty();
    List<Trial> rung = search.trials().subList(0, all);
    int from = all;
    int top = Halving.top(all);
    for (int level = 1; level <= top; level++) {
      List<Trial> best = Halving.best(rung, trial -> error(state, trial));
      if (begun < from + best.size()) {
        Trial chosen = best.get(begun - from);
        return error(state, chosen) == Double.MAX_VALUE
            ? Optional.empty()
            : Optional.of(new Trial(search.run(), chosen.candidate(), level));
      }
      rung = search.trials().subList(from, from + best.size());
      from += best.size();
    }
    return Optional.empty();
  }

  /** A trial that failed is worse than any other. */
  private static double error(State state, Trial trial) {
    return state
        .find(Tables.RUNS, trial.run().value())
        .filter(run -> run.status() == Run.Status.FINISHED)
        .map(run -> run.metrics().get("mase"))
        .map(MetricPoint::value)
        .filter(Double::isFinite)
        .orElse(Double.MAX_VALUE);
  }

  /** Registers the best of the highest rung, and writes down how it went. */
  private Optional<RunId> over(Transaction t, Run parent, Search search, String why) {
    int highest = search.trials().stream().mapToInt(Trial::rung).max().orElse(0);
    Optional<Trial> best =
        search.trials().stream()
            .filter(trial -> trial.rung() == highest)
            .filter(trial -> error(t.state(), trial) < Double.MAX_VALUE)
            .min(java.util.Comparator.comparingDouble(trial -> error(t.state(), trial)));
    Map<String, String> tags = new TreeMap<>();
    tags.put("steward.outcome", why);
    tags.put(
        "steward.spent_minutes", String.format(Locale.ROOT, "%.2f", minutes(t.state(), search)));
    List<Logged> metrics = new ArrayList<>();
    best.ifPresent(trial -> {
      Run winner = t.own(search.organization()).get(Tables.RUNS, trial.run().value());
      tags.put("steward.best", winner.id().value());
      metrics.add(
          new Logged(
              "mase",
              new MetricPoint(
                  error(t.state(), trial),
                  search.trials().size(),
                  clock.instant().toEpochMilli())));
      registry.version(
          t,
          Registry.model(t.own(search.organization()), search.model()),
          "mlflow-artifacts:/" + winner.id() + "/" + Trainings.MODEL_FILE,
          winner.id(),
          winner.tags().getOrDefault("steward.outcome", ""),
          Map.of("steward.better", winner.tags().getOrDefault("steward.better", "")),
          parent.user());
    });
    Run logged = tracking.log(t, parent, metrics, Map.of(), tags);
    tracking.update(
        t, logged, null, search.stopping() ? Run.Status.KILLED : Run.Status.FINISHED, null);
    Events.append(
        t, search.organization(), "search.over", search.run().value(), why, clock.instant());
    return Optional.empty();
  }
}
