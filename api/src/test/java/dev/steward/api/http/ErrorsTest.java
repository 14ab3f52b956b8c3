package dev.steward.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.api.Reply;
import dev.steward.model.Problem;
import dev.steward.storage.StoreFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What becomes of what is thrown. */
final class ErrorsTest {
  private static String text(Reply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  private static Reply thrown(RuntimeException why) {
    return new Errors()
        .around(
            Sent.get("/x").nowhere().identified("req_1"),
            call -> {
              throw why;
            });
  }

  @Test
  void aProblemIsToldAsItIs() {
    Reply reply = thrown(Problem.of(Problem.Type.CONFLICT, "somebody was faster"));
    assertThat(reply.status()).isEqualTo(409);
    assertThat(text(reply)).contains("somebody was faster", "req_1");
  }

  @Test
  void aStoreThatTakesNoWritesIsNotAvailableRatherThanBroken() {
    Reply reply = thrown(new StoreFailedException("/data/secret", new IOException()));
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).containsKey("Retry-After");
    assertThat(text(reply)).doesNotContain("secret");
  }

  @Test
  void whatNobodyForesawKeepsItsInsideToItself() {
    Reply reply = thrown(new IllegalStateException("jdbc:secret@inside"));
    assertThat(reply.status()).isEqualTo(500);
    assertThat(text(reply)).contains("req_1").doesNotContain("secret", "IllegalState");
  }

  @Test
  void whatCannotBeReadIsTheCallers() {
    Reply reply =
        new Errors()
            .around(
                Sent.get("/x").nowhere(),
                call -> {
                  throw new IOException("/tmp/secret");
                });
    assertThat(reply.status()).isEqualTo(400);
    assertThat(text(reply)).doesNotContain("secret");
  }
}
