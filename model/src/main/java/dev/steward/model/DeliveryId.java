package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a delivery of a notification: {@code dlv_} and lower-case letters or digits. */
public record DeliveryId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public DeliveryId {
    Ids.require("dlv", value);
  }

  public static DeliveryId from(Ids ids) {
    return new DeliveryId(ids.next("dlv"));
  }

  @Override
  public String toString() {
    return value;
  }
}
