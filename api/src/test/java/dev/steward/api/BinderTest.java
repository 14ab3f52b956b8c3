package dev.steward.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.steward.model.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body becomes the record that was asked for, or a list of all that is wrong with it. */
final class BinderTest {
  enum Colour {
    DARK_RED,
    BLUE
  }

  record Point(Integer x, Integer y) {}

  record Everything(
      String text,
      Integer whole,
      Long large,
      Double real,
      Boolean sure,
      Instant bornAt,
      Colour colour,
      Point point,
      List<Point> points,
      List<Double> series,
      Map<String, Double> shares,
      Object anything) {}

  record Numbers(@Nullable Integer whole, @Nullable Long large, @Nullable Double real) {}

  record Flags(@Nullable Boolean maybe) {}

  record Unboxed(boolean flag) {}

  record Named(
      @Rule(min = 2, max = 5, pattern = "[a-z]*", message = "must be small letters") String name) {}

  record Noted(@Nullable String note) {}

  record Aliased(@Rule(aliases = {"run_uuid", "id"}) String runId) {}

  record Bounded(
      @Rule(max = 2) @Nullable List<String> few,
      @Rule(max = 2) @Nullable Map<String, String> pairs,
      @Nullable List<Integer> many) {}

  record Range(Integer from, Integer to) {
    Range {
      if (from > to) throw new IllegalArgumentException("from must not be after to");
      if (from < 0) throw new IllegalStateException("secret of the inside");
    }
  }

  record Trip(Range days, @Nullable List<Range> breaks) {}

