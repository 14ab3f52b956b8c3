package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a batch of forecasts: {@code prd_} and lower-case letters or digits. */
public record PredictionId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PredictionId {
    Ids.require("prd", value);
  }

  public static PredictionId from(Ids ids) {
    return new PredictionId(ids.next("prd"));
  }

  @Override
  public String toString() {
    return value;
  }
}
