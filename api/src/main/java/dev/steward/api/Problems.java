package dev.steward.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one place where a problem becomes HTTP (RFC 9457). */
public final class Problems {
  public static final String CONTENT_TYPE = "application/problem+json";

  private static final String RETRY = "Retry-After";
  private static final Duration SOON = Duration.ofSeconds(5);

  /** When to try again where nobody knows better, as a header says it. */
  public static final String SOON_SECONDS = String.valueOf(SOON.toSeconds());

  private static final Duration A_WHILE = Duration.ofMinutes(1);

  /** The body of every error. */
  public record Body(
      String type,
      String title,
      int status,
      String detail,
      String instance,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String traceId,
      List<Violation> violations) {}

  private Problems() {}

  public static Reply reply(Problem problem, String instance) {
    return reply(problem, instance, null);
  }

  /**
   * @param instance the request's id
   * @param trace that it is part of, if it said so
   */
  public static Reply reply(Problem problem, String instance, @Nullable String trace) {
    int status = status(problem.type());
    Body body =
        new Body(
            type(problem.type()),
            title(problem.type()),
            status,
            problem.detail(),
            instance,
            trace,
            problem.violations());
    Reply reply = new Reply(status, CONTENT_TYPE, HttpJson.bytes(body), Map.of());
    if (problem.type() == Problem.Type.UNAUTHENTICATED)
      return reply.with("WWW-Authenticate", "Bearer");
    return timed(reply, problem);
  }

  /** The answer with when to try again, where that may help. */
  public static Reply timed(Reply reply, Problem problem) {
    return after(problem)
        .map(wait -> reply.with(RETRY, String.valueOf(seconds(wait))))
        .orElse(reply);
  }

  /** The same where nobody has said when. */
  public static Reply timed(Reply reply) {
    if (reply.headers().containsKey(RETRY)) return reply;
    return after(reply.status())
        .map(wait -> reply.with(RETRY, String.valueOf(seconds(wait))))
        .orElse(reply);
  }

  private static Optional<Duration> after(Problem problem) {
    return problem.after() != null ? Optional.of(problem.after()) : after(status(problem.type()));
  }

  private static Optional<Duration> after(int status) {
    return switch (status) {
      case 429 -> Optional.of(A_WHILE);
      case 503 -> Optional.of(SOON);
      default -> Optional.empty();
    };
  }

  private static long seconds(Duration wait) {
    return Math.max(1, Math.ceilDiv(wait.toMillis(), 1_000));
  }

  public static String type(Problem.Type type) {
    return "urn:steward:problem:" + HttpJson.name(type).replace('_', '-');
  }

  public static int status(Problem.Type type) {
    return switch (type) {
      case MALFORMED -> 400;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN, OWN_REQUEST, NOT_ASKED -> 403;
      case NOT_FOUND -> 404;
      case FORGOTTEN -> 410;
      case STALE -> 412;
      case METHOD_NOT_ALLOWED -> 405;
      case CONFLICT,
          ALREADY_CONNECTED,
          ALREADY_DECIDED,
          APPROVAL_EXPIRED,
          PLAN_CHANGED,
          REPEATED_DECISION,
          REFUSED_BY_POLICY ->
          409;
      case TOO_LARGE -> 413;
      case TOO_SLOW -> 408;
      case UNSUPPORTED_MEDIA -> 415;
      case INVALID, CREDENTIALS_REFUSED -> 422;
      case TOO_MANY_REQUESTS -> 429;
      case INTERNAL -> 500;
      case UNAVAILABLE -> 503;
      case STORAGE_FULL -> 507;
    };
  }

  public static String title(Problem.Type type) {
    return switch (type) {
      case MALFORMED -> "The request cannot be read";
      case UNAUTHENTICATED -> "Authentication is needed";
      case FORBIDDEN -> "Not allowed";
      case NOT_FOUND -> "Not found";
      case FORGOTTEN -> "No longer kept";
      case STALE -> "It is no longer as it was read";
      case METHOD_NOT_ALLOWED -> "The path does not take this method";
      case CONFLICT -> "In conflict with the present state";
      case ALREADY_CONNECTED -> "The AWS account is already connected";
      case ALREADY_DECIDED -> "Somebody has decided already";
      case APPROVAL_EXPIRED -> "The time to decide is over";
      case PLAN_CHANGED -> "The decision names another plan";
      case REPEATED_DECISION -> "Nobody decides twice";
      case OWN_REQUEST -> "Nobody decides about their own request";
      case NOT_ASKED -> "You are not among those who are asked";
      case REFUSED_BY_POLICY -> "A policy does not allow it";
      case TOO_LARGE -> "The request is too large";
      case TOO_SLOW -> "The request came too slowly";
      case UNSUPPORTED_MEDIA -> "The content type is not supported";
      case INVALID -> "The request is not valid";
      case CREDENTIALS_REFUSED -> "AWS refused the credentials";
      case TOO_MANY_REQUESTS -> "Too many requests";
      case INTERNAL -> "Something went wrong on our side";
      case UNAVAILABLE -> "Not available at the moment";
      case STORAGE_FULL -> "The disk is full";
    };
  }
}
