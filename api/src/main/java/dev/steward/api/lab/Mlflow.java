package dev.steward.api.lab;

import dev.steward.api.Access;
import dev.steward.api.Nothing;
import dev.steward.api.Operation;
import dev.steward.api.OperationRow;
import dev.steward.api.Problems;
import dev.steward.api.Reply;
import dev.steward.api.Rule;
import dev.steward.api.Voice;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.Role;
import dev.steward.model.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of MLflow's REST API share (the documented one of MLflow 3: {@code
 * /api/2.0/mlflow}): its paths, errors and pages.
 */
final class Mlflow {
  /** The longest name, the longest text and the longest list of a request. */
  static final int NAME = 1_000;

  static final int TEXT = 20_000;
  static final int MANY = 5_000;
  static final String PREFIX = "/api/2.0/mlflow/";

  private Mlflow() {}

  /** A key with a value; MLflow leaves an empty value out. */
  record Entry(@Rule(max = NAME) String key, @Rule(max = TEXT) @Nullable String value) {}

  /** As the stock client reads refusals. */
  record MlflowError(String errorCode, String message) {}

  private static final Voice VOICE =
      new Voice() {
        @Override
        public Class<?> type() {
          return MlflowError.class;
        }

        @Override
        public Reply say(Problem problem) {
          int status = Problems.status(problem.type());
          return Problems.timed(
              Reply.of(
                  status == 422 || status == 409 ? 400 : status,
                  new MlflowError(code(problem.type()), detail(problem))),
              problem);
        }
      };

  private static String detail(Problem problem) {
    return problem.violations().isEmpty()
        ? problem.detail()
        : problem.violations().stream()
            .map(v -> v.field().isEmpty() ? v.message() : v.field() + " " + v.message())
            .collect(Collectors.joining("; "));
  }

  /** A row at any path of MLflow's. */
  static OperationRow<Nothing, Nothing> at(String method, String path, String summary) {
    return Operation.on(method, path, "lab", Access.roles(Role.CLIENT), "MLflow: " + summary)
        .refuses(404)
        .speaking(VOICE);
  }

  /** A row that changes something. */
  static <B, A> OperationRow<B, A> changes(
      String method, String path, String summary, Class<B> body, Class<A> answer) {
    return at(method, PREFIX + path, summary).takesSome(body).gives(answer);
  }

  /** A POST whose second time changes nothing. */
  static <B, A> OperationRow<B, A> sets(
      String path, String summary, Class<B> body, Class<A> answer) {
    return changes("POST", path, summary, body, answer)
        .repeatable("what it sets or asks for is the same the second time");
  }

  /** A row that reads what its query asks for. */
  static <B, A> OperationRow<B, A> asks(
      String path, String summary, Class<B> query, Class<A> answer) {
    return at("GET", PREFIX + path, summary).asks(query).gives(answer);
  }

  private static String code(Problem.Type type) {
    return switch (type) {
      case NOT_FOUND -> "RESOURCE_DOES_NOT_EXIST";
      case CONFLICT -> "RESOURCE_ALREADY_EXISTS";
      case FORBIDDEN -> "PERMISSION_DENIED";
      case UNAVAILABLE, STORAGE_FULL -> "TEMPORARILY_UNAVAILABLE";
      case INTERNAL -> "INTERNAL_ERROR";
      case MALFORMED,
          UNAUTHENTICATED,
          FORGOTTEN,
          STALE,
          METHOD_NOT_ALLOWED,
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
          TOO_MANY_REQUESTS ->
          "INVALID_PARAMETER_VALUE";
    };
  }

  static List<String> orEmpty(@Nullable List<String> list) {
    return list == null ? List.of() : list;
  }

  static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  static Map<String, String> entries(@Nullable List<Entry> entries) {
    Map<String, String> map = new TreeMap<>();
    if (entries != null) entries.forEach(e -> map.put(e.key(), text(e.value())));
    return map;
  }

  /** The answer that holds a page. */
  interface Paged<V, A> {
    A of(List<V> items, @Nullable String nextPageToken);
  }

  /**
   * A page of what was found; its token holds where it ended, and who was last there, so that it
   * goes on behind it even if others came or went.
   */
  static <T, V, A> A page(
      List<T> found,
      @Nullable Long most,
      int standard,
      @Nullable String token,
      Function<T, String> id,
      Function<T, V> view,
      Paged<V, A> answer) {
    long limit = most == null ? standard : most;
    if (limit < 1 || limit > 50_000) throw invalid("max_results", "must be from 1 to 50000");
    int from = token == null || token.isEmpty() ? 0 : behind(token, found, id);
    int to = (int) Math.min(found.size(), from + limit);
    return answer.of(
        found.subList(from, to).stream().map(view).toList(),
        to < found.size() ? token(to, id.apply(found.get(to - 1))) : null);
  }

  private static String token(int to, String last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((to + ":" + last).getBytes(StandardCharsets.UTF_8));
  }

  private static <T> int behind(String token, List<T> found, Function<T, String> id) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split(":", 2);
      int at = Integer.parseInt(parts[0]);
      if (at < 1 || parts.length < 2) throw new IllegalArgumentException("not ours");
      if (at <= found.size() && id.apply(found.get(at - 1)).equals(parts[1])) return at;
      for (int i = 0; i < found.size(); i++)
        if (id.apply(found.get(i)).equals(parts[1])) return i + 1;
      return Math.min(at, found.size());
    } catch (IllegalArgumentException e) {
      throw invalid("page_token", "is not one of this search");
    }
  }

  static ProblemException invalid(String field, String message) {
    return Problem.invalid(List.of(new Violation(field, message)));
  }
}
