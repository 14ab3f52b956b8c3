package dev.steward.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.api.Content;
import dev.steward.api.Problems;
import dev.steward.api.Served;
import dev.steward.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever reads is answered, whatever it is: compressed, named, asked after, found again. */
final class ReadingTest {
  private static final String LONG = "It is said again and again. ".repeat(200);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Served served;

  @SuppressWarnings("NullAway.Init")
  private static Wired wire;

  @BeforeAll
  static void start() {
    served =
        new Served(
            folder,
            List.of(
                Served.open("GET", "/long").gives(Map.class).answers(call -> Map.of("text", LONG)),
                Served.open("GET", "/short").gives(Map.class).answers(call -> Map.of("text", "")),
                Served.open("GET", "/times")
                    .gives(Map.class)
                    .answers(call ->
                        Map.of(
                            "b", Instant.parse("2026-01-31T12:00:00.123456789Z"),
                            "a", Instant.parse("2026-01-31T12:00:00Z"))),
                Served.open("GET", "/ids/{id}")
                    .gives(Map.class)
                    .answers(call -> Map.of("id", call.path("id"))),
                Served.open("GET", "/ids/known")
                    .gives(Map.class)
                    .answers(call -> Map.of("known", true)),
                Served.open("GET", "/files/{+path}")
                    .gives(Map.class)
                    .answers(call -> Map.of("path", call.path("path"))),
                file("/picture", "image/png"),
                file("/page", "text/html; charset=utf-8"),
                file("/events", "text/event-stream"),
                Served.open("POST", "/token")
                    .gives(Map.class)
                    .secret()
                    .answers(call -> Map.of("token", LONG)),
                Served.open("GET", "/token")
                    .gives(Map.class)
                    .secret()
                    .answers(call -> Map.of("token", LONG)),
                Served.open("POST", "/long").gives(Map.class).answers(call -> Map.of("text", LONG)),
                Served.open("GET", "/busy")
                    .answers(call -> {
                      throw Problem.of(Problem.Type.UNAVAILABLE, "not now");
                    }),
                Served.open("GET", "/busy/otherwise")
                    .speaking(new Terse())
                    .answers(call -> {
                      throw Problem.of(Problem.Type.TOO_MANY_REQUESTS, "not now");
                    })));
    wire = new Wired(served.server.port());
  }

  /** Words of somebody else's, which say nothing of when to come again. */
  private static final class Terse implements dev.steward.api.Voice {
    @Override
    public Class<?> type() {
      return Map.class;
    }

    @Override
    public dev.steward.api.Reply say(Problem problem) {
      return dev.steward.api.Reply.of(Problems.status(problem.type()), Map.of());
    }
  }

  private static dev.steward.api.Operation<?, ?> file(String path, String type) {
    return Served.open("GET", path)
        .givesFile(type)
        .answers(call -> Content.text(type, LONG).named("a.bin"));
  }