  private static <T> T bind(String json, Class<T> type) {
    try {
      return Binder.bind(HttpJson.MAPPER.readTree(json), type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** Everything that is wrong, as "field: message". */
  private static List<String> wrong(String json, Class<?> type) {
    ProblemException refused = catchThrowableOfType(ProblemException.class, () -> bind(json, type));
    assertThat(refused).as(json).isNotNull();
    assertThat(Problems.status(refused.problem().type())).isEqualTo(422);
    return refused.problem().violations().stream()
        .map(v -> v.field() + ": " + v.message())
        .toList();
  }

  @Test
  void readsEveryKindOfComponent() {
    Everything read =
        bind(
            """
            {"text": "t", "whole": -7, "large": 9000000000, "real": 2, "sure": false,
             "born_at": "2026-01-31T12:00:00Z", "colour": "dark_red", "point": {"x": 1, "y": 2},
             "points": [{"x": 3, "y": 4}], "series": [1, null, 2.5], "shares": {"a b": 0.5},
             "anything": 3}
            """,
            Everything.class);
    assertThat(read)
        .isEqualTo(
            new Everything(
                "t",
                -7,
                9_000_000_000L,
                2.0,
                false,
                Instant.parse("2026-01-31T12:00:00Z"),
                Colour.DARK_RED,
                new Point(1, 2),
                List.of(new Point(3, 4)),
                List.of(1.0, Double.NaN, 2.5),
                Map.of("a b", 0.5),
                3.0));
  }

  @Test
  void fieldsThatItDoesNotKnowAreLetBeOfClientsWhoSendMore() throws JsonProcessingException {
    String json = "{\"x\": 1, \"y\": 2, \"z\": {\"x\": []}}";
    assertThat(Binder.bindSome(HttpJson.MAPPER.readTree(json), Point.class))
        .isEqualTo(new Point(1, 2));
  }

  @Test
  void tellsEverythingThatIsWrongAtOnceAndTheWayToIt() {
    assertThat(
            wrong(
                """
                {"text": 5, "whole": "5", "large": 1.5, "sure": "true", "born_at": "yesterday",
                 "colour": "DARK_RED", "point": {"x": 1}, "points": [{"x": 1, "y": 2}, 7, {"x": "a"}],
                 "series": [1, "2"], "shares": {"a": 1, "b": "much"}, "anything": []}
                """,
                Everything.class))
        .containsExactly(
            "text: must be a text",
            "whole: must be a whole number",
            "large: must be a whole number",
            "real: is required",
            "sure: must be true or false",
            "born_at: must be a time like 2026-01-31T12:00:00Z",
            "colour: must be one of dark_red, blue",
            "point.y: is required",
            "points[1]: must be an object",
            "points[2].x: must be a whole number",
            "points[2].y: is required",
            "series[1]: must be a number",
            "shares.b: must be a number",
            "anything: must be a number or a text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "\"text\"", "5", "null", "true"})
  void whatIsNoObjectIsRefusedAsAWhole(String json) {
    assertThat(wrong(json, Point.class)).containsExactly(": must be a JSON object");
  }

  @Test
  void nullIsWhatIsLeftOut() {
    assertThat(wrong("{\"x\": null}", Point.class))
        .containsExactly("x: is required", "y: is required");
    assertThat(bind("{\"note\": null}", Noted.class)).isEqualTo(new Noted(null));
    assertThat(bind("{}", Noted.class)).isEqualTo(new Noted(null));
  }

  @Test
  void aFlagThatIsLeftOutIsNeitherTrueNorFalse() {
    assertThat(bind("{}", Flags.class).maybe()).isNull();
    assertThat(bind("{\"maybe\": false}", Flags.class).maybe()).isFalse();
    assertThat(bind("{\"maybe\": true}", Flags.class).maybe()).isTrue();
    for (String other : List.of("\"false\"", "0", "1", "[]"))
      assertThat(wrong("{\"maybe\": " + other + "}", Flags.class))
          .containsExactly("maybe: must be true or false");
  }

  /** An unboxed one would be false where nobody said so. */
  @Test
  void aRecordWithAnUnboxedFlagIsAFaultOfOurs() {
    assertThatThrownBy(() -> bind("{\"flag\": true}", Unboxed.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("boolean");
  }

  @ParameterizedTest
  @CsvSource({
    "whole, 2147483647, true",
    "whole, 2147483648, false",
    "whole, -2147483649, false",
    "whole, 1.0, false",
    "whole, 1e3, false",
    "large, 9223372036854775807, true",
    "large, 9223372036854775808, false",
    "large, 1e30, false",
    "large, '\"123456789012345678\"', true",
    "large, '\"9999999999999999999\"', false",
    "large, '\"\"', false",
    "large, '\"12 \"', false",
    "real, 1e308, true",
    "real, '\"1\"', false",
    "real, '\"NaN\"', false",
    "real, true, false",
  })
  void numbersAreHeldToWhatTheirTypeHolds(String field, String number, boolean taken) {
    String json = "{\"" + field + "\": " + number + "}";
    if (taken) assertThat(bind(json, Numbers.class)).isNotEqualTo(new Numbers(null, null, null));
    else assertThat(wrong(json, Numbers.class)).singleElement().asString().startsWith(field + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a | must have at least 2 characters",
        "ab | ",
        "abcde | ",
        "abcdef | must have at most 5 characters",
        "aB | must be small letters",
        "a1 | must be small letters",
      })
  void textsAreHeldToTheirRule(String name, @Nullable String message) {
    String json = "{\"name\": \"" + name + "\"}";
    if (message == null) assertThat(bind(json, Named.class).name()).isEqualTo(name);
    else assertThat(wrong(json, Named.class)).containsExactly("name: " + message);
  }

  @Test
  void aTextWithoutARuleHasAnEndToo() {
    assertThat(bind("{\"note\": \"" + "x".repeat(200) + "\"}", Noted.class).note()).hasSize(200);
    assertThat(wrong("{\"note\": \"" + "x".repeat(201) + "\"}", Noted.class))
        .containsExactly("note: must have at most 200 characters");
  }

  @Test
  void anAliasIsReadWhereTheNameIsNotGiven() {
    assertThat(bind("{\"run_uuid\": \"a\"}", Aliased.class).runId()).isEqualTo("a");
    assertThat(bind("{\"run_id\": null, \"id\": \"b\"}", Aliased.class).runId()).isEqualTo("b");
    assertThat(bind("{\"id\": \"b\", \"run_id\": \"c\"}", Aliased.class).runId()).isEqualTo("c");
    assertThat(wrong("{\"id\": 5}", Aliased.class)).containsExactly("id: must be a text");
    assertThat(wrong("{}", Aliased.class)).containsExactly("run_id: is required");
  }

  @Test
  void listsAndMapsHaveAnEnd() {
    assertThat(bind("{\"few\": [\"a\", \"b\"], \"pairs\": {\"k\": \"v\"}}", Bounded.class))
        .isEqualTo(new Bounded(List.of("a", "b"), Map.of("k", "v"), null));
    assertThat(
            wrong(
                """
                {"few": ["a", "b", "c"], "pairs": {"a": "1", "b": "2", "c": "3"},
                 "many": [%s0]}
                """
                    .formatted("0,".repeat(200)),
                Bounded.class))
        .containsExactly(
            "few: must have at most 2 items",
            "pairs: must have at most 2 entries",
            "many: must have at most 200 items");
    assertThat(wrong("{\"few\": {}, \"pairs\": [], \"many\": [1, null, \"x\"]}", Bounded.class))
        .containsExactly(
            "few: must be a list",
            "pairs: must be an object",
            "many[1]: must be a whole number",
            "many[2]: must be a whole number");
  }

  @Test
  void whatARecordItselfRefusesIsToldInItsWordsButNoAccidentOfOurs() {
    assertThat(wrong("{\"from\": 2, \"to\": 1}", Range.class))
        .containsExactly(": from must not be after to");
    assertThat(wrong("{\"from\": -1, \"to\": 1}", Range.class)).containsExactly(": is not valid");
    assertThat(
            wrong(
                """
                {"days": {"from": 2, "to": 1}, "breaks": [{"from": 1, "to": 1}, {"from": 9, "to": 1}]}
                """,
                Trip.class))
        .containsExactly("days: from must not be after to", "breaks[1]: from must not be after to");
  }

  @Test
  void aFieldThatIsUnknownIsRefusedWithTheNearestName() {
    assertThat(wrong("{\"nane\": \"abc\", \"colour\": 1}", Named.class))
        .containsExactlyInAnyOrder(
            "nane: is not known here, which takes name; did you mean name?",
            "colour: is not known here, which takes name",
            "name: is required");
    assertThat(wrong("{\"days\": {\"from\": 1, \"to\": 2, \"till\": 3}}", Trip.class))
        .containsExactly("days.till: is not known here, which takes from, to");
  }

  @Test
  void otherNamesOfAFieldAreKnown() {
    assertThat(bind("{\"run_uuid\": \"r\", \"id\": \"r\"}", Aliased.class).runId()).isEqualTo("r");
  }
}
