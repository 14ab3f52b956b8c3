package dev.steward.domain.lab;

import dev.steward.domain.work.Work;
import dev.steward.ml.score.PairedBootstrap;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.LabProblem;
import dev.steward.model.ModelVersion;
import dev.steward.model.ModelVersion.Stage;
import dev.steward.model.Problem;
import dev.steward.model.RegisteredModel;
import dev.steward.model.Watch;
import dev.steward.model.Watch.Round;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.WatchRef;
import dev.steward.storage.Events;
import dev.steward.storage.Own;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is watched of the models that are served, and which version predicts beside one. A workflow
 * of each looks every day.
 */
public final class Watches {
  public static final String SHADOW = "shadow";

  /** A shadow has shown what it can when so many horizons have their outcomes. */
  public static final int ROUNDS = 2;

  private final Registry registry;
  private final Work work;
  private final InstantSource clock;

  public Watches(Registry registry, Work work, InstantSource clock) {
    this.registry = registry;
    this.work = work;
    this.clock = clock;
  }

  /** What a model that is served is for. */
  public record Served(LabProblem problem, Frequency frequency) {}

  /** Empty if no operation asks a model of this name. */
  public static Optional<Served> served(String model) {
    for (LabProblem problem : LabProblem.values())
      for (Frequency frequency : Frequency.values())
        if (Trainings.model(problem, frequency).equals(model)
            && (problem == LabProblem.FORECAST || frequency == Frequency.HOURLY))
          return Optional.of(new Served(problem, frequency));
    return Optional.empty();
  }

  public static Optional<Watch> find(Own own, String model) {
    return own.find(Tables.WATCHES, RegisteredModel.key(own.organization(), model));
  }

  /** Sees to it that the model is watched from now on, if it is one that is served. */
  public void begin(Transaction t, RegisteredModel model) {
    if (served(model.name()).isPresent()) keep(t, model, w -> w);
  }

  private Watch keep(Transaction t, RegisteredModel model, Function<Watch, Watch> change) {
    Optional<Watch> before = find(t.own(model.organization()), model.name());
    Watch watch =
        t.put(
            Tables.WATCHES,
            change.apply(before.orElseGet(() -> Watch.of(model.organization(), model.name()))));
    // One that is under way is told; one that was just about to end is followed by another.
    work.startOrNudge(t, Jobs.WATCH, WatchRef.of(watch));
    return watch;
  }

  /**
   * Lets a version predict beside what is served; who asks is answered by that as before.
   *
   * @throws dev.steward.model.ProblemException CONFLICT if it is served, archived, no model of
   *     ours, or of a name that nothing asks
   */
  public ModelVersion shadow(Transaction t, ModelVersion version) {
    if (served(version.name()).isEmpty())
      throw conflict(
          "no operation asks a model of this name, so there is nothing to predict beside");
    if (version.stage() == Stage.CHAMPION) throw conflict("it is the champion");
    if (version.stage() == Stage.ARCHIVED) throw conflict("it is archived");
    if (Promotions.file(t.state(), version).isEmpty())
      throw conflict("only a version that a training of ours registered can predict");
    RegisteredModel model = stop(t, model(t, version));
    keep(t, registry.point(t, model, SHADOW, version.version()), w -> w.beside(version.version()));
    tell(t, version, "shadow.started", "predicts beside what is served");
    return registry.stage(t, version, Stage.SHADOW);
  }

  private static RegisteredModel model(Transaction t, ModelVersion version) {
    return Registry.model(t.own(version.organization()), version.name());
  }

  private static RuntimeException conflict(String why) {
    return Problem.of(Problem.Type.CONFLICT, why);
  }

  /** Ends what predicts beside the model, if something does. */
  public RegisteredModel stop(Transaction t, RegisteredModel model) {
    Integer before = model.aliases().get(SHADOW);
    if (before == null) return model;
    t.find(Tables.MODEL_VERSIONS, ModelVersion.key(model.organization(), model.name(), before))
        .filter(v -> v.stage() == Stage.SHADOW)
        .ifPresent(v -> registry.stage(t, v, Stage.CANDIDATE));
    find(t.own(model.organization()), model.name())
        .ifPresent(w -> t.put(Tables.WATCHES, w.beside(null)));
    return registry.point(t, model, SHADOW, null);
  }

