package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names an approval: {@code apr_} and lower-case letters or digits. */
public record ApprovalId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ApprovalId {
    Ids.require("apr", value);
  }

  public static ApprovalId from(Ids ids) {
    return new ApprovalId(ids.next("apr"));
  }

  @Override
  public String toString() {
    return value;
  }
}
