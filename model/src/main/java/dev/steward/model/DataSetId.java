package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a data set: {@code dst_} and lower-case letters or digits. */
public record DataSetId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public DataSetId {
    Ids.require("dst", value);
  }

  public static DataSetId from(Ids ids) {
    return new DataSetId(ids.next("dst"));
  }

  @Override
  public String toString() {
    return value;
  }
}
