package dev.steward.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.api.Access;
import dev.steward.api.Operation;
import dev.steward.api.Problems;
import dev.steward.api.Reply;
import dev.steward.api.Served;
import dev.steward.model.Problem;
import dev.steward.testing.ApiClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server does for every operation, whatever the operation does. */
final class HttpServerTest {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  private static final int LARGEST_FILE = 3 * Served.LARGEST;

  record Said(String text) {}

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Served served;

  @BeforeAll
  static void start() {
    served =
        new Served(
            folder,
            List.of(
                Served.open("POST", "/said")
                    .takes(Said.class)
                    .gives(Map.class)
                    .answers(call -> Map.of("length", call.body().text().length())),
                Served.open("GET", "/said").gives(Map.class).answers(call -> Map.of()),
                Served.open("PUT", "/files/{+path}")
                    .takesBytes(LARGEST_FILE)
                    .gives(Map.class)
                    .answers(call -> Map.of(call.path("path"), call.body().bytes().length)),
                Served.open("GET", "/api/inner/{id}")
                    .gives(Map.class)
                    .answers(call -> Map.of("id", call.path("id"))),
                Served.open("GET", "/patience")
                    .gives(Map.class)
                    .answers(call -> Map.of("ms", call.patience(Duration.ofMillis(7)).toMillis())),
                Served.open("GET", "/broken")
                    .answers(call -> {
                      throw new IllegalStateException("jdbc:secret@inside");
                    }),
                Operation.on("GET", "/closed", "test", Access.ANY, "Closed")
                    .gives(Map.class)
                    .answers(call -> Map.of())));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static void assertProblem(ApiClient.Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.path("type").asText()).isEqualTo("urn:steward:problem:" + type);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isNotEmpty();
    assertThat(problem.path("detail").asText()).isNotEmpty();
    assertThat(problem.path("violations").isArray()).isTrue();
  }

  /** A body of exactly so many bytes. */
  private static String body(int bytes) {
    return "{\"text\":\"" + "x".repeat(bytes - "{\"text\":\"\"}".length()) + "\"}";
  }

  @Test
  void aBodyMayBeAsLargeAsTheLimitAndNoByteLarger() {
    // The text within is too long for its record, which is another matter.
    assertProblem(served.anybody.send("POST", "/said", body(Served.LARGEST), JSON), 422, "invalid");
    assertProblem(
        served.anybody.send("POST", "/said", body(Served.LARGEST + 1), JSON), 413, "too-large");
    // Larger than what fits into the socket's buffers: the answer arrives all the same.
    assertProblem(served.anybody.send("POST", "/said", body(8 << 20), JSON), 413, "too-large");
    assertThat(served.anybody.send("POST", "/said", body(50), JSON).status()).isEqualTo(200);
  }

