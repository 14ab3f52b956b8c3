package dev.steward.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts of every series of a data set.
 *
 * @param done how many series are forecast
 * @param answeredBy how many each model or rule answered
 * @param result SHA-256 of the blob with the forecasts as CSV, in hex; null until they are there
 * @param detail why it failed; null if it did not
 */
public record Prediction(
    PredictionId id,
    OrganizationId organization,
    DataSetId dataSet,
    int horizon,
    RunStatus status,
    int done,
    int series,
    Map<String, Integer> answeredBy,
    @Nullable String result,
    @Nullable String detail,
    String user,
    Instant createdAt,
    @Nullable Instant endedAt) {
  public Prediction {
    answeredBy = Map.copyOf(answeredBy);
  }

  public Prediction at(int now) {
    return with(RunStatus.RUNNING, now, Map.of(), null, null, null);
  }

  public Prediction completed(Map<String, Integer> by, String blob, Instant end) {
    return with(RunStatus.COMPLETED, series, by, blob, null, end);
  }

  public Prediction failed(String why, Instant end) {
    return with(RunStatus.FAILED, done, Map.of(), null, why, end);
  }

  private Prediction with(
      RunStatus newStatus,
      int newDone,
      Map<String, Integer> by,
      @Nullable String blob,
      @Nullable String why,
      @Nullable Instant end) {
    return new Prediction(
        id,
        organization,
        dataSet,
        horizon,
        newStatus,
        newDone,
        series,
        by,
        blob,
        why,
        user,
        createdAt,
        end);
  }
}
