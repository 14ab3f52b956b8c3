package dev.steward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class FactTest {
  private record Row(Map<String, Fact> facts) {}

  private static String written(Object value) {
    return Json.text(Map.of("facts", Map.of("f", Fact.of(value))));
  }

  private static Fact read(String json) {
    Row row =
        Json.read(("{\"facts\":{\"f\":" + json + "}}").getBytes(StandardCharsets.UTF_8), Row.class);
    return Objects.requireNonNull(row.facts().get("f"));
  }

  @Test
  void eachIsWrittenAsWhatItIs() {
    Map<Object, String> forms = new LinkedHashMap<>();
    forms.put(13, "13");
    forms.put(7L, "7");
    forms.put(0.5, "0.5");
    forms.put(14.0, "14");
    forms.put(2e10, "20000000000");
    forms.put(new BigDecimal("0.100"), "0.1");
    forms.put(true, "true");
    forms.put("0123", "\"0123\"");
    forms.put("111122223333", "\"111122223333\"");
    forms.put(Instant.parse("2026-01-31T12:00:00Z"), "\"2026-01-31T12:00:00.000Z\"");
    forms.forEach(
        (value, form) -> assertThat(written(value)).isEqualTo("{\"facts\":{\"f\":" + form + "}}"));
  }

  @Test
  void whatIsWrittenIsReadAsTheSame() {
    for (Object value : List.of(13, 0.5, 2e10, 1e18, -3, true, false, "0123", ""))
      assertThat(Json.read(Json.bytes(new Row(Map.of("f", Fact.of(value)))), Row.class))
          .isEqualTo(new Row(Map.of("f", Fact.of(value))));
  }

  @Test
  void rowsFromBeforeHoldTexts() {
    assertThat(read("\"13\"")).isEqualTo(new Fact.Text("13"));
    assertThat(read("13")).isEqualTo(Fact.of(13)).isEqualTo(Fact.of(13.0));
  }

  @Test
  void whatIsNoNumberIsNotKnown() {
    for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1.0 / 0})
      assertThat(Fact.of(none)).hasToString("not known");
  }

  @Test
  void whatHasNoFormIsNoFact() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fact.of(List.of()));
  }
}
