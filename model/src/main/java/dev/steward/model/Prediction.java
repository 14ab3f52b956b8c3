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
@Copied
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
    return PredictionBuilder.builder(this).status(RunStatus.RUNNING).done(now).build();
  }

  public Prediction completed(Map<String, Integer> by, String blob, Instant end) {
    return PredictionBuilder.builder(this)
        .status(RunStatus.COMPLETED)
        .done(series)
        .answeredBy(by)
        .result(blob)
        .endedAt(end)
        .build();
  }

  public Prediction failed(String why, Instant end) {
    return PredictionBuilder.builder(this)
        .status(RunStatus.FAILED)
        .detail(why)
        .endedAt(end)
        .build();
  }
}
