package dev.steward.model;

/**
 * One row of the permission matrix.
 *
 * @param feature what degrades without it, e.g. {@code discovery of rds_instance}
 * @param action the IAM action that was tried
 */
public record Permission(String feature, String action, Grant grant) {
  /** Whether the action was allowed when it was tried. */
  public enum Grant {
    ALLOWED,
    DENIED,
    UNKNOWN
  }
}
