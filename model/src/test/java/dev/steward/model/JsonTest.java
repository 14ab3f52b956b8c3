package dev.steward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows are JSON: what goes in comes out, also of other versions. */
final class JsonTest {
  static List<Class<?>> records() {
    return Records.all().stream()
        // Jobs hold functions; they are a table and no rows.
        .filter(type -> type != dev.steward.model.job.Job.class)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyRecordComesBackAsItWas(Class<?> type) {
    String text = Json.text(new Distinct().make(type));
    assertThat(Json.text(Json.read(bytes(text), type))).isEqualTo(text);
  }

  /** A newer version may have written it. */
  @ParameterizedTest
  @MethodSource("records")
  void aFieldThatNobodyKnowsDoesNoHarm(Class<?> type) throws Exception {
    String text = Json.text(new Distinct().make(type));
    if (!(Json.MAPPER.readTree(text) instanceof ObjectNode object)) return;
    String more = object.put("written_by_a_newer_version", true).toString();
    assertThat(Json.text(Json.read(bytes(more), type))).isEqualTo(text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  @Test
  void namesAreSnakeCaseAndTimesAreIso() {
    JsonNode row =
        Json.MAPPER.valueToTree(
            new Organization(
                new OrganizationId("org_sample0000"),
                "Shop",
                Instant.parse("2026-11-27T08:20:00Z")));
    assertThat(row.path("created_at").asText()).isEqualTo("2026-11-27T08:20:00Z");
  }

  @Test
  void whatIsNoJsonIsSaidToBeNone() {
    assertThatThrownBy(() -> Json.read(bytes("{\"name\":"), Organization.class))
        .isInstanceOf(java.io.UncheckedIOException.class)
        .hasMessageContaining("Organization");
  }

  @Test
  void copiesOfListsAndMapsAreTheRecordsOwn() {
    List<String> mine = new java.util.ArrayList<>(List.of("a"));
    ApprovalGroup group = new ApprovalGroup("g", List.of(), mine, 1);
    mine.add("b");
    assertThat(group.users()).containsExactly("a");
  }
}
