package dev.steward.domain.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.model.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterTest {
  private static final Map<String, Object> RUN =
      Map.of(
          "metrics.loss", 0.25,
          "metrics.odd", Double.NaN,
          "params.model", "MLP",
          "tags.mlflow.runName", "it's",
          "tags.a b", "x",
          "attributes.status", "FINISHED",
          "attributes.start_time", 1_700_000_000_000L);

  private static @Nullable Object value(Filter.Part part, String key) {
    return RUN.get(part.name().toLowerCase(Locale.ROOT) + "." + key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "|true",
        "metrics.loss < 0.3|true",
        "metric.loss >= 0.25 and params.model = 'MLP'|true",
        "metrics.loss<0.2|false",
        "metrics.odd > 0|false",
        "metrics.odd <= 0|false",
        "metrics.none < 5|false",
        "params.model LIKE 'M%'|true",
        "params.model LIKE 'm%'|false",
        "params.model ILIKE 'm_p'|true",
        "parameters.model != 'MLP'|false",
        "tags.`a b` = 'x' AND tags.mlflow.runName = 'it''s'|true",
        "attributes.status IN ('FAILED', 'FINISHED')|true",
        "status NOT IN ('FAILED')|true",
        "start_time > 1699999999999|true",
        "params.model LIKE '.*'|false",
        "params.none IS NULL|true",
        "params.model IS NOT NULL|true"
      })
  void understandsTheUsual(@Nullable String filter, boolean matches) {
    assertThat(Filter.parse(filter).matches(FilterTest::value)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metrics.loss",
        "metrics.loss <",
        "metrics.loss < 'x'",
        "metrics.loss < 1 or metrics.loss > 2",
        "metrics.loss < 1 and",
        "colour.x = 'y'",
        "params.model = 'MLP",
        "status IN 'FAILED'",
        "; DROP TABLE runs"
      })
  void saysWhatItDoesNot(String filter) {
    assertThatThrownBy(() -> Filter.parse(filter))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().violations().getFirst().field()).isEqualTo("filter"));
  }

  @Test
  void whatHasNoValueComesLast() {
    List<Map<String, Object>> items = new ArrayList<>();
    for (Object value : new Object[] {2.0, Double.NaN, 1.0}) items.add(Map.of("m", value));
    items.add(new HashMap<>());
    List<Map<String, Object>> sorted = new ArrayList<>(items);
    sorted.sort(Order.by(List.of("metrics.m DESC"), i -> (kind, key) -> i.get(key), (_, _) -> 0));
    assertThat(sorted.getFirst()).containsEntry("m", 2.0);
    assertThat(sorted.get(1)).containsEntry("m", 1.0);
    assertThatThrownBy(() ->
            Order.by(List.of("a b c"), (Map<String, Object> i) -> (_, _) -> null, (_, _) -> 0))
        .isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/etc/passwd", "../x", "a/../../x", "a//b", "a/.", "a\\b", "a\nb", "a/"})
  void pathsStayWithinTheirRun(String path) {
    assertThatThrownBy(() -> ArtifactPath.checked(path)).isInstanceOf(ProblemException.class);
  }

  @Test
  void ordinaryPathsAreTaken() {
    assertThat(ArtifactPath.checked("model/..weights/a b.bin"))
        .isEqualTo("model/..weights/a b.bin");
  }
}
