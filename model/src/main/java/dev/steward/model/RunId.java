package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a run: {@code run_} and lower-case letters or digits. */
public record RunId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RunId {
    Ids.require("run", value);
  }

  public static RunId from(Ids ids) {
    return new RunId(ids.next("run"));
  }

  @Override
  public String toString() {
    return value;
  }
}
