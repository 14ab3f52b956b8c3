package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a sealed secret: {@code sec_} and lower-case letters or digits. */
public record SecretId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SecretId {
    Ids.require("sec", value);
  }

  public static SecretId from(Ids ids) {
    return new SecretId(ids.next("sec"));
  }

  @Override
  public String toString() {
    return value;
  }
}
