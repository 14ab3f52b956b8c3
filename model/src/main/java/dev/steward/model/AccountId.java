package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a connected AWS account: {@code acc_} and lower-case letters or digits. */
public record AccountId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public AccountId {
    Ids.require("acc", value);
  }

  public static AccountId from(Ids ids) {
    return new AccountId(ids.next("acc"));
  }

  @Override
  public String toString() {
    return value;
  }
}
