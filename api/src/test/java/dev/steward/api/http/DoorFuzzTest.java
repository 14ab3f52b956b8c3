package dev.steward.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.api.QueryParameter;
import dev.steward.api.Served;
import dev.steward.api.connections.Raw;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes through the socket is answered, and never by a fault of ours. */
final class DoorFuzzTest {
  record Said(String text) {}

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Served served;

  private static final QueryParameter<String> Q = QueryParameter.text("q", 100_000);

  @BeforeAll
  static void start() {
    served =
        new Served(
            folder,
            List.of(
                Served.open("POST", "/said")
                    .takesSome(Said.class)
                    .gives(Said.class)
                    .answers(call -> call.body()),
                Served.open("GET", "/said/{id}")
                    .reads(Q)
                    .gives(Map.class)
                    .answers(
                        call -> Map.of("id", call.path("id"), "q", call.find(Q).orElse("none"))),
                Served.open("PUT", "/file")
                    .takesBytes(3_000)
                    .gives(Integer.class)
                    .answers(call -> call.body().bytes().length)));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static String answer(byte[] request) throws Exception {
    try (Raw raw = new Raw(served.server.port())) {
      return raw.says(request).saysNoMore().hears();
    }
  }

  private static String post(String headers, String body) {
    return "POST /said HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
  }

  private static String sized(String body) {
    return post("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n", body);
  }

  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

  static Stream<String> broken() {
    return Stream.of(
        sized("[".repeat(1_001)),
        sized("{\"text\":" + "9".repeat(1_001)),
        sized("{\"text\":\"\\ud800\"}"),
        sized("{\"text\":\"a\",\"text\":\"b\"}"),
        post(CHUNKED, "d;ext=1\r\n{\"text\":\"ab\"}\r\n0\r\n\r\n"),
        post(CHUNKED, "fffffffff\r\n{}\r\n0\r\n\r\n"),
        post(CHUNKED, "ffffffffffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
        post(CHUNKED, "-2\r\n{}\r\n0\r\n\r\n"),
        post(CHUNKED, "\r\n{}\r\n0\r\n\r\n"),
        post(CHUNKED, "2\n{}\n0\n\n"),
        post(CHUNKED, "20\r\n{}"),
        post(CHUNKED, "2\r\n{}\r\n0\r\nTrailer: x\r\n\r\n"),
        post("Content-Length: 100\r\n", "{\"text\":\"ab\"}"),
        post("Content-Length: 2\r\nContent-Length: 3\r\n", "{}"),
        post("Content-Length: +2\r\n", "{}"),
        post("Content-Length: 99999999999999999999\r\n", "{}"),
        post(CHUNKED + "Content-Length: 2\r\n", "2\r\n{}\r\n0\r\n\r\n"),
        post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
        post("Transfer-Encoding: identity\r\n", "{}"),
        post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"),
        post("Content-Encoding: gzip\r\nContent-Length: 2\r\n", "{}"),
        post("Content-Length: 2\r\nExpect: 200-ok\r\n", "[}"),
        "GET /said/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /said/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /said/%ff HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /said/1?q=%ff HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /said/1?q=%2 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /said/1?q=%c3%28 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /said/" + "y".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /said/1 HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(40_000) + "\r\n\r\n",
        "GET /said/1 HTTP/1.1\r\nHost: x\r\n" + "X: y\r\n".repeat(4_000) + "\r\n",
        "GET /said/1 HTTP/1.1\r\n\r\n",
        "GET /said/1 HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET /said/1 HTTP/1.1\r\nHost: x y\r\n\r\n",
        "GET /said/1 HTTP/1.1\r\nHost: x\r\nNo colon\r\n\r\n",
        "GET /said/1 HTTP/1.0\r\nHost: x\r\n\r\n",
        "GET /said/1 HTTP/3.0\r\nHost: x\r\n\r\n",
        "GET /said/1\r\n\r\n",
        "GET  HTTP/1.1\r\nHost: x\r\n\r\n",
        "G=T /said/1 HTTP/1.1\r\nHost: x\r\n\r\n",
        "{} /said/1 HTTP/1.1\r\nHost: x\r\n\r\n",
        "FETCH /said/1 HTTP/1.1\r\nHost: x\r\n\r\n",
        "TRACE /said/1 HTTP/1.1\r\nHost: x\r\n\r\n",
        "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET http://[::1/said HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: x\r\n\r\n",
        "\r\n\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003");
  }

  @ParameterizedTest
  @MethodSource("broken")
  void whatIsWrongIsTheCallers(String request) throws Exception {
    String answer = answer(request.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(answer)
        .startsWith("HTTP/1.1 4")
        .contains("application/problem+json", "\"detail\":\"");
    assertThat(answer).doesNotContain("Exception", "helidon", "HTTP/1.1 5");
  }

  @Test
  void whatIsNoUtf8IsNotReplaced() throws Exception {
    byte[] body =
        "POST /said HTTP/1.1\r\nHost: x\r\nContent-Length: 14\r\n\r\n{\"text\":\"X\"}  "
            .getBytes(StandardCharsets.ISO_8859_1);
    body[new String(body, StandardCharsets.ISO_8859_1).indexOf('X')] = (byte) 0xff;
    assertThat(answer(body)).startsWith("HTTP/1.1 400").contains("not UTF-8");
  }

  private static final List<String> WHOLE =
      List.of(
          sized("{\"text\":\"ab\"}"),
          post(CHUNKED, "d\r\n{\"text\":\"ab\"}\r\n0\r\n\r\n"),
          "GET /said/a%20b?q=%C3%A9 HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
          "PUT /file HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde",
          "OPTIONS /said HTTP/1.1\r\nHost: x\r\nOrigin: https://x.example.com\r\n\r\n");

  private static final String PIECES = "\r\n\t :;,/?#%\\{}[]\"'0fF-+*\u0000\u007f\u0080\u00ff";

  private static byte[] mutated(Random random) {
    StringBuilder request = new StringBuilder(WHOLE.get(random.nextInt(WHOLE.size())));
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times && !request.isEmpty(); i++) {
      int at = random.nextInt(request.length());
      switch (random.nextInt(4)) {
        case 0 -> request.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
        case 1 -> request.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
        case 2 -> request.delete(at, Math.min(request.length(), at + 1 + random.nextInt(6)));
        default -> request.setLength(at);
      }
    }
    return request.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void nothingBreaksTheDoor() throws Exception {
    for (int seed = 0; seed < 600; seed++)
      assertThat(answer(mutated(new Random(seed))))
          .as("failed with seed: " + seed)
          .doesNotContain("HTTP/1.1 5", "<reset>");
    assertThat(served.anybody.get("/said/1").status()).isEqualTo(200);
  }
}
