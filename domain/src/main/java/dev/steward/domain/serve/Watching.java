package dev.steward.domain.serve;

import dev.steward.domain.data.DataSets;
import dev.steward.domain.data.Gaps;
import dev.steward.domain.data.OwnSeries;
import dev.steward.domain.data.Series;
import dev.steward.domain.lab.Promotions;
import dev.steward.domain.lab.Trainings;
import dev.steward.domain.lab.Watches;
import dev.steward.domain.lab.Watches.Served;
import dev.steward.domain.serve.Champions.Champion;
import dev.steward.domain.serve.Outcomes.Pending;
import dev.steward.domain.serve.Outcomes.Said;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.PeakRule;
import dev.steward.ml.forecast.QuantileForecast;
import dev.steward.model.Account;
import dev.steward.model.DataSet;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.Json;
import dev.steward.model.LabProblem;
import dev.steward.model.ModelVersion;
import dev.steward.model.OrganizationId;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.RegisteredModel;
import dev.steward.model.Training;
import dev.steward.model.Watch;
import dev.steward.model.Watch.Drift;
import dev.steward.model.Watch.Round;
import dev.steward.storage.Blobs;
import dev.steward.storage.Events;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks how a model that is served, and one beside it, do on the organization's own series: writes
 * down what they say, waits for the outcomes, and compares the series with what they were.
 */
public final class Watching {
  private static final Duration BETWEEN_RETRAININGS = Duration.ofDays(7);
  private final Store store;
  private final Blobs blobs;
  private final Champions champions;
  private final Forecasts forecasts;
  private final Peaks peaks;
  private final Watches watches;
  private final DataSets dataSets;
  private final Trainings trainings;
  private final InstantSource clock;

  public Watching(
      Store store,
      Blobs blobs,
      Champions champions,
      Watches watches,
      DataSets dataSets,
      Trainings trainings,
      InstantSource clock) {
    this.store = store;
    this.blobs = blobs;
    this.champions = champions;
    forecasts = new Forecasts(champions);
    peaks = new Peaks(champions);
    this.watches = watches;
    this.dataSets = dataSets;
    this.trainings = trainings;
    this.clock = clock;
  }

  /**
   * One look.
   *
   * @param alive called before each series that is forecast
   * @return false if there is nothing to look at any more
   */
  public boolean look(OrganizationId organization, String name, Runnable alive) {
    State state = store.state();
    Optional<Watch> found = Watches.find(state.own(organization), name);
    Optional<RegisteredModel> model =
        state.find(Tables.MODELS, RegisteredModel.key(organization, name));
    boolean serves =
        model.isPresent()
            && (model.get().aliases().containsKey(Promotions.CHAMPION)
                || model.get().aliases().containsKey(Watches.SHADOW));
    Optional<Served> served = Watches.served(name);
    if (found.isEmpty() || !serves || served.isEmpty()) {
      found.ifPresent(w -> store.write(t -> t.remove(Tables.WATCHES, w.key())));
      return false;
    }
    List<Series> own = own(state, organization, served.get().frequency());
    Watch watch = found.get();
    if (watch.pending() != null) watch = settle(watch, served.get(), own);
    if (watch.pending() == null) watch = say(watch, served.get(), own, alive);
    Drift drift = Drifts.look(watch, served.get(), own, clock.instant());
    Watch seen = unchanged(watch, (t, now) -> watches.seen(t, now, drift));
    if (drift.any() && seen.retrain()) retrain(seen, served.get(), own);
    return true;
  }

  /** Only series whose time is known: outcomes have to be found again. */
  private static List<Series> own(State state, OrganizationId organization, Frequency frequency) {
    List<Account> accounts = state.own(organization).all(Tables.ACCOUNTS).toList();
    List<Series> all =
        frequency == Frequency.DAILY
            ? OwnSeries.costs(state, accounts)
            : OwnSeries.hourly(state, accounts).stream().map(OwnSeries.Hourly::series).toList();
    return all.stream().filter(s -> s.start() != null).toList();
  }

  /** Writes down what is said now. */
  private Watch say(Watch watch, Served served, List<Series> own, Runnable alive) {
    Optional<Champion> champion =
        champions.find(watch.organization(), watch.model(), Promotions.CHAMPION);
    Optional<Champion> shadow = champions.find(watch.organization(), watch.model(), Watches.SHADOW);
    MlpSettings usual = MlpSettings.of(served.problem(), served.frequency());
    int horizon =
        Math.min(
            champion.map(c -> c.settings().horizon()).orElse(usual.horizon()),
            shadow.map(c -> c.settings().horizon()).orElse(usual.horizon()));
    int version = champion.map(c -> c.version().version()).orElse(0);
    PeakRule rule = Outlooks.rule(own.stream().map(Series::values));
    List<Said> said = new ArrayList<>();
    for (Series series : own) {
      alive.run();
      double[] values = series.values();
      if (!Gaps.fillable(values) || values.length <= usual.season()) continue;
      double[] filled = Gaps.filled(values, usual.week());
      double unit = usual.unit(filled);
      double[][] answer = served(watch, served, values, horizon, version, rule);
      double[][] beside = shadow.map(c -> beside(c, served, filled, horizon)).orElse(null);
      // Only what both can tell is compared.
      if (!(unit > 0) || answer == null || (shadow.isPresent() && beside == null)) continue;
      said.add(
          new Said(series.id(), Outcomes.at(series, values.length, served), unit, answer, beside));
    }
    Optional<Instant> newest = said.stream().map(Said::end).max(Instant::compareTo);
    if (newest.isEmpty()) return watch;
    Pending pending =
        new Pending(
            watch.key(),
            clock.instant(),
            horizon,
            version,
            shadow.map(c -> c.version().version()).orElse(null),
            said);
    String blob = blobs.put(Json.bytes(pending));
    Instant due = newest.get().plus(Outcomes.step(served).multipliedBy(horizon));
    return unchanged(watch, (t, now) -> t.put(Tables.WATCHES, now.waiting(blob, due)));
  }

