package dev.steward.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.model.job.Job;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The OpenAPI 3.1 document, derived from the operation table: what a row does, and no more. */
public final class OpenApi {
  /** What the operations of a group are about. */
  private static final Map<String, String> GROUPS =
      Map.ofEntries(
          Map.entry("auth", "Who somebody is: tokens, passwords, signing keys"),
          Map.entry("client", "What an organization has and what it costs"),
          Map.entry("onboarding", "Connecting AWS accounts, and what is found in them"),
          Map.entry("waste", "What costs money for nothing, why, and what came of it"),
          Map.entry("storage", "Volumes, snapshots, images and buckets"),
          Map.entry("governance", "Changes, their policies, and the record of both"),
          Map.entry("approvals", "What waits for somebody's decision"),
          Map.entry("lab", "Data sets, trainings, models, runs; also as MLflow has them"),
          Map.entry("ai", "Forecasts, anomalies, right sizes, and other predictions"),
          Map.entry("admin", "Running the installation"),
          Map.entry("docs", "This document"));

  private final List<Operation<?, ?>> operations;
  private final Schemas schemas;
  private final PageSchemas pages;
  private final Map<String, Operation<?, ?>> reads;

  private OpenApi(List<Operation<?, ?>> operations) {
    this.operations = List.copyOf(operations);
    this.schemas = new Schemas(operations);
    this.pages = new PageSchemas(schemas);
    this.reads = Operation.reads(operations);
  }

  /** Writes the document. */
  public static ObjectNode document(List<Operation<?, ?>> operations) {
    return new OpenApi(operations).document();
  }

  private ObjectNode document() {
    ObjectNode document = HttpJson.MAPPER.createObjectNode();
    document.put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Steward")
        .put("version", "0.1.0")
        .put("description", "Every path also answers under /api/v1.")
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("identifier", "Apache-2.0");
    document.putArray("servers").addObject().put("url", "/");
    ArrayNode tags = document.putArray("tags");
    operations.stream()
        .map(Operation::group)
        .distinct()
        .forEach(group -> {
          ObjectNode tag = tags.addObject().put("name", group);
          String words = GROUPS.get(group);
          if (words != null) tag.put("description", words);
        });
    ObjectNode paths = document.putObject("paths");
    for (Operation<?, ?> operation : operations)
      paths
          .withObjectProperty(operation.path().replace("{+", "{"))
          .set(operation.method().toLowerCase(Locale.ROOT), describe(operation));
    ObjectNode components = document.putObject("components");
    components
        .putObject("securitySchemes")
        .putObject("bearer")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("bearerFormat", "JWT")
        .put("description", "The access_token of a log-in; it holds for a day");
    ObjectNode problem = schemas.of(Problems.Body.class);
    ObjectNode all = components.putObject("schemas");
    all.setAll(schemas.all());
    all.set("Problem", problem);
    pages.addTo(all);
    Examples.addTo(document);
    return document;
  }

  private ObjectNode describe(Operation<?, ?> operation) {
    ObjectNode node = HttpJson.MAPPER.createObjectNode();
    node.put("operationId", name(operation)).put("summary", operation.summary());
    String words = words(operation);
    if (!words.isEmpty()) node.put("description", words);
    node.putArray("tags").add(operation.group());
    parameters(operation, node.putArray("parameters"));
    body(operation, node);
    responses(operation, node.putObject("responses"));
    ArrayNode security = node.putArray("security");
    if (!(operation.access() instanceof Access.Open)) security.addObject().putArray("bearer");
    return node;
  }

  private static String words(Operation<?, ?> operation) {
    List<String> words = new ArrayList<>();
    if (operation.access() instanceof Access.Roles roles)
      words.add(
          "Needs one of the roles "
              + roles.roles().stream().map(HttpJson::name).sorted().toList()
              + ".");
    Job<?> job = operation.promise().job();
    if (job != null)
      words.add("Starts or joins the workflow " + job.type() + ": 200 when it is over in time.");
    String twice = operation.promise().repeatable();
    if (twice != null) words.add("Takes no Idempotency-Key: " + twice + ".");
    return String.join(" ", words);
  }

  private void parameters(Operation<?, ?> operation, ArrayNode parameters) {
    for (String name : operation.parameters()) text(parameters, name, "path").put("required", true);
    if (operation.takes() instanceof Takes.Asked<?> asked) asked(asked.type(), parameters);
    else operation.query().forEach(parameter -> parameters.add(parameter.described()));
    if (operation.promise().keyed()) {
      ObjectNode key =
          text(parameters, Once.HEADER, "header")
              .put(
                  "description",
                  "the same key with the same request is answered as before, for"
                      + " keep.idempotency-hours at least (24 unless the operator says otherwise)");
      key.withObjectProperty("schema").put("minLength", 1).put("maxLength", Once.LONGEST);
    }
    if (operation.promise().job() != null)
      text(parameters, "Prefer", "header")
          .put(
              "description",
              "wait=SECONDS waits for the work to be over, " + Request.LONGEST_WAIT + " at most");
    if (isNamed(operation))
      text(parameters, Precondition.NONE, "header")
          .put("description", "the ETag of what one has: 304 without a body if it is still that");
    if (isConditional(operation))
      text(parameters, Precondition.MATCH, "header")
          .put("description", "the ETag of what one has read: 412 if it is no longer that");
  }

  /** Whether its answers have an ETag. */
  private static boolean isNamed(Operation<?, ?> operation) {
    return operation.method().equals("GET") && !operation.promise().secret();
  }

