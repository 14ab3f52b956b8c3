package dev.steward.api.lab;

import dev.steward.api.Access;
import dev.steward.api.Nothing;
import dev.steward.api.Operation;
import dev.steward.api.OperationRow;
import dev.steward.api.Problems;
import dev.steward.api.Reply;
import dev.steward.api.Rule;
import dev.steward.api.Voice;
import dev.steward.model.Experiment;
import dev.steward.model.MetricPoint;
import dev.steward.model.ModelVersion;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.RegisteredModel;
import dev.steward.model.Role;
import dev.steward.model.Run;
import dev.steward.model.RunInput;
import dev.steward.model.Violation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of MLflow's REST API share (the documented one of MLflow 3: {@code
 * /api/2.0/mlflow}): its paths, errors, pages and records.
 */
final class Mlflow {
  /** The longest name, the longest text and the longest list of a request. */
  static final int NAME = 1_000;

  static final int TEXT = 20_000;
  static final int MANY = 5_000;
  static final String SCHEME = "mlflow-artifacts:/";
  private static final String PREFIX = "/api/2.0/mlflow/";

  private Mlflow() {}

  /** A key with a value; MLflow leaves an empty value out. */
  record Entry(@Rule(max = NAME) String key, @Rule(max = TEXT) @Nullable String value) {}

  /** The body of an answer. */
  @SuppressWarnings("unchecked") // A map's class does not say of what it is.
  static final Class<Map<String, Object>> OBJECT =
      (Class<Map<String, Object>>) (Class<?>) Map.class;

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
  static <B> OperationRow<B, Map<String, Object>> changes(
      String method, String path, String summary, Class<B> body) {
    return at(method, PREFIX + path, summary).takesSome(body).gives(OBJECT);
  }

  /** The same of a POST whose second time changes nothing. */
  static <B> OperationRow<B, Map<String, Object>> sets(
      String method, String path, String summary, Class<B> body) {
    return changes(method, path, summary, body)
        .repeatable("what it sets or asks for is the same the second time");
  }

  /** A row that answers the same, whatever is sent. */
  static OperationRow<Nothing, Map<String, Object>> reads(
      String method, String path, String summary) {
    return at(method, PREFIX + path, summary).repeatable("it only reads").gives(OBJECT);
  }

  /** A row that reads what its query asks for. */
  static <B> OperationRow<B, Map<String, Object>> asks(
      String path, String summary, Class<B> query) {
    return at("GET", PREFIX + path, summary).asks(query).gives(OBJECT);
  }