  @Test
  void aBodyThatDoesNotSayHowLargeItIsIsCountedToo() throws IOException {
    String chunk = "400\r\n" + "x".repeat(0x400) + "\r\n";
    assertThat(
            raw(
                "POST /said HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                    + chunk.repeat(4)
                    + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ")
        .contains("urn:steward:problem:too-large");
  }

  @Test
  void anOperationThatTakesFilesHasALimitOfItsOwn() {
    assertThat(file(LARGEST_FILE).ok().path("a/b.bin").asInt()).isEqualTo(LARGEST_FILE);
    assertProblem(file(LARGEST_FILE + 1), 413, "too-large");
    // Each gave its turn back.
    for (int i = 0; i < 3; i++) assertThat(file(1).status()).isEqualTo(200);
  }

  private static ApiClient.Answer file(int bytes) {
    return served.anybody.sendBytes("PUT", "/files/a/b.bin", new byte[bytes], Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, 200",
    "application/json; charset=utf-8, 200",
    "APPLICATION/JSON, 200",
    "application/merge-patch+json, 200",
    "application/xml, 415",
    "text/plain, 415",
    "application/x-www-form-urlencoded, 415",
  })
  void aBodyIsJson(String type, int status) {
    assertThat(
            served
                .anybody
                .send("POST", "/said", "{\"text\":\"\"}", Map.of("Content-Type", type))
                .status())
        .isEqualTo(status);
  }

  @Test
  void aBodyThatIsNoJsonIsToldWhereAndNotRepeated() {
    for (String bad : List.of("{\n\"text\": sesame}", "{\"text\":\"sesame\"} x", "{\"text\":")) {
      ApiClient.Answer answer = served.anybody.send("POST", "/said", bad, JSON);
      assertProblem(answer, 400, "malformed");
      assertThat(answer.json().path("detail").asText()).matches(".*line \\d+, column \\d+");
      assertThat(answer.text()).doesNotContain("sesame");
    }
    // No body is an empty object.
    assertThat(
            served
                .anybody
                .send("POST", "/said", null, Map.of())
                .json()
                .at("/violations/0/message")
                .asText())
        .isEqualTo("is required");
  }

  @Test
  void everyAnswerTellsBrowsersToBeCareful() {
    for (ApiClient.Answer answer :
        List.of(
            served.anybody.get("/said"),
            served.anybody.get("/nowhere"),
            served.anybody.delete("/said"),
            served.anybody.get("/closed"),
            served.anybody.send("POST", "/said", "{", JSON)))
      for (Map.Entry<String, String> header :
          Map.of(
                  "X-Content-Type-Options", "nosniff",
                  "X-Frame-Options", "DENY",
                  "Referrer-Policy", "no-referrer",
                  "Cache-Control", "no-store")
              .entrySet())
        assertThat(answer.headers().firstValue(header.getKey()))
            .as(answer.status() + " " + header.getKey())
            .contains(header.getValue());
  }

  @Test
  void everyAnswerHasAnIdOfItsOwnAndAProblemNamesIt() {
    List<String> ids =
        Stream.generate(() -> served.anybody.get("/closed"))
            .limit(5)
            .map(answer -> {
              String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
              assertThat(answer.json().path("instance").asText()).isEqualTo(id);
              return id;
            })
            .toList();
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void nothingIsFoundWhereNothingIsAndAWrongMethodIsToldTheRightOnes() {
    assertProblem(served.anybody.get("/nowhere"), 404, "not-found");
    assertProblem(served.anybody.get("/said/more"), 404, "not-found");
    ApiClient.Answer wrong = served.anybody.delete("/said");
    assertProblem(wrong, 405, "method-not-allowed");
    assertThat(wrong.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS, POST");
    ApiClient.Answer options = served.anybody.send("OPTIONS", "/said", null, Map.of());
    assertThat(options.status()).isEqualTo(204);
    assertThat(options.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS, POST");
  }

  @Test
  void everyPathAnswersUnderItsVersionToo() {
    assertThat(served.anybody.get("/api/v1/said").status()).isEqualTo(200);
    assertThat(served.anybody.get("/api/inner/a%20b").ok().path("id").asText()).isEqualTo("a b");
    assertThat(served.anybody.get("/api/v1/inner/7").ok().path("id").asText()).isEqualTo("7");
    assertThat(served.anybody.get("/api/v1/api/inner/7").status()).isEqualTo(404);
    assertProblem(served.anybody.get("/api/v1/closed"), 401, "unauthenticated");
  }

  @Test
  void whoIsNotKnownIsAskedForAToken() {
    ApiClient.Answer answer = served.anybody.get("/closed");
    assertProblem(answer, 401, "unauthenticated");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(served.as(served.user()).get("/closed").status()).isEqualTo(200);
  }

  @Test
  void whatNobodyForesawIsToldWithoutItsInside() {
    ApiClient.Answer answer = served.anybody.get("/broken");
    assertProblem(answer, 500, "internal");
    assertThat(answer.text())
        .contains(answer.headers().firstValue("X-Request-Id").orElseThrow())
        .doesNotContain("secret", "Exception", "dev.steward");
  }

  @ParameterizedTest
  @EnumSource
  void everyProblemHasAStatusATitleAndATypeOfItsOwn(Problem.Type type) {
    Reply reply = Problems.reply(new Problem(type, "why", List.of()), "req_1");
    assertThat(reply.status()).isBetween(400, 599);
    assertThat(reply.contentType()).isEqualTo("application/problem+json");
    assertThat(Problems.title(type)).isNotEmpty();
    assertThat(Problems.type(type)).matches("urn:steward:problem:[a-z-]+");
    assertThat(Arrays.stream(Problem.Type.values()).map(Problems::type)).doesNotHaveDuplicates();
  }

  @Test
  void onlyTheOriginsThatWereNamedMayReadInABrowser() {
    ApiClient.Answer ours = from(Served.ORIGIN);
    assertThat(ours.headers().firstValue("Access-Control-Allow-Origin")).contains(Served.ORIGIN);
    assertThat(ours.headers().firstValue("Vary")).contains("Origin");
    for (String other :
        List.of("https://evil.example.com", Served.ORIGIN + ".evil.com", "null", "*"))
      assertThat(from(other).headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(served.anybody.get("/said").headers().firstValue("Access-Control-Allow-Origin"))
        .isEmpty();
  }

  private static ApiClient.Answer from(String origin) {
    return served.anybody.send("GET", "/said", null, Map.of("Origin", origin));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wait=5 | 5000",
        "respond-async, wait=9 | 9000",
        "wait=600 | 60000",
        "wait=-1 | 7",
        "wait=x | 7",
        "'' | 7"
      })
  void nobodyWaitsLongerThanAMinute(String prefer, long milliseconds) {
    assertThat(
            served
                .anybody
                .send("GET", "/patience", null, Map.of("Prefer", prefer))
                .ok()
                .path("ms")
                .asLong())
        .isEqualTo(milliseconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\r\n\r\n",
        "GET /said HTTP/1.1\r\nHost: x\r\nX: LONG\r\n\r\n",
        "GET /LONG HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /said HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "POST /said HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
      })
  void whatCannotBeReadIsAProblemTooAndHurtsNobody(String nonsense) throws IOException {
    String answer = raw(nonsense.replace("LONG", "y".repeat(40_000)));
    assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
    assertThat(answer).doesNotContain("Exception", "helidon", "yyyy");
    assertThat(served.anybody.get("/said").status()).isEqualTo(200);
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", served.server.port())) {
      socket.setSoTimeout(120_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      // The connection may stay open: a problem ends with its brace.
      StringBuilder answer = new StringBuilder();
      for (int b = 0; b >= 0 && b != '}'; b = socket.getInputStream().read())
        if (b > 0) answer.append((char) b);
      return answer.toString();
    }
  }
}
