package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.steward.model.Json;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every body and answer of the document has an example, and it is one. */
@SuppressWarnings("NullAway.Init")
final class ExamplesTest {
  private static final String AT = "https://document.invalid/openapi.json";

  private static WithoutTemporal platform;
  private static JsonNode document;

  @BeforeAll
  static void start() {
    platform = new WithoutTemporal();
    document = platform.anybody.get("/openapi.json").ok();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void everyBodyAndAnswerHasOneThatItsSchemaTakes() {
    int examples = 0;
    ObjectNode all = Json.MAPPER.createObjectNode();
    ObjectNode schemas = all.putObject("$defs");
    schemas.setAll((ObjectNode) document.at("/components/schemas"));
    ObjectNode given = Json.MAPPER.createObjectNode();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties())
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        String what = operation.getKey() + " " + path.getKey() + " ";
        collect(what + "body", operation.getValue().path("requestBody"), schemas, given);
        for (Map.Entry<String, JsonNode> response :
            operation.getValue().path("responses").properties())
          if (response.getKey().startsWith("2"))
            collect(what + response.getKey(), response.getValue(), schemas, given);
      }
    String text = Json.text(all).replace("\"#/components/schemas/", "\"#/$defs/");
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, made -> made.schemas(Map.of(AT, text)));
    for (Map.Entry<String, JsonNode> example : given.properties()) {
      String name = example.getKey().replaceAll("\\W", "_");
      assertThat(
              registry
                  .getSchema(SchemaLocation.of(AT + "#/$defs/" + name))
                  .validate(
                      example.getValue(),
                      context ->
                          context.executionConfig(config -> config.formatAssertionsEnabled(true))))
          .as("%s: %s", example.getKey(), example.getValue())
          .isEmpty();
      examples++;
    }
    assertThat(examples).isGreaterThan(150);
  }

  private static void collect(String what, JsonNode holder, ObjectNode schemas, ObjectNode given) {
    JsonNode json = holder.at("/content/application~1json");
    if (json.path("schema").isEmpty()) return;
    assertThat(json.has("example")).as(what).isTrue();
    schemas.set(what.replaceAll("\\W", "_"), json.path("schema"));
    given.set(what, json.path("example"));
  }

  @Test
  void theySayWhatAUserWouldSend() {
    JsonNode plan = body("/onboarding/connect/credentials");
    assertThat(plan.path("access_key_id").asText()).isEqualTo("AKIAIOSFODNN7EXAMPLE");
    assertThat(plan.path("region").asText()).isEqualTo("eu-central-1");
    assertThat(body("/api/auth/login").path("username").asText()).isEqualTo("ann");
    assertThat(document.toString().length()).isLessThan(1_500_000);
  }

  private static JsonNode body(String path) {
    return document
        .path("paths")
        .path(path)
        .at("/post/requestBody/content/application~1json/example");
  }
}
