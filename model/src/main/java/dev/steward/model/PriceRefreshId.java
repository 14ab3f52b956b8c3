package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a refresh of the prices: {@code prf_} and lower-case letters or digits. */
public record PriceRefreshId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PriceRefreshId {
    Ids.require("prf", value);
  }

  public static PriceRefreshId from(Ids ids) {
    return new PriceRefreshId(ids.next("prf"));
  }

  @Override
  public String toString() {
    return value;
  }
}
