package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a policy: {@code pol_} and lower-case letters or digits. */
public record PolicyId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PolicyId {
    Ids.require("pol", value);
  }

  public static PolicyId from(Ids ids) {
    return new PolicyId(ids.next("pol"));
  }

  @Override
  public String toString() {
    return value;
  }
}
