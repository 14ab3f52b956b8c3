package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a finding: {@code fnd_} and lower-case letters or digits. */
public record FindingId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public FindingId {
    Ids.require("fnd", value);
  }

  public static FindingId from(Ids ids) {
    return new FindingId(ids.next("fnd"));
  }

  @Override
  public String toString() {
    return value;
  }
}
