package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a promotion: {@code prm_} and lower-case letters or digits. */
public record PromotionId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PromotionId {
    Ids.require("prm", value);
  }

  public static PromotionId from(Ids ids) {
    return new PromotionId(ids.next("prm"));
  }

  @Override
  public String toString() {
    return value;
  }
}
