package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a waste scan: {@code scn_} and lower-case letters or digits. */
public record ScanId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ScanId {
    Ids.require("scn", value);
  }

  public static ScanId from(Ids ids) {
    return new ScanId(ids.next("scn"));
  }

  @Override
  public String toString() {
    return value;
  }
}
