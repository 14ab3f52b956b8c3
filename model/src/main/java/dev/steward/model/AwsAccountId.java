package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An AWS account's own number: 12 digits. */
public record AwsAccountId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public AwsAccountId {
    if (!isOne(value)) throw new IllegalArgumentException("an AWS account id has 12 digits");
  }

  public static boolean isOne(String value) {
    return value.length() == 12 && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    return value;
  }
}
