package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names an exemption: {@code exm_} and lower-case letters or digits. */
public record ExemptionId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ExemptionId {
    Ids.require("exm", value);
  }

  public static ExemptionId from(Ids ids) {
    return new ExemptionId(ids.next("exm"));
  }

  @Override
  public String toString() {
    return value;
  }
}