  /** Null if another than the version that is looked at answers. */
  private double @Nullable [][] served(
      Watch watch, Served served, double[] values, int horizon, int version, PeakRule rule) {
    if (served.problem() == LabProblem.RIGHTSIZING)
      return peaks
          .peak(watch.organization(), values, rule)
          .filter(a -> a.version() == version)
          .map(a -> new double[][] {Outcomes.outer(a.quantiles())})
          .orElse(null);
    Forecasts.Answer answer =
        forecasts.forecast(watch.organization(), served.frequency(), values, horizon, false);
    return answer.version() == version ? Outcomes.outer(answer.forecast(), horizon) : null;
  }

  private static double @Nullable [][] beside(
      Champion shadow, Served served, double[] filled, int horizon) {
    MlpSettings settings = shadow.settings();
    if (settings.problem() != served.problem() || filled.length < settings.window()) return null;
    List<QuantileForecast> answer = shadow.ask(List.of(filled));
    return answer == null ? null : Outcomes.outer(answer.getFirst(), horizon);
  }

  /** Compares what was said with what came, once it has come. */
  private Watch settle(Watch watch, Served served, List<Series> own) {
    Instant due = Objects.requireNonNull(watch.due());
    Instant now = clock.instant();
    if (now.isBefore(due)) return watch;
    String blob = Objects.requireNonNull(watch.pending());
    Optional<Pending> pending = blobs.get(blob).map(b -> Json.read(b, Pending.class));
    Optional<Round> round = pending.flatMap(p -> Outcomes.round(p, served, own, now));
    // What has not come a horizon later does not come any more.
    boolean lost =
        pending.isEmpty()
            || now.isAfter(due.plus(Outcomes.step(served).multipliedBy(pending.get().horizon())));
    if (round.isEmpty() && !lost) return watch;
    Watch done = unchanged(watch, (t, same) -> watches.over(t, same, round.orElse(null)));
    blobs.delete(blob);
    return done;
  }

  /** A training on what the series are now, as the one that is served was trained. */
  private void retrain(Watch watch, Served served, List<Series> own) {
    Instant now = clock.instant();
    Instant last = watch.retrainedAt();
    if (last != null && now.isBefore(last.plus(BETWEEN_RETRAININGS))) return;
    String digest = dataSets.keep(own);
    unchanged(
        watch,
        (t, same) -> {
          try {
            DataSet set =
                dataSets.add(
                    t,
                    same.organization(),
                    new DataSets.Draft(
                        "drift of " + same.model(),
                        served.frequency(),
                        own,
                        digest,
                        served.frequency() == Frequency.DAILY ? "costs" : "metrics",
                        "the own series when " + same.model() + " had drifted",
                        0),
                    "steward");
            trainings.request(t, same.organization(), wanted(t, same, served, set), "steward");
          } catch (ProblemException cannot) {
            Events.append(
                t,
                same.organization(),
                "model.retraining_refused",
                same.model(),
                reason(cannot.problem()),
                now);
          }
          return t.put(Tables.WATCHES, same.retraining(true, now));
        });
  }

  private static String reason(Problem problem) {
    return problem.violations().isEmpty()
        ? problem.detail()
        : problem.violations().getFirst().message();
  }

  private static Trainings.Wanted wanted(Transaction t, Watch watch, Served served, DataSet set) {
    Optional<Training> before =
        Promotions.champion(t.state(), watch.organization(), watch.model())
            .map(ModelVersion::run)
            .flatMap(run -> t.find(Tables.TRAININGS, run.value()));
    return new Trainings.Wanted(
        served.problem(),
        set.id().value(),
        null,
        watch.model(),
        before.map(Training::settings).orElse(Map.of()),
        before.map(Training::origins).orElse(1));
  }

  private interface Change {
    Watch on(Transaction t, Watch same);
  }

  /** Writes only if nobody has changed what is watched meanwhile; the next look does it then. */
  private Watch unchanged(Watch watch, Change change) {
    return store.write(t -> {
      Optional<Watch> now = t.find(Tables.WATCHES, watch.key());
      boolean same =
          now.isPresent()
              && Objects.equals(now.get().pending(), watch.pending())
              && Objects.equals(now.get().shadow(), watch.shadow());
      return same ? change.on(t, now.get()) : watch;
    });
  }
}
