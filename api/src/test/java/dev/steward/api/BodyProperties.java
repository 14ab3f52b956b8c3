package dev.steward.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever bytes come, they are a record, or refused for what is wrong with them. */
final class BodyProperties {
  enum Colour {
    RED,
    GREEN
  }

  record Inner(@Rule(min = 1) String name, @Nullable Double weight) {}

  record Outer(
      @Nullable String text,
      @Nullable Integer count,
      @Nullable Long size,
      @Nullable Double share,
      @Nullable Boolean on,
      @Nullable Instant at,
      @Nullable Colour colour,
      @Nullable Inner inner,
      @Nullable List<Inner> inners,
      @Nullable List<Double> gaps,
      @Nullable Map<String, Double> shares,
      @Nullable Object any) {}

  private static final String WHOLE =
      """
      {"text": "é😀\\u00e9\\ud83d\\ude00", "count": 1, "size": "123", "share": 1.5e3, "on": true,
       "at": "2026-01-31T12:00:00Z", "colour": "red", "inner": {"name": "x", "weight": 0.1},
       "inners": [{"name": "y"}], "gaps": [1, null, -2.5], "shares": {"a": 1, "b": 2}, "any": 7}
      """;

  /** What mutations put in: where parsers and numbers end. */
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          ":",
          ",",
          "\\",
          "\\u0000",
          "\\ud800",
          "\\udc00",
          "1e999",
          "-1e999",
          "1e-999",
          "9".repeat(400),
          "0x10",
          "NaN",
          "Infinity",
          "-0",
          "01",
          "null",
          "true",
          "\"text\":1,",
          "[".repeat(300),
          "{\"a\":".repeat(300),
          "\u0000",
          "\ufeff",
          "/*",
          "//",
          "'",
          "9223372036854775808",
          "2147483648",
          "1.0",
          "+1",
          ".5",
          "\"\"",
          "é",
          "\t");

  private static @Nullable Problem outcome(Supplier<?> reading) {
    try {
      var _ = reading.get();
      return null;
    } catch (ProblemException refused) {
      return refused.problem();
    }
  }

  private static Problem refused(Supplier<?> reading) {
    return Objects.requireNonNull(outcome(reading));
  }

  private static Outer read(byte[] body) {
    return Binder.bind(JsonBody.parse(Utf8.text(body, "the body").strip()), Outer.class);
  }

  private static byte[] mutated(Random random) {
    StringBuilder text = new StringBuilder(WHOLE);
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(9)));
        case 2 -> text.replace(at, Math.min(text.length(), at + 1), piece(random));
        default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 20)));
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(4) == 0) bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    return bytes;
  }

  private static String piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  @Test
  void everyBodyIsARecordOrAProblemOfItsOwn() {
    int read = 0;
    for (int seed = 0; seed < 40_000; seed++) {
      byte[] body = mutated(new Random(seed));
      Problem problem = outcome(() -> HttpJson.bytes(finite(read(body))));
      if (problem == null) read++;
      else
        assertThat(problem.type())
            .as("failed with seed: " + seed)
            .isIn(Problem.Type.MALFORMED, Problem.Type.INVALID);
    }
    // Mutations that break everything would prove nothing; most name a field that there is not.
    assertThat(read).isGreaterThan(300);
  }

  private static Outer finite(Outer read) {
    if (read.share() != null) assertThat(read.share()).isFinite();
    if (read.shares() != null) read.shares().values().forEach(v -> assertThat(v).isFinite());
    if (read.any() instanceof Double any) assertThat(any).isFinite();
    return read;
  }

  @Test
  void formsAreReadOrRefused() {
    String whole = "text=a%20b&count=1&%C3%A9=%F0%9F%98%80&size=12+3";
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder form = new StringBuilder(whole);
      for (int i = 0; i < 3; i++)
        form.setCharAt(random.nextInt(form.length()), "%&=+0Fz\u00e9".charAt(random.nextInt(8)));
      Problem problem = outcome(() -> HttpJson.bytes(Form.parse(form.toString())));
      if (problem != null)
        assertThat(problem.type())
            .as("failed with seed: " + seed)
            .isEqualTo(Problem.Type.MALFORMED);
    }
  }

  @Test
  void whatGoesTooFarIsToldWhereItEnds() {
    for (String far :
        List.of(
            "[".repeat(1_001) + "]".repeat(1_001),
            "{\"a\":".repeat(1_001) + "1" + "}".repeat(1_001),
            "{\"a\":" + "9".repeat(1_001) + "}",
            "{\"a\":0." + "9".repeat(1_001) + "}",
            "{\"" + "k".repeat(60_000) + "\":1}")) {
      Problem problem = refused(() -> JsonBody.parse(far));
      assertThat(problem.type()).isEqualTo(Problem.Type.MALFORMED);
      assertThat(problem.detail()).contains("1000 levels", "1000 digits", "50000 characters");
    }
    assertThat(JsonBody.parse("[".repeat(1_000) + "]".repeat(1_000)).isArray()).isTrue();
  }

  @Test
  void whatIsMeantTwiceIsNotMeantAtAll() {
    for (String twice :
        List.of("{\"text\":\"a\",\"text\":\"b\"}", "{\"inner\":{\"name\":1,\"name\":2}}")) {
      Problem problem = refused(() -> JsonBody.parse(twice));
      assertThat(problem.type()).isEqualTo(Problem.Type.MALFORMED);
      assertThat(problem.detail()).contains("a name twice", "line 1, column");
    }
    assertThat(outcome(() -> Form.parse("a=1&a=2"))).isNotNull();
  }

  @Test
  void aNumberThatNoDoubleHoldsIsNotInfinite() {
    for (String number : List.of("1e999", "-1e999", "9".repeat(400))) {
      JsonNode body =
          JsonBody.parse(
              "{\"share\":N,\"inner\":{\"name\":\"x\",\"weight\":N},\"gaps\":[N],\"shares\":{\"a\":N},\"any\":N}"
                  .replace("N", number));
      Problem problem = refused(() -> Binder.bind(body, Outer.class));
      assertThat(problem.type()).isEqualTo(Problem.Type.INVALID);
      assertThat(problem.violations())
          .extracting(v -> v.field())
          .containsExactlyInAnyOrder("share", "inner.weight", "gaps[0]", "shares.a", "any");
    }
  }
}
