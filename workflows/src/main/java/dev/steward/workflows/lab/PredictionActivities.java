package dev.steward.workflows.lab;

import dev.steward.model.job.Jobs.PredictionRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The computation of a batch of forecasts. Task queue {@code ml}. */
@ActivityInterface
public interface PredictionActivities {
  /** Forecasts all series and keeps the result; done again it begins anew. Heart-beats. */
  @ActivityMethod(name = "PredictionForecast")
  PredictionWorkflow.Outcome forecast(PredictionRef input);
}
