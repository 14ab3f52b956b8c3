package dev.steward.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.api.Nothing;
import dev.steward.api.Reply;
import dev.steward.api.Served;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where no operation is. */
final class ElsewhereTest {
  private static final Elsewhere ELSEWHERE =
      new Elsewhere(
          List.of(
              Served.open("POST", "/a/{id}").answers(call -> Nothing.NOTHING),
              Served.open("GET", "/a/{id}").answers(call -> Nothing.NOTHING)));

  @Test
  void nothingIsNotFound() {
    for (String path : List.of("/", "/b", "/a/1/2", "/api/v1/b"))
      assertThat(
              catchThrowableOfType(
                      ProblemException.class, () -> ELSEWHERE.answer(Sent.get(path).nowhere()))
                  .problem()
                  .type())
          .isEqualTo(Problem.Type.NOT_FOUND);
  }

  @Test
  void anotherMethodIsToldTheRightOnes() {
    Reply reply = ELSEWHERE.answer(Sent.get("/api/v1/a/1").as("DELETE").nowhere());
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers()).containsEntry("Allow", "GET, HEAD, OPTIONS, POST");
    assertThat(ELSEWHERE.answer(Sent.get("/a/1").as("OPTIONS").nowhere()).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/{id}, /a/1, true",
    "/a/{id}, /a, false",
    "/a/{id}, /a/1/2, false",
    "/a/{+rest}, /a/1/2, true",
    "/a/{+rest}, /a, false",
    "/a/b, /a/c, false",
  })
  void aPatternMatchesItsPathsAndNoOther(String pattern, String path, boolean matches) {
    assertThat(Paths.matches(pattern, path)).isEqualTo(matches);
  }
}