  /** Whether drift starts a training. */
  public Watch retrain(Transaction t, RegisteredModel model, boolean wanted) {
    return keep(t, model, w -> w.retraining(wanted, w.retrainedAt()));
  }

  /** Whether the version has predicted long enough beside what is served. */
  static boolean shown(State state, ModelVersion version) {
    return find(state.own(version.organization()), version.name())
        .filter(w -> w.roundsOf(version.version()).count() >= ROUNDS)
        .isPresent();
  }

  /**
   * A version beside what was served, by what both said before the outcomes were known.
   *
   * @param difference of the scaled errors, the shadow's first: below zero it is better
   */
  public record Beside(
      int rounds, PairedBootstrap.Result difference, double coverage, double shadowCoverage) {
    public String text() {
      return String.format(
          Locale.ROOT,
          "%d horizons beside what was served: error %+.3f (%.3f to %.3f), %s; coverage %.3f beside %.3f",
          rounds,
          difference.difference(),
          difference.low(),
          difference.high(),
          difference.tie() ? "a tie" : difference.difference() < 0 ? "better" : "worse",
          shadowCoverage,
          coverage);
    }
  }

  /** Empty before the first round. */
  public static Optional<Beside> beside(Watch watch, int version) {
    List<Round> rounds = watch.roundsOf(version).toList();
    if (rounds.isEmpty()) return Optional.empty();
    double[] own = all(rounds, Round::shadowErrors);
    double[] other = all(rounds, Round::errors);
    return Optional.of(
        new Beside(
            rounds.size(),
            PairedBootstrap.of(own, other, PairedBootstrap.DRAWS, 1),
            rounds.stream().mapToDouble(Round::coverage).average().orElse(Double.NaN),
            rounds.stream()
                .map(Round::shadowCoverage)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN)));
  }

  private static double[] all(List<Round> rounds, Function<Round, double[]> of) {
    return rounds.stream().flatMapToDouble(r -> Arrays.stream(of.apply(r))).toArray();
  }

  /** What approvers are told of a version. */
  static String evidence(State state, ModelVersion version) {
    Optional<Watch> watch = find(state.own(version.organization()), version.name());
    String shadow =
        watch
            .flatMap(w -> beside(w, version.version()))
            .map(Beside::text)
            .orElse("never predicted beside what is served");
    return shadow
        + "; drift: "
        + watch.map(Watch::drift).map(Watches::text).orElse("not looked at");
  }

  /** A look in words. */
  public static String text(Watch.Drift drift) {
    String inputs =
        drift.changed().isEmpty()
            ? String.format(Locale.ROOT, "no series of %d has changed", drift.series())
            : String.format(
                Locale.ROOT,
                "%d of %d series have changed, the most %s (index %.2f)",
                drift.changed().size(),
                drift.series(),
                drift.changed().getFirst(),
                drift.worst());
    Double coverage = drift.coverage();
    return coverage == null
        ? inputs
        : inputs
            + String.format(
                Locale.ROOT,
                ", %.1f %% of the outcomes within the 95 %% interval where chance leaves %.1f to %.1f %%",
                100 * coverage,
                100 * drift.low(),
                100 * drift.high());
  }

  private void tell(Transaction t, ModelVersion version, String type, String text) {
    Events.append(
        t,
        version.organization(),
        type,
        version.name() + " version " + version.version(),
        text,
        clock.instant());
  }

  /** What a look came to, told when it is not what the look before came to. */
  public Watch seen(Transaction t, Watch watch, Watch.Drift drift) {
    Watch.Drift before = watch.drift();
    boolean was = before != null && before.any();
    if (was != drift.any())
      Events.append(
          t,
          watch.organization(),
          drift.any() ? "model.drift" : "model.drift_over",
          watch.model(),
          text(drift),
          clock.instant());
    return t.put(Tables.WATCHES, watch.seen(drift));
  }

  /** A horizon has its outcomes, or will never have any. */
  public Watch over(Transaction t, Watch watch, @Nullable Round round) {
    Watch done = t.put(Tables.WATCHES, watch.over(round));
    Integer shadow = round == null ? null : round.shadow();
    if (shadow != null && done.roundsOf(shadow).count() == ROUNDS)
      Events.append(
          t,
          watch.organization(),
          "shadow.shown",
          watch.model() + " version " + shadow,
          beside(done, shadow).map(Beside::text).orElse(""),
          clock.instant());
    return done;
  }
}
