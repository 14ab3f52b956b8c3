package dev.steward.activities.lab;

import dev.steward.domain.data.DataSets;
import dev.steward.domain.data.Gaps;
import dev.steward.domain.data.Series;
import dev.steward.domain.lab.Judging;
import dev.steward.domain.lab.Promotions;
import dev.steward.domain.lab.Scoreboard;
import dev.steward.domain.lab.Trainings;
import dev.steward.ml.forecast.Backtest;
import dev.steward.ml.forecast.ForecastFit;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.ModelFile;
import dev.steward.ml.forecast.QuantileMlp;
import dev.steward.ml.torch.Torch;
import dev.steward.model.DataSet;
import dev.steward.model.Json;
import dev.steward.model.ModelVersion;
import dev.steward.model.RunId;
import dev.steward.model.Training;
import dev.steward.model.Training.Progress;
import dev.steward.model.job.Jobs.RunRef;
import dev.steward.storage.Blobs;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.workflows.lab.TrainingActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Learns to forecast. After each epoch its whole state is a blob that the store names, so that
 * another attempt, in another process, goes on from there and ends at the same bits.
 */
public final class ForecastTraining implements TrainingActivities {
  private final Store store;
  private final Blobs blobs;
  private final DataSets dataSets;
  private final Trainings trainings;
  private final InstantSource clock;

  public ForecastTraining(
      Store store, Blobs blobs, DataSets dataSets, Trainings trainings, InstantSource clock) {
    this.store = store;
    this.blobs = blobs;
    this.dataSets = dataSets;
    this.trainings = trainings;
    this.clock = clock;
  }

  /** Somebody asked to stop. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Override
  public Learnt learn(RunRef input) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    Training training = training(input.run());
    DataSet set =
        store.state().own(input.organization()).get(Tables.DATA_SETS, training.dataSet().value());
    MlpSettings settings =
        MlpSettings.of(training.problem(), set.frequency()).with(training.settings());
    List<Series> known =
        dataSets.series(set).stream().filter(s -> Gaps.fillable(s.values())).toList();
    List<double[]> whole =
        known.stream().map(s -> Gaps.filled(s.values(), settings.week())).toList();
    // What is kept for the last judgement is not there for anything before it.
    List<double[]> series =
        whole.stream().map(s -> Arrays.copyOf(s, Math.max(0, s.length - set.testSteps()))).toList();
    try (ForecastFit fit = fit(settings, series, training)) {
      boolean stopped = !finish(fit, input.run(), activity);
      if (fit.epoch() > 0) {
        // An epoch that was cut short has moved the parameters; the last whole one counts.
        if (stopped) restore(fit, input.run());
        try (QuantileMlp model = fit.model()) {
          keep(input.run(), Trainings.MODEL_FILE, ModelFile.write(model));
        }
      }
      if (stopped) return new Learnt(true, Torch.version());
      Scoreboard board;
      try (Alive alive = new Alive(activity)) {
        board =
            judge(settings, known, series, fit, training)
                .tested(test(settings, whole, set.testSteps(), fit));
      }
      keep(input.run(), Scoreboard.FILE, Json.bytes(board));
      return new Learnt(false, Torch.version());
    }
  }

  private static @Nullable Backtest test(
      MlpSettings settings, List<double[]> whole, int steps, ForecastFit fit) {
    try (QuantileMlp model = fit.model()) {
      return Judging.test(settings, whole, steps, model).orElse(null);
    }
  }

  /** Beside the rules, and beside what is served if that tells the same. */
  private Scoreboard judge(
      MlpSettings settings,
      List<Series> known,
      List<double[]> series,
      ForecastFit fit,
      Training training) {
    List<String> ids = known.stream().map(Series::id).toList();
    Optional<ModelVersion> champion =
        Promotions.champion(store.state(), training.organization(), training.model());
    Optional<QuantileMlp> model =
        champion
            .flatMap(v -> Promotions.file(store.state(), v))
            .flatMap(file -> blobs.get(file.sha256()))
            .map(ModelFile::read);
    try (QuantileMlp served = model.orElse(null)) {
      return Judging.board(
          settings,
          ids,
          series,
          fit,
          training.origins(),
          served == null || !Judging.isComparable(settings, served.settings())
              ? Map.of()
              : Map.of(champion.orElseThrow().version(), served));
    }
  }

  private static ForecastFit fit(MlpSettings settings, List<double[]> series, Training training) {
    try {
      return new ForecastFit(settings, series, training.origins());
    } catch (IllegalArgumentException e) {
      throw ApplicationFailure.newNonRetryableFailure(e.getMessage(), "CannotLearn");
    }
  }

  private Training training(RunId run) {
    return Trainings.find(store.state(), run);
  }

  private void restore(ForecastFit fit, RunId run) {
    Optional.ofNullable(training(run).checkpoint())
        .flatMap(blobs::get)
        .ifPresent(state -> fit.restore(Arrays.copyOfRange(state, mark(run).length, state.length)));
  }

  /** Learns until it is done; false if it was stopped. */
  private boolean finish(ForecastFit fit, RunId run, ActivityExecutionContext activity) {
    restore(fit, run);
    try {
      while (!fit.done()) {
        double before = training(run).progress().seconds();
        long began = System.nanoTime();
        double loss = fit.epoch(share -> goOn(run, fit.epoch(), share, activity));
        double seconds = before + (System.nanoTime() - began) / 1e9;
        String state = blobs.put(marked(run, fit.checkpoint()));
        Progress progress = new Progress(fit.epoch(), fit.epochs(), loss, seconds, clock.instant());
        store.write(t -> trainings.epoch(t, run, progress, state)).ifPresent(blobs::delete);
      }
      return true;
    } catch (Stopped stopped) {
      return false;
    } catch (ArithmeticException e) {
      throw ApplicationFailure.newNonRetryableFailure(e.getMessage(), "CannotLearn");
    }
  }

  /** Blobs are named by their content: two runs that learn the same must not share a state. */
  private static byte[] marked(RunId run, byte[] state) {
    byte[] mark = mark(run);
    byte[] marked = Arrays.copyOf(mark, mark.length + state.length);
    System.arraycopy(state, 0, marked, mark.length, state.length);
    return marked;
  }

  private static byte[] mark(RunId run) {
    return run.value().getBytes(StandardCharsets.UTF_8);
  }

  private void goOn(RunId run, int epoch, double share, ActivityExecutionContext activity) {
    if (training(run).stopping()) throw new Stopped();
    try {
      activity.heartbeat(epoch + share);
    } catch (ActivityCanceledException cancelled) {
      throw new Stopped();
    }
  }

  private void keep(RunId run, String path, byte[] content) {
    String digest = blobs.put(content);
    store.write(t -> {
      trainings.file(t, run, path, content, digest);
      return true;
    });
  }
}
