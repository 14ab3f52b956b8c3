package dev.steward.model;

import java.time.Instant;

/**
 * A kill switch: while it is on no step of any change begins.
 *
 * @param scope an organization's id, or {@link #INSTALLATION}
 */
public record Switch(String scope, boolean on, String reason, String by, Instant at) {
  public static final String INSTALLATION = "installation";
}
