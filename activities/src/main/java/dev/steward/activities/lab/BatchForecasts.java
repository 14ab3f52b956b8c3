package dev.steward.activities.lab;

import dev.steward.domain.data.Csv;
import dev.steward.domain.data.DataSets;
import dev.steward.domain.data.Series;
import dev.steward.domain.serve.Forecasts;
import dev.steward.domain.serve.Predictions;
import dev.steward.ml.forecast.QuantileForecast;
import dev.steward.model.DataSet;
import dev.steward.model.Prediction;
import dev.steward.model.job.Jobs.PredictionRef;
import dev.steward.storage.Blobs;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.workflows.lab.PredictionActivities;
import dev.steward.workflows.lab.PredictionRecords;
import dev.steward.workflows.lab.PredictionWorkflow;
import io.temporal.activity.Activity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Forecasts all series of a data set with what is served, and keeps them as CSV. */
public final class BatchForecasts implements PredictionActivities, PredictionRecords {
  private static final int TOLD_EVERY = 100;

  private final Store store;
  private final Blobs blobs;
  private final DataSets dataSets;
  private final Forecasts forecasts;
  private final Predictions predictions;

  public BatchForecasts(
      Store store, Blobs blobs, DataSets dataSets, Forecasts forecasts, Predictions predictions) {
    this.store = store;
    this.blobs = blobs;
    this.dataSets = dataSets;
    this.forecasts = forecasts;
    this.predictions = predictions;
  }

  private Prediction find(PredictionRef input) {
    return store
        .state()
        .own(input.organization())
        .get(Tables.PREDICTIONS, input.prediction().value());
  }

  @Override
  public PredictionWorkflow.Outcome forecast(PredictionRef input) {
    Prediction asked = find(input);
    if (asked.status().isOver()) return outcome(asked);
    DataSet set =
        store.state().own(input.organization()).get(Tables.DATA_SETS, asked.dataSet().value());
    List<Series> series = dataSets.series(set);
    Csv csv =
        new Csv(
            Stream.concat(
                    Stream.of("id", "step", "model", "version"),
                    Arrays.stream(QuantileForecast.LEVELS).mapToObj(level -> "q" + level))
                .toArray());
    Map<String, Integer> answeredBy = new TreeMap<>();
    for (int i = 0; i < series.size(); i++) {
      if (i % TOLD_EVERY == 0) {
        int done = i;
        store.write(t -> {
          predictions.progress(t, find(input), done);
          return true;
        });
      }
      Activity.getExecutionContext().heartbeat(i);
      answeredBy.merge(append(csv, asked, set, series.get(i)), 1, Integer::sum);
    }
    String blob = blobs.put(csv.toString().getBytes(StandardCharsets.UTF_8));
    store.write(t -> {
      predictions.complete(t, find(input), answeredBy, blob);
      return true;
    });
    return outcome(find(input));
  }

  /** Returns who answered; a series without a value has no rows. */
  private String append(Csv csv, Prediction asked, DataSet set, Series one) {
    if (one.missing() == one.values().length) return "nobody";
    Forecasts.Answer answer =
        forecasts.forecast(
            asked.organization(), set.frequency(), one.values(), asked.horizon(), false);
    double[][] values = answer.forecast().values();
    Object version = answer.version() == 0 ? "" : answer.version();
    for (int step = 0; step < values.length; step++)
      csv.row(
          Stream.concat(
                  Stream.of(one.id(), step + 1, answer.model(), version),
                  Arrays.stream(values[step]).boxed())
              .toArray());
    return answer.version() == 0 ? answer.model() : answer.model() + " version " + answer.version();
  }

  @Override
  public PredictionWorkflow.Outcome failed(Unpredictable unpredictable) {
    store.write(t -> {
      predictions.fail(
          t,
          t.own(unpredictable.input().organization())
              .get(Tables.PREDICTIONS, unpredictable.input().prediction().value()),
          unpredictable.why());
      return true;
    });
    return outcome(find(unpredictable.input()));
  }

  private static PredictionWorkflow.Outcome outcome(Prediction prediction) {
    return new PredictionWorkflow.Outcome(prediction.status().name().toLowerCase(Locale.ROOT));
  }
}
