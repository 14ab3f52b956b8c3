package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a discovery run: {@code dsc_} and lower-case letters or digits. */
public record DiscoveryId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public DiscoveryId {
    Ids.require("dsc", value);
  }

  public static DiscoveryId from(Ids ids) {
    return new DiscoveryId(ids.next("dsc"));
  }

  @Override
  public String toString() {
    return value;
  }
}
