package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names an onboarding: {@code onb_} and lower-case letters or digits. */
public record OnboardingId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OnboardingId {
    Ids.require("onb", value);
  }

  public static OnboardingId from(Ids ids) {
    return new OnboardingId(ids.next("onb"));
  }

  @Override
  public String toString() {
    return value;
  }
}
