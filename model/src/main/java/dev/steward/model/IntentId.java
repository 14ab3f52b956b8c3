package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a stored intent: {@code int_} and lower-case letters or digits. */
public record IntentId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public IntentId {
    Ids.require("int", value);
  }

  public static IntentId from(Ids ids) {
    return new IntentId(ids.next("int"));
  }

  @Override
  public String toString() {
    return value;
  }
}
