package dev.steward.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.api.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are told: {@link SecurityHeaders} and {@link Cors}. */
final class BrowserLayersTest {
  private static final String OURS = "https://console.example.com";
  private static final Cors CORS = new Cors(List.of(OURS));

  @Test
  void everyAnswerIsCarefulUnlessItSaysOtherwiseItself() throws IOException {
    SecurityHeaders layer = new SecurityHeaders();
    assertThat(layer.around(Sent.get("/x").nowhere(), call -> Reply.ok("")).headers())
        .containsAllEntriesOf(SecurityHeaders.ALL);
    assertThat(
            layer
                .around(
                    Sent.get("/x").nowhere(),
                    call -> Reply.ok("").with("Cache-Control", "no-cache"))
                .headers())
        .containsEntry("Cache-Control", "no-cache")
        .containsEntry("X-Content-Type-Options", "nosniff");
  }

  @Test
  void anOriginThatWasNamedMayRead() throws IOException {
    assertThat(from(OURS))
        .containsEntry("Access-Control-Allow-Origin", OURS)
        .containsEntry("Vary", "Origin")
        .containsKey("Access-Control-Expose-Headers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com",
        OURS + ".evil.com",
        "http://console.example.com",
        "null",
        "*",
        ""
      })
  void noOtherMay(String origin) throws IOException {
    assertThat(from(origin)).containsExactly(Map.entry("Vary", "Origin"));
  }

  private static Map<String, String> from(String origin) throws IOException {
    return CORS.around(Sent.get("/x").with("Origin", origin).nowhere(), call -> Reply.ok(""))
        .headers();
  }
}
