package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names an organization (tenant): {@code org_} and lower-case letters or digits. */
public record OrganizationId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OrganizationId {
    Ids.require("org", value);
  }

  public static OrganizationId from(Ids ids) {
    return new OrganizationId(ids.next("org"));
  }

  @Override
  public String toString() {
    return value;
  }
}