  /** Whether it may be made to depend on what was read before. */
  private boolean isConditional(Operation<?, ?> operation) {
    return operation.promise().conditional() && reads.containsKey(operation.path());
  }

  private void asked(Class<?> type, ArrayNode parameters) {
    for (RecordComponent component : type.getRecordComponents()) {
      ObjectNode parameter =
          parameters.addObject().put("name", Binder.jsonName(component)).put("in", "query");
      if (isNeeded(component)) parameter.put("required", true);
      parameter.set("schema", schemas.of(component.getGenericType()));
    }
  }

  private static boolean isNeeded(RecordComponent component) {
    return !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static ObjectNode text(ArrayNode parameters, String name, String in) {
    ObjectNode parameter = parameters.addObject().put("name", name).put("in", in);
    parameter.putObject("schema").put("type", "string");
    return parameter;
  }

  private void body(Operation<?, ?> operation, ObjectNode node) {
    switch (operation.takes()) {
      case Takes.Json<?> json -> {
        ObjectNode content = node.putObject("requestBody");
        if (Stream.of(json.type().getRecordComponents()).anyMatch(OpenApi::isNeeded))
          content.put("required", true);
        content.putObject("content").putObject(Reply.JSON).set("schema", schemas.of(json.type()));
      }
      case Takes.Bytes bytes -> {
        ObjectNode content =
            node.putObject("requestBody").put("required", true).putObject("content");
        List<String> types =
            bytes.mediaTypes().isEmpty() ? List.of("application/octet-stream") : bytes.mediaTypes();
        types.forEach(type -> content.putObject(type).putObject("schema"));
      }
      case Takes.None none -> {}
      case Takes.Asked<?> asked -> {}
    }
  }

  private void responses(Operation<?, ?> operation, ObjectNode responses) {
    for (int status : operation.promise().statuses()) {
      ObjectNode response =
          responses
              .putObject(Integer.toString(status))
              .put(
                  "description", status == 202 ? "Accepted; it is under way" : operation.summary());
      if (operation.promise().located() != null && status != 200) header(response, "Location");
      if (isNamed(operation) && status == 200) header(response, EntityTag.HEADER);
      content(operation, response);
    }
    if (isNamed(operation))
      responses.putObject("304").put("description", "It is what If-None-Match says");
    Set<Integer> problems = problems(operation);
    if (isConditional(operation)) problems.add(412);
    for (int status : problems) problem(operation, responses.putObject(Integer.toString(status)));
    problem(operation, responses.putObject("default"));
  }

  private static void header(ObjectNode response, String name) {
    response
        .withObjectProperty("headers")
        .putObject(name)
        .putObject("schema")
        .put("type", "string");
  }

  /** Its own, and those that follow from what it takes and who may call it. */
  static Set<Integer> problems(Operation<?, ?> operation) {
    Set<Integer> problems = new TreeSet<>(operation.promise().problems());
    switch (operation.access()) {
      case Access.Open open -> {}
      case Access.Any any -> problems.add(401);
      case Access.Roles roles -> problems.addAll(List.of(401, 403));
    }
    boolean voiced = operation.promise().voice() != null;
    switch (operation.takes()) {
      case Takes.Json<?> json -> problems.addAll(List.of(400, 413, 415, voiced ? 400 : 422));
      case Takes.Bytes bytes -> problems.addAll(List.of(413, 415));
      case Takes.Asked<?> asked -> problems.add(voiced ? 400 : 422);
      case Takes.None none -> {}
    }
    if (!voiced && !(operation.takes() instanceof Takes.Asked<?>)) problems.add(422);
    if (operation.promise().keyed()) problems.addAll(List.of(voiced ? 400 : 409, 429));
    problems.removeAll(operation.promise().statuses());
    return problems;
  }

  private void content(Operation<?, ?> operation, ObjectNode response) {
    switch (operation.gives()) {
      case Gives.None none -> {}
      case Gives.One<?> one -> json(response).set("schema", schemas.of(one.type()));
      case Gives.Many<?> many ->
          json(response)
              .putObject("schema")
              .put("type", "array")
              .set("items", schemas.of(many.item()));
      case Gives.Page<?> page -> {
        json(response)
            .putObject("schema")
            .put("$ref", "#/components/schemas/" + pages.name(page.item()));
        if (page.csv()) file(response, "text/csv");
      }
      case Gives.File file -> file.mediaTypes().forEach(type -> file(response, type));
    }
  }

  private static ObjectNode json(ObjectNode response) {
    return response.withObjectProperty("content").putObject(Reply.JSON);
  }

  private static void file(ObjectNode response, String type) {
    ObjectNode schema = response.withObjectProperty("content").putObject(type).putObject("schema");
    if (type.startsWith("text/") || type.endsWith("yaml")) schema.put("type", "string");
    if (type.equals(Reply.JSON)) schema.put("type", "object");
  }

  private void problem(Operation<?, ?> operation, ObjectNode response) {
    ObjectNode content = response.put("description", "A problem").putObject("content");
    Voice voice = operation.promise().voice();
    if (voice != null) content.putObject(Reply.JSON).set("schema", schemas.of(voice.type()));
    content
        .putObject(Problems.CONTENT_TYPE)
        .putObject("schema")
        .put("$ref", "#/components/schemas/Problem");
  }

  static String name(Operation<?, ?> operation) {
    String words =
        (operation.method().toLowerCase(Locale.ROOT) + operation.path())
            .replaceAll("[^A-Za-z0-9]+", "_");
    return words.endsWith("_") ? words.substring(0, words.length() - 1) : words;
  }
}
