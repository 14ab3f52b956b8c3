package dev.steward.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import dev.steward.model.Money;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The OpenAPI 3.1 document, derived from the operation table. */
public final class OpenApi {
  private static final Pattern PARAMETER = Pattern.compile("\\{\\+?(\\w+)}");
  private final SchemaGenerator schemas = generator();

  /** Writes the document. */
  public ObjectNode document(List<Operation> operations) {
    ObjectNode document = HttpJson.MAPPER.createObjectNode();
    document.put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Steward")
        .put("version", "0.1.0")
        .put("description", "Every path also answers under /api/v1.");
    ObjectNode components = document.putObject("components");
    components
        .putObject("securitySchemes")
        .putObject("bearer")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("bearerFormat", "JWT");
    components.putObject("schemas").set("Problem", schema(Problems.Body.class));
    ObjectNode paths = document.putObject("paths");
    for (Operation operation : operations) {
      ObjectNode path = paths.withObjectProperty(operation.path().replace("{+", "{"));
      path.set(operation.method().toLowerCase(Locale.ROOT), describe(operation));
    }
    return document;
  }

  private ObjectNode describe(Operation operation) {
    ObjectNode node = HttpJson.MAPPER.createObjectNode();
    node.put("operationId", name(operation)).put("summary", operation.summary());
    node.putArray("tags").add(operation.group());
    parameters(operation, node.putArray("parameters"));
    Class<?> body = operation.body();
    if (body != null) {
      ObjectNode request = node.putObject("requestBody");
      request.putObject("content").putObject("application/json").set("schema", schema(body));
    }
    ObjectNode responses = node.putObject("responses");
    for (int status : operation.statuses()) {
      ObjectNode response =
          responses
              .putObject(Integer.toString(status))
              .put("description", status < 300 ? operation.summary() : "A problem");
      if (status < 300) content(operation, response);
      else problem(response);
    }
    problem(responses.putObject("default").put("description", "A problem"));
    switch (operation.access()) {
      case Access.Open open -> node.putArray("security");
      case Access.Any any -> node.putArray("security").addObject().putArray("bearer");
      case Access.Roles roles -> {
        node.putArray("security").addObject().putArray("bearer");
        node.put(
            "description",
            "Needs one of the roles "
                + roles.roles().stream()
                    .map(r -> r.name().toLowerCase(Locale.ROOT))
                    .sorted()
                    .toList());
      }
    }
    return node;
  }

  private static void parameters(Operation operation, ArrayNode parameters) {
    Matcher inPath = PARAMETER.matcher(operation.path());
    while (inPath.find()) parameter(parameters, inPath.group(1), "path").put("required", true);
    for (String name : operation.query()) parameter(parameters, name, "query");
    if (operation.method().equals("POST") && !(operation.access() instanceof Access.Open)) {
      parameter(parameters, "Idempotency-Key", "header")
          .put(
              "description",
              "the same key with the same body is answered as before, for keep.idempotency-hours at"
                  + " least (24 unless the operator says otherwise)");
      parameter(parameters, "Prefer", "header")
          .put("description", "wait=SECONDS waits for work to finish");
    }
  }

  private static ObjectNode parameter(ArrayNode parameters, String name, String in) {
    ObjectNode parameter = parameters.addObject().put("name", name).put("in", in);
    parameter.putObject("schema").put("type", "string");
    return parameter;
  }

  private void content(Operation operation, ObjectNode response) {
    Class<?> answer = operation.answer();
    if (answer == null) return;
    ObjectNode content = response.putObject("content");
    switch (operation.shape()) {
      case ONE -> content.putObject("application/json").set("schema", schema(answer));
      case ARRAY -> {
        ObjectNode array =
            content.putObject("application/json").putObject("schema").put("type", "array");
        array.set("items", schema(answer));
      }
      case PAGE -> {
        ObjectNode properties =
            content
                .putObject("application/json")
                .putObject("schema")
                .put("type", "object")
                .putObject("properties");
        properties.putObject("items").put("type", "array").set("items", schema(answer));
        properties.putObject("next").putArray("type").add("string").add("null");
      }
      case TEXT -> content.putObject("text/plain").putObject("schema").put("type", "string");
    }
  }

  private static void problem(ObjectNode response) {
    response
        .putObject("content")
        .putObject(Problems.CONTENT_TYPE)
        .putObject("schema")
        .put("$ref", "#/components/schemas/Problem");
  }

  private ObjectNode schema(Class<?> type) {
    ObjectNode schema = schemas.generateSchema(type);
    schema.remove("$schema");
    return schema;
  }

  static String name(Operation operation) {
    String words =
        (operation.method().toLowerCase(Locale.ROOT) + operation.path())
            .replaceAll("[^A-Za-z0-9]+", "_");
    return words.endsWith("_") ? words.substring(0, words.length() - 1) : words;
  }

  private static SchemaGenerator generator() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(
            HttpJson.MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON);
    config.with(
        Option.INLINE_ALL_SCHEMAS,
        Option.FLATTENED_ENUMS,
        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
    config.without(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
    config
        .forFields()
        .withPropertyNameOverrideResolver(
            field -> PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(field.getName()))
        .withRequiredCheck(field -> !isNullable(field))
        .withNullableCheck(OpenApi::isNullable);
    config
        .forTypesInGeneral()
        .withCustomDefinitionProvider((type, context) -> {
          if (type.getErasedType() == Money.class)
            return new com.github.victools.jsonschema.generator.CustomDefinition(
                context
                    .getGeneratorConfig()
                    .createObjectNode()
                    .put("type", "number")
                    .put("description", "US dollars"),
                true);
          if (type.getErasedType() == java.time.Instant.class)
            return new com.github.victools.jsonschema.generator.CustomDefinition(
                context
                    .getGeneratorConfig()
                    .createObjectNode()
                    .put("type", "string")
                    .put("format", "date-time"),
                true);
          if (type.getErasedType() == java.time.LocalDate.class)
            return new com.github.victools.jsonschema.generator.CustomDefinition(
                context
                    .getGeneratorConfig()
                    .createObjectNode()
                    .put("type", "string")
                    .put("format", "date"),
                true);
          if (type.getErasedType().isEnum()) {
            ObjectNode constants =
                context.getGeneratorConfig().createObjectNode().put("type", "string");
            ArrayNode names = constants.putArray("enum");
            for (Object constant : type.getErasedType().getEnumConstants())
              names.add(constant.toString().toLowerCase(Locale.ROOT));
            return new com.github.victools.jsonschema.generator.CustomDefinition(constants, true);
          }
          return null;
        });
    return new SchemaGenerator(config.build());
  }

  private static boolean isNullable(FieldScope field) {
    return Arrays.stream(field.getRawMember().getAnnotatedType().getAnnotations())
        .anyMatch(a -> a.annotationType() == Nullable.class);
  }
}
