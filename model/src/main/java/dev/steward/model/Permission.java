package dev.steward.model;

/**
 * One row of the permission matrix.
 *
 * @param feature what degrades without it, e.g. {@code discovery of rds_instance}
 * @param action the IAM action
 */
public record Permission(String feature, String action, Grant grant) {
  /** Whether the action was allowed when it was tried. */
  public enum Grant {
    ALLOWED,
    DENIED,
    /** It was tried, and AWS did not say. */
    UNKNOWN,
    /** Nothing could try it without changing something; the template says what is granted. */
    NOT_PROBED;

    /** Whether the feature may lack something. */
    public boolean degrades() {
      return switch (this) {
        case DENIED, UNKNOWN -> true;
        case ALLOWED, NOT_PROBED -> false;
      };
    }
  }
}
