package dev.steward.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong, free of any transport. {@code detail} is for the caller and holds no
 * internals.
 *
 * @param after when trying again may help; null where the type says all
 */
public record Problem(
    Type type, String detail, List<Violation> violations, @Nullable Duration after) {
  /** The closed set; docs/errors.md says what each reader does about it. */
  public enum Type {
    MALFORMED,
    UNAUTHENTICATED,
    FORBIDDEN,
    NOT_FOUND,
    FORGOTTEN,
    STALE,
    METHOD_NOT_ALLOWED,
    CONFLICT,
    ALREADY_CONNECTED,
    ALREADY_DECIDED,
    APPROVAL_EXPIRED,
    PLAN_CHANGED,
    REPEATED_DECISION,
    OWN_REQUEST,
    NOT_ASKED,
    REFUSED_BY_POLICY,
    TOO_LARGE,
    TOO_SLOW,
    UNSUPPORTED_MEDIA,
    INVALID,
    CREDENTIALS_REFUSED,
    TOO_MANY_REQUESTS,
    UNAVAILABLE,
    STORAGE_FULL,
    INTERNAL
  }

  public Problem {
    violations = List.copyOf(violations);
  }

  public Problem(Type type, String detail, List<Violation> violations) {
    this(type, detail, violations, null);
  }

  /** Not now, but in a while. */
  public static ProblemException later(Type type, String detail, Duration after) {
    return new ProblemException(new Problem(type, detail, List.of(), after));
  }

  public static ProblemException notFound(String what) {
    return of(Type.NOT_FOUND, "there is no such " + what);
  }

  public static ProblemException invalid(List<Violation> violations) {
    String first =
        violations.isEmpty()
            ? ""
            : violations.getFirst().field() + " " + violations.getFirst().message();
    String more = violations.size() > 1 ? " (and " + (violations.size() - 1) + " more)" : "";
    return new ProblemException(new Problem(Type.INVALID, first + more, violations));
  }

  /** A problem with every reason for it. */
  public static ProblemException with(Type type, String detail, List<Violation> reasons) {
    return new ProblemException(new Problem(type, detail, reasons));
  }

  public static ProblemException of(Type type, String detail) {
    return new ProblemException(new Problem(type, detail, List.of()));
  }
}
