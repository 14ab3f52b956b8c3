package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a notification target: {@code tgt_} and lower-case letters or digits. */
public record TargetId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TargetId {
    Ids.require("tgt", value);
  }

  public static TargetId from(Ids ids) {
    return new TargetId(ids.next("tgt"));
  }

  @Override
  public String toString() {
    return value;
  }
}
