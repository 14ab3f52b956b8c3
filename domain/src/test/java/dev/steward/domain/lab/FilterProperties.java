package dev.steward.domain.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.instancio.Instancio.gen;

import dev.steward.model.ProblemException;
import dev.steward.model.Violation;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds for every filter, however odd. */
@ExtendWith(InstancioExtension.class)
final class FilterProperties {
  private static final List<String> PIECES =
      List.of(
          "metrics",
          "params",
          "tags",
          ".",
          "loss",
          "a/b-c",
          "`a b`",
          "\"k\"",
          "=",
          "!=",
          "<",
          ">=",
          "LIKE",
          "NOT",
          "ILIKE",
          "IN",
          "IS",
          "NULL",
          "AND",
          "or",
          "'x'",
          "'it''s'",
          "'%_'",
          "\"y\"",
          "('a', 'b')",
          "()",
          "1",
          "-1e3",
          "NaN",
          "Infinity",
          "1d",
          "0x1p3",
          "'",
          "`",
          "(",
          ";",
          "\0",
          "ß");

  @Test
  void whateverIsAskedIsAnsweredOrRefused() {
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = gen().ints().range(0, 12).get(); i > 0; i--)
        text.append(gen().oneOf(PIECES).get()).append(gen().oneOf("", " ", " ", " ").get());
      try {
        Filter filter = Filter.parse(text.toString());
        for (Object value : new Object[] {0.5, 7L, Double.NaN, "x", ""})
          filter.matches((kind, key) -> value);
        filter.matches((kind, key) -> null);
      } catch (ProblemException told) {
        assertThat(told.problem().violations())
            .as(text.toString())
            .extracting(Violation::field)
            .containsExactly("filter");
      }
    }
  }

  /**
   * What goes back over and over, or deeper and deeper, would end in minutes or without a stack.
   */
  @Test
  void aLongOneIsAnswered() {
    for (String piece :
        List.of("'", "a", "(", "''", "'a'", "(' ", "-", " ", "\"", "NOT ", "a.", "('a')"))
      for (String before : List.of("", "tags.a = ", "tags.a = '", "tags.a IN (", "tags.a LIKE '"))
        try {
          Filter.parse(before + piece.repeat((4_900 - before.length()) / piece.length()));
        } catch (ProblemException told) {
          assertThat(told.problem().violations()).isNotEmpty();
        }
    Filter wild = Filter.parse("tags.a LIKE '" + "%a".repeat(2_000) + "%b'");
    assertThat(wild.matches((kind, key) -> "a".repeat(5_000))).isFalse();
    assertThat(wild.matches((kind, key) -> "a".repeat(5_000) + "b")).isTrue();
  }

  /** As a regular expression of the same meaning does, for short ones. */
  @Test
  void likeIsLikeItsExpression() {
    for (int round = 0; round < 5_000; round++) {
      String pattern = drawn("a", "b", "%", "_");
      String text = drawn("a", "b", "c", "\n");
      assertThat(Filter.parse("tags.a LIKE '" + pattern + "'").matches((kind, key) -> text))
          .as("%s like %s", text, pattern)
          .isEqualTo(
              Pattern.compile(pattern.replace("%", ".*").replace("_", "."), Pattern.DOTALL)
                  .matcher(text)
                  .matches());
    }
  }

  private static String drawn(String... pieces) {
    return Stream.generate(gen().oneOf(pieces)::get)
        .limit(gen().ints().range(0, 8).get())
        .collect(Collectors.joining());
  }
}