  @AfterAll
  static void stop() {
    wire.close();
    served.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | true",
        "GZIP | true",
        "x-gzip | true",
        "br;q=1, gzip;q=0.5 | true",
        "deflate, gzip;q=0.8, *;q=0.1 | true",
        "* | true",
        "gzip;q=0.5, identity;q=0.5 | true",
        "gzip;q=0.4, identity;q=0.5 | false",
        "gzip;q=0 | false",
        "gzip; q=0.000 | false",
        "gzip;q=0, * | false",
        "*;q=0 | false",
        "identity | false",
        "br, deflate | false",
        "gzip;q=nonsense | false",
        "gzip;q=2 | false",
        "'' | false",
      })
  void whatIsLongIsCompressedForWhomTakesItSo(String accepted, boolean zipped) throws IOException {
    Wired.Got got = wire.get("/long", "Accept-Encoding", accepted);
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.header("Content-Encoding")).isEqualTo(zipped ? "gzip" : "");
    assertThat(got.header("Content-Length")).isEqualTo(String.valueOf(got.bytes().length));
    assertThat(got.header("Vary")).contains("Accept-Encoding");
    assertThat(zipped ? got.unzipped() : got.text()).isEqualTo("{\"text\":\"" + LONG + "\"}");
    if (zipped) assertThat(got.bytes().length).isLessThan(LONG.length() / 5);
  }

  @Test
  void whatIsShortOrCompressedOrAStreamOrASecretIsLeftAsItIs() {
    for (String path : List.of("/short", "/picture", "/events", "/token"))
      assertThat(wire.get(path, "Accept-Encoding", "gzip").header("Content-Encoding"))
          .as(path)
          .isEmpty();
    assertThat(wire.ask("POST", "/token", "", "Accept-Encoding", "gzip").header("Content-Encoding"))
        .isEmpty();
    assertThat(wire.ask("POST", "/long", "", "Accept-Encoding", "gzip").header("Content-Encoding"))
        .isEqualTo("gzip");
    assertThat(wire.get("/page", "Accept-Encoding", "gzip").header("Content-Encoding"))
        .isEqualTo("gzip");
  }

  @Test
  void whatIsReadHasANameAndIsNotSentTwice() {
    Wired.Got plain = wire.get("/long");
    Wired.Got zipped = wire.get("/long", "Accept-Encoding", "gzip");
    String tag = plain.header("ETag");
    assertThat(tag).matches("\"[0-9a-f]{32}\"");
    // Other bytes, another name.
    assertThat(zipped.header("ETag")).isEqualTo(tag.replaceFirst("\"$", "-gzip\""));
    assertThat(wire.get("/short").header("ETag")).isNotEqualTo(tag).isNotEmpty();
    for (String known :
        List.of(
            tag, "W/" + tag, "\"other\", " + tag, "*", zipped.header("ETag"), "\"a,b\"," + tag)) {
      Wired.Got again = wire.get("/long", "If-None-Match", known);
      assertThat(again.status()).as(known).isEqualTo(304);
      assertThat(again.bytes()).isEmpty();
      assertThat(known.equals("*") ? tag : known).contains(again.header("ETag"));
      assertThat(again.header("Vary")).contains("Accept-Encoding");
      assertThat(again.header("Cache-Control")).isEqualTo(plain.header("Cache-Control"));
      assertThat(again.header("Content-Type")).isEmpty();
    }
    for (String other : List.of("\"other\"", tag.replace("\"", ""), "W/\"\"", "nonsense"))
      assertThat(wire.get("/long", "If-None-Match", other).status()).as(other).isEqualTo(200);
  }

  @Test
  void timesAreUtcToTheMillisecondAndMapsInTheirOrder() {
    assertThat(wire.get("/times").text())
        .isEqualTo("{\"a\":\"2026-01-31T12:00:00.000Z\",\"b\":\"2026-01-31T12:00:00.123Z\"}");
  }

  @Test
  void aSecretHasNoNameAndNeitherHasWhatWasDoneOrWentWrong() {
    assertThat(wire.get("/token").header("ETag")).isEmpty();
    assertThat(wire.ask("POST", "/long", "").header("ETag")).isEmpty();
    assertThat(wire.get("/nowhere").header("ETag")).isEmpty();
    assertThat(wire.get("/token", "If-None-Match", "*").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/long", "/short", "/ids/7", "/picture", "/nowhere", "/busy", "/api/v1/long"})
  void whatCanBeGotCanBeAskedAfter(String path) throws IOException {
    for (String coding : List.of("gzip", "identity")) {
      Wired.Got got = wire.get(path, "Accept-Encoding", coding);
      Wired.Got asked = wire.ask("HEAD", path, "", "Accept-Encoding", coding);
      assertThat(asked.status()).isEqualTo(got.status());
      assertThat(asked.bytes()).isEmpty();
      for (String header :
          List.of("Content-Type", "Content-Encoding", "ETag", "Vary", "Content-Disposition"))
        assertThat(asked.header(header)).as(header).isEqualTo(got.header(header));
      // A problem names its request, which may be a digit longer.
      if (got.status() == 200)
        assertThat(asked.header("Content-Length")).isEqualTo(got.header("Content-Length"));
    }
    // Not a byte too many: the next answer on this connection begins where it should.
    String two =
        raw(
            "HEAD "
                + path
                + " HTTP/1.1\r\nHost: x\r\n\r\nGET /short HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(two.split("HTTP/1.1 ", -1)).hasSize(3);
    assertThat(two.substring(two.indexOf("\r\n\r\n") + 4)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void theMethodsOfAPathAreTold() {
    for (String path : List.of("/long", "/long/", "/api/v1/long")) {
      assertThat(wire.ask("OPTIONS", path, "").header("Allow"))
          .isEqualTo("GET, HEAD, OPTIONS, POST");
      assertThat(wire.ask("DELETE", path, "").header("Allow"))
          .isEqualTo("GET, HEAD, OPTIONS, POST");
    }
    assertThat(wire.ask("HEAD", "/nowhere", "").status()).isEqualTo(404);
  }

  @Test
  void whatIsLiteralGoesBeforeWhatAnyNameFits() {
    for (String path : List.of("/ids/known", "/ids/known/", "/api/v1/ids/known"))
      assertThat(wire.get(path).text()).as(path).isEqualTo("{\"known\":true}");
    assertThat(wire.get("/ids/unknown").text()).isEqualTo("{\"id\":\"unknown\"}");
  }

  @Test
  void aSlashAtTheEndMeansNothingButInTheRestOfAPath() {
    assertThat(wire.get("/short/").text()).isEqualTo(wire.get("/short").text());
    assertThat(wire.get("/api/v1/ids/7/").text()).isEqualTo("{\"id\":\"7\"}");
    assertThat(wire.ask("HEAD", "/ids/7/", "").status()).isEqualTo(200);
    assertThat(wire.get("/files/a/").text()).isEqualTo("{\"path\":\"a/\"}");
    assertThat(wire.get("/ids/").status()).isEqualTo(404);
  }

  @Test
  void whoeverIsToComeAgainIsToldWhen() {
    assertThat(wire.get("/busy").header("Retry-After")).isEqualTo("5");
    assertThat(wire.get("/busy/otherwise").status()).isEqualTo(429);
    assertThat(wire.get("/busy/otherwise").header("Retry-After")).isEqualTo("60");
  }

  @Test
  void theCallersNameForARequestIsTakenOver() {
    String id = "0190b5a6-7c1e-7cc4-8d2a-0242ac120002";
    Wired.Got got = wire.get("/nowhere", "X-Request-Id", id);
    assertThat(got.header("X-Request-Id")).isEqualTo(id);
    assertThat(got.text()).contains("\"instance\":\"" + id + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "<script>", "a\"b", "-x", "ümlaut", "LONG"})
  void whatIsNoNameIsNot(String id) {
    String sent = id.replace("LONG", "x".repeat(129));
    Wired.Got got = wire.get("/nowhere", "X-Request-Id", sent);
    assertThat(got.header("X-Request-Id")).startsWith("req_").isNotEqualTo(sent);
  }

  @Test
  void theTraceThatARequestIsPartOfIsTakenOver() {
    String parent = "00-" + TRACE + "-00f067aa0ba902b7-01";
    Wired.Got got = wire.get("/nowhere", "traceparent", parent);
    assertThat(got.header("traceparent")).isEqualTo(parent);
    assertThat(got.text()).contains("\"trace_id\":\"" + TRACE + "\"");
    assertThat(wire.get("/nowhere").text()).doesNotContain("trace_id");
    assertThat(
            wire.get("/short", "traceparent", parent.replace("00-4", "01-4") + "-more")
                .header("traceparent"))
        .endsWith("-more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-" + TRACE + "-00f067aa0ba902b7",
        "00-" + TRACE + "-0000000000000000-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "ff-" + TRACE + "-00f067aa0ba902b7-01",
        "00-" + TRACE + "-00f067aa0ba902b7-01-more",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "nonsense",
      })
  void whatIsNoTraceIsNot(String parent) {
    assertThat(wire.get("/nowhere", "traceparent", parent).header("traceparent")).isEmpty();
  }

  @Test
  void aPageOfOursMayReadWhatItNeedsAndAsksSeldom() {
    Wired.Got got = wire.get("/long", "Origin", Served.ORIGIN);
    assertThat(got.header("Access-Control-Expose-Headers").split(", ", -1))
        .contains("ETag", "Location", "Retry-After", "X-Request-Id", "Content-Disposition");
    assertThat(got.header("Vary").split(", ", -1)).contains("Origin", "Accept-Encoding");
    assertThat(got.header("Access-Control-Max-Age")).isEmpty();
    Wired.Got before =
        wire.ask(
            "OPTIONS",
            "/long",
            "",
            "Origin",
            Served.ORIGIN,
            "Access-Control-Request-Method",
            "GET");
    assertThat(before.status()).isEqualTo(204);
    assertThat(before.header("Access-Control-Max-Age")).isEqualTo("7200");
    assertThat(before.header("Access-Control-Allow-Headers").split(", ", -1))
        .contains("If-Match", "If-None-Match", "traceparent", "X-Request-Id");
    // A cache keeps what a stranger, or nobody, was answered apart.
    assertThat(wire.get("/short", "Origin", "https://evil.example.com").header("Vary"))
        .isEqualTo("Origin");
    assertThat(wire.get("/short").header("Vary")).isEqualTo("Origin");
  }

  @Test
  void aHeaderWithoutANameIsRefused() throws IOException {
    assertThat(raw("GET /short HTTP/1.1\r\nHost: x\r\n: y\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", served.server.port())) {
      socket.setSoTimeout(120_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
