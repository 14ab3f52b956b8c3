package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a change: {@code chg_} and lower-case letters or digits. */
public record ChangeId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ChangeId {
    Ids.require("chg", value);
  }

  public static ChangeId from(Ids ids) {
    return new ChangeId(ids.next("chg"));
  }

  @Override
  public String toString() {
    return value;
  }
}
