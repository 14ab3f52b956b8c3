package dev.steward.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.steward.model.Json;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An answer that the document does not tell fails the test that got it, and says why. */
final class ContractTest {
  private static final String DOCUMENT =
      """
      {"paths": {
        "/things/{id}": {"get": {"responses": {
          "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
          "404": {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}},
          "default": {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}}},
          "delete": {"responses": {"204": {}}}},
        "/things/all": {"get": {"responses": {
          "200": {"content": {"text/csv": {"schema": {"type": "string"}}}}}}},
        "/api/files/{path}": {"get": {"responses": {
          "200": {"content": {"text/plain": {}}}}}}},
       "components": {"schemas": {
         "Thing": {"type": "object", "required": ["id", "at"], "properties": {
           "id": {"type": "string"}, "at": {"type": "string", "format": "date-time"},
           "part": {"anyOf": [{"type": "null"}, {"$ref": "#/components/schemas/Part"}]}}},
         "Part": {"type": "object", "properties": {"n": {"type": "integer"}}},
         "Problem": {"type": "object", "required": ["status"], "properties": {"status": {"type": "integer"}}}}}}
      """;

  private static final String TIME = "2026-01-31T12:00:00Z";

  private final Contract contract;

  ContractTest() throws JsonProcessingException {
    contract = new Contract(Json.MAPPER.readTree(DOCUMENT));
  }

  private void hold(String method, String path, int status, String type, String body) {
    Map<String, List<String>> headers =
        type.isEmpty() ? Map.of() : Map.of("Content-Type", List.of(type));
    contract.hold(
        method,
        path,
        new ApiClient.Answer(status, body, HttpHeaders.of(headers, (name, value) -> true)));
  }

  private void keeps(String method, String path, int status, String type, String body) {
    assertThatCode(() -> hold(method, path, status, type, body)).doesNotThrowAnyException();
  }

  private void breaks(
      String why, String method, String path, int status, String type, String body) {
    assertThatThrownBy(() -> hold(method, path, status, type, body))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(method + " " + path + " answered " + status)
        .hasMessageContaining(why);
  }

  private void thing(String why, String body) {
    breaks(why, "GET", "/things/1", 200, "application/json", body);
  }

  @Test
  void whatIsToldIsLetBe() {
    String thing = "{\"id\":\"x\",\"at\":\"" + TIME + "\",\"part\":{\"n\":1}}";
    keeps("GET", "/things/1?a=b", 200, "application/json; charset=utf-8", thing);
    keeps("GET", "/api/v1/things/1", 200, "application/json", thing);
    keeps("GET", "/things/all", 200, "text/csv", "a,b");
    keeps("GET", "/things/all/?a=b", 200, "text/csv", "a,b");
    keeps("GET", "/api/v1/files/a/b", 200, "text/plain", "a");
    keeps("DELETE", "/things/1", 204, "", "");
    keeps("GET", "/things/1", 404, "application/problem+json", "{\"status\":404}");
    keeps("GET", "/things/1", 503, "application/problem+json", "{\"status\":503}");
    keeps("GET", "/nothing", 404, "application/problem+json", "{}");
  }

  @Test
  void whatIsNotToldIsNamed() {
    thing("other", "{\"id\":\"x\",\"at\":\"" + TIME + "\",\"other\":1}");
    thing("'id'", "{\"at\":\"" + TIME + "\"}");
    thing("/at", "{\"id\":\"x\",\"at\":\"yesterday\"}");
    thing("/part", "{\"id\":\"x\",\"at\":\"" + TIME + "\",\"part\":{\"n\":1,\"m\":2}}");
    thing("/id", "{\"id\":1,\"at\":\"" + TIME + "\"}");
    breaks("[200, 404, default]", "GET", "/things/1", 409, "application/problem+json", "{}");
    breaks("'status'", "GET", "/things/1", 404, "application/problem+json", "{}");
    breaks("[application/json]", "GET", "/things/1", 200, "text/html", "x");
    breaks("[text/csv]", "GET", "/things/all", 200, "application/json", "{}");
    breaks("content types there are []", "DELETE", "/things/1", 204, "text/plain", "gone");
    breaks("no such operation", "GET", "/nothing", 200, "application/json", "{}");
  }
}
