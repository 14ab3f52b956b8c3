package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names an experiment: {@code exp_} and lower-case letters or digits. */
public record ExperimentId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ExperimentId {
    Ids.require("exp", value);
  }

  public static ExperimentId from(Ids ids) {
    return new ExperimentId(ids.next("exp"));
  }

  @Override
  public String toString() {
    return value;
  }
}