  static Map<String, Object> answer(Map<String, ?> fields) {
    return new LinkedHashMap<>(fields);
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

  static Map<String, Object> done() {
    return Map.of();
  }

  static Map<String, String> entries(@Nullable List<Entry> entries) {
    Map<String, String> map = new TreeMap<>();
    if (entries != null) entries.forEach(e -> map.put(e.key(), e.value() == null ? "" : e.value()));
    return map;
  }

  static List<Map<String, String>> list(Map<String, String> entries) {
    List<Map<String, String>> list = new ArrayList<>();
    new TreeMap<>(entries).forEach((key, value) -> list.add(Map.of("key", key, "value", value)));
    return list;
  }

  /**
   * A page of what was found; its token holds where it ended, and who was last there, so that it
   * goes on behind it even if others came or went.
   */
  static <T> Map<String, Object> page(
      String field,
      List<T> found,
      @Nullable Long most,
      int standard,
      @Nullable String token,
      Function<T, String> id,
      Function<T, ?> view) {
    long limit = most == null ? standard : most;
    if (limit < 1 || limit > 50_000) throw invalid("max_results", "must be from 1 to 50000");
    int from = token == null || token.isEmpty() ? 0 : behind(token, found, id);
    int to = (int) Math.min(found.size(), from + limit);
    Map<String, Object> page = new LinkedHashMap<>();
    page.put(field, found.subList(from, to).stream().map(view).toList());
    if (to < found.size())
      page.put(
          "next_page_token",
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(
                  (to + ":" + id.apply(found.get(to - 1))).getBytes(StandardCharsets.UTF_8)));
    return page;
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

  static Map<String, Object> view(Experiment experiment) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("experiment_id", experiment.id().value());
    view.put("name", experiment.name());
    view.put("artifact_location", SCHEME);
    view.put("lifecycle_stage", experiment.deleted() ? "deleted" : "active");
    view.put("creation_time", experiment.createdAt().toEpochMilli());
    view.put("last_update_time", experiment.updatedAt().toEpochMilli());
    view.put("tags", list(experiment.tags()));
    return view;
  }

  static Map<String, Object> info(Run run) {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("run_id", run.id().value());
    info.put("run_uuid", run.id().value());
    info.put("run_name", run.name());
    info.put("experiment_id", run.experiment().value());
    info.put("user_id", run.user());
    info.put("status", run.status().name());
    info.put("start_time", run.startedAt().toEpochMilli());
    if (run.endedAt() != null) info.put("end_time", run.endedAt().toEpochMilli());
    info.put("artifact_uri", SCHEME + run.id());
    info.put("lifecycle_stage", run.deleted() ? "deleted" : "active");
    return info;
  }

  static Map<String, Object> view(Run run, List<RunInput> inputs) {
    List<Map<String, Object>> metrics = new ArrayList<>();
    new TreeMap<>(run.metrics()).forEach((key, point) -> metrics.add(view(key, point)));
    Map<String, String> tags = new TreeMap<>(run.tags());
    tags.putIfAbsent("mlflow.runName", run.name());
    tags.putIfAbsent("mlflow.user", run.user());
    if (run.parent() != null) tags.put("mlflow.parentRunId", run.parent().value());
    return Map.of(
        "info", info(run),
        "data", Map.of("metrics", metrics, "params", list(run.params()), "tags", list(tags)),
        "inputs", Map.of("dataset_inputs", inputs.stream().map(Mlflow::view).toList()));
  }

  private static Map<String, Object> view(RunInput input) {
    return Map.of(
        "tags",
        list(input.tags()),
        "dataset",
        Map.of(
            "name", input.name(),
            "digest", input.digest(),
            "source_type", input.sourceType(),
            "source", input.source(),
            "schema", input.schema(),
            "profile", input.profile()));
  }

  static Map<String, Object> view(String metric, MetricPoint point) {
    return Map.of(
        "key",
        metric,
        // JSON has no numbers that are none; the client reads their names.
        "value",
        Double.isFinite(point.value()) ? point.value() : name(point.value()),
        "timestamp",
        point.at(),
        "step",
        point.step());
  }

  private static Object name(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  }

  static Map<String, Object> view(RegisteredModel model, List<ModelVersion> latest) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", model.name());
    view.put("creation_timestamp", model.createdAt().toEpochMilli());
    view.put("last_updated_timestamp", model.updatedAt().toEpochMilli());
    view.put("description", model.description());
    view.put("latest_versions", latest.stream().map(v -> view(v, model)).toList());
    view.put("tags", list(model.tags()));
    List<Map<String, String>> aliases = new ArrayList<>();
    new TreeMap<>(model.aliases())
        .forEach(
            (alias, version) -> aliases.add(Map.of("alias", alias, "version", version.toString())));
    view.put("aliases", aliases);
    return view;
  }

  static Map<String, Object> view(ModelVersion version, RegisteredModel model) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", version.name());
    view.put("version", String.valueOf(version.version()));
    view.put("creation_timestamp", version.createdAt().toEpochMilli());
    view.put("last_updated_timestamp", version.updatedAt().toEpochMilli());
    view.put("user_id", version.user());
    view.put("current_stage", "None");
    view.put("description", version.description());
    view.put("source", version.source());
    if (version.run() != null) view.put("run_id", version.run().value());
    view.put("status", "READY");
    view.put("tags", list(version.tags()));
    view.put(
        "aliases",
        model.aliases().entrySet().stream()
            .filter(e -> e.getValue() == version.version())
            .map(Map.Entry::getKey)
            .sorted()
            .toList());
    return view;
  }
}
