package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a user: {@code usr_} and lower-case letters or digits. */
public record UserId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public UserId {
    Ids.require("usr", value);
  }

  public static UserId from(Ids ids) {
    return new UserId(ids.next("usr"));
  }

  @Override
  public String toString() {
    return value;
  }
}
