package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Json;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin port is for who may read the data folder, and for no page that got there. */
@SuppressWarnings("NullAway.Init")
final class AdminPortTest {
  private static final String UI = "http://127.0.0.1:8233";
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
  private static WithoutTemporal platform;
  private static String bearer;

  @BeforeAll
  static void start() {
    platform = new WithoutTemporal(Map.of("admin.origins", UI, "admin.hosts", "steward.internal"));
    bearer = AdminToken.read(platform.folder()).orElseThrow().bearer();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  /** Speaks HTTP by hand: a client of the JDK chooses its own Host. */
  private static String raw(String method, String path, String body, String... headers) {
    try (Socket socket = new Socket("127.0.0.1", platform.platform.adminPort())) {
      socket.setSoTimeout(60_000);
      StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
      for (String header : headers) text.append(header).append("\r\n");
      if (!body.isEmpty()) text.append("Content-Length: ").append(body.length()).append("\r\n");
      socket.getOutputStream().write((text + "\r\n" + body).getBytes(StandardCharsets.US_ASCII));
      return answer(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The head and as much body as it says. */
  private static String answer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.append((char) next);
      if (head.toString().endsWith("\r\n\r\n")) break;
    }
    Matcher length = LENGTH.matcher(head);
    int size = length.find() ? Integer.parseInt(length.group(1)) : 0;
    return head + new String(in.readNBytes(size), StandardCharsets.UTF_8);
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.substring(9, 12));
  }

  @Test
  void slowCallersKeepNoOperatorOut() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        Socket one = new Socket("127.0.0.1", platform.platform.adminPort());
        slow.add(one);
        one.getOutputStream()
            .write("GET /health HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(status(raw("GET", "/health", "", "Host: localhost"))).isEqualTo(200);
    } finally {
      for (Socket one : slow) one.close();
    }
  }

  @Test
  void theTokenIsAFileOfItsOwnerAndNewWithEachStart(@TempDir Path folder) throws Exception {
    Path file = platform.folder().resolve("admin.token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "mine");
    Files.createSymbolicLink(folder.resolve("admin.token"), elsewhere);
    assertThat(AdminToken.read(folder)).isEmpty();
    AdminToken one = AdminToken.renewed(folder);
    assertThat(Files.readString(elsewhere)).isEqualTo("mine");
    assertThat(Files.isSymbolicLink(folder.resolve("admin.token"))).isFalse();
    AdminToken two = AdminToken.renewed(folder);
    assertThat(one.bearer()).isNotEqualTo(two.bearer());
    assertThat(AdminToken.read(folder).orElseThrow().bearer()).isEqualTo(two.bearer());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /metrics",
    "GET, /audit/verify",
    "POST, /backup",
    "POST, /codec/decode",
    "POST, /codec/encode",
    "GET, /anything"
  })
  void asksForTheToken(String method, String path) {
    for (String[] headers :
        List.of(
            new String[] {"Host: localhost"},
            new String[] {"Host: localhost", "Authorization: Bearer wrong"},
            new String[] {"Host: localhost", "Authorization: Bearer "},
            new String[] {"Host: localhost", "Authorization: " + bearer.substring(7)},
            new String[] {"Host: localhost", "Cookie: steward_codec=9999999999.AAAA"})) {
      String answer = raw(method, path, "", headers);
      assertThat(status(answer)).as(path).isEqualTo(401);
      assertThat(answer).contains("urn:steward:problem:unauthenticated");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8001",
        "localhost.evil.example",
        "127.0.0.1.evil.example:8001",
        "127.0.0.1@evil.example",
        "evil.example/127.0.0.1",
        "0.0.0.0:8001",
        "[::]:8001",
        ""
      })
  void answersNoPageThatCameByAnotherName(String host) {
    for (String path : List.of("/health", "/metrics", "/codec/login")) {
      String answer = raw("GET", path, "", "Host: " + host, "Authorization: " + bearer);
      assertThat(status(answer)).as(answer).isBetween(400, 403);
      assertThat(answer).doesNotContain("steward_", "\"status\":\"up\"");
    }
    String decoded =
        raw("POST", "/codec/decode", "{}", "Host: " + host, "Authorization: " + bearer);
    assertThat(status(decoded)).isBetween(400, 403);
  }

  @Test
  void twoHostsAreNone() {
    String answer = raw("GET", "/health", "", "Host: localhost", "Host: evil.example");
    assertThat(status(answer)).isBetween(400, 403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8001",
        "127.0.0.1",
        "127.0.0.1:1",
        "[::1]:9",
        "steward.internal:8001"
      })
  void answersByTheNamesOfThisMachine(String host) {
    assertThat(status(raw("GET", "/metrics", "", "Host: " + host, "Authorization: " + bearer)))
        .isEqualTo(200);
    String health = raw("GET", "/health", "", "Host: " + host);
    assertThat(health).contains("\"components\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1:8233", UI + "0"})
  void noOtherPageMayAsk(String origin) {
    for (String path : List.of("/metrics", "/health", "/codec/login"))
      assertThat(
              status(
                  raw(
                      "GET",
                      path,
                      "",
                      "Host: localhost",
                      "Origin: " + origin,
                      "Authorization: " + bearer)))
          .as(path)
          .isEqualTo(403);
    String preflight = raw("OPTIONS", "/codec/decode", "", "Host: localhost", "Origin: " + origin);
    assertThat(status(preflight)).isEqualTo(403);
    assertThat(preflight).doesNotContainIgnoringCase("Access-Control-Allow-Origin");
  }

  @Test
  void thePagesOfTheTemporalUiReadPayloadsOnceABrowserHasLoggedIn() {
    String preflight = raw("OPTIONS", "/codec/decode", "", "Host: localhost", "Origin: " + UI);
    assertThat(status(preflight)).isEqualTo(204);
    assertThat(preflight)
        .contains("Access-Control-Allow-Origin: " + UI, "Access-Control-Allow-Credentials: true");
    String other = raw("GET", "/metrics", "", "Host: localhost", "Origin: " + UI);
    assertThat(status(other)).isEqualTo(403);
    String token = "token=" + bearer.substring(7);
    assertThat(status(raw("POST", "/codec/login", "token=wrong", "Host: localhost")))
        .isEqualTo(401);
    assertThat(status(raw("POST", "/codec/login", token, "Host: localhost", "Origin: " + UI)))
        .isEqualTo(403);
    String login =
        raw("POST", "/codec/login", token, "Host: localhost:9", "Origin: http://localhost:9");
    assertThat(login).contains("HttpOnly; SameSite=Strict").doesNotContain(bearer.substring(7));
    String cookie =
        "Cookie: steward_codec=" + login.replaceAll("(?s).*steward_codec=([^;]*);.*", "$1");
    String plain =
        "{\"payloads\":[{\"metadata\":{\"encoding\":\"anNvbi9wbGFpbg==\"},\"data\":\"InNlY3JldCI=\"}]}";
    String sealed =
        raw("POST", "/codec/encode", plain, "Host: localhost", "Authorization: " + bearer);
    String body = sealed.substring(sealed.indexOf("\r\n\r\n") + 4);
    String opened = raw("POST", "/codec/decode", body, "Host: localhost", "Origin: " + UI, cookie);
    assertThat(opened).contains("InNlY3JldCI=", "Access-Control-Allow-Origin: " + UI);
    // The pass reads payloads, and does nothing else.
    assertThat(status(raw("GET", "/metrics", "", "Host: localhost", cookie))).isEqualTo(401);
    assertThat(status(raw("POST", "/backup", "", "Host: localhost", cookie))).isEqualTo(401);
    AdminToken ours = AdminToken.read(platform.folder()).orElseThrow();
    Instant now = Instant.now();
    assertThat(ours.isPass(ours.pass(now), now)).isFalse();
    assertThat(ours.isPass(ours.pass(now.plusSeconds(9)).replace('.', '0'), now)).isFalse();
  }

  /** By the names that dashboards and alarms were made with. */
  @Test
  void tellsMonitorsWhatTheyKnow() {
    String told = raw("GET", "/metrics", "", "Host: localhost", "Authorization: " + bearer);
    assertThat(told).contains("text/plain; version=0.0.4");
    int users = platform.platform.store().state().rows(Tables.USERS).size();
    assertThat(told.lines())
        .contains("# TYPE steward_rows gauge", "steward_rows{table=\"users\"} " + users + ".0")
        .contains("steward_temporal_up 0.0", "steward_jobs_under_way{job=\"Discovery\"} 0.0")
        .anyMatch(line -> line.matches("steward_oldest_intent_seconds [0-9.E]+"))
        .anyMatch(line -> line.matches("jvm_memory_used_bytes [0-9.E]+"));
  }

  @Test
  void takesOnlyTheMethodsAndBodiesOfItsPaths() {
    String[] known = {"Host: localhost", "Authorization: " + bearer};
    String wrong = raw("DELETE", "/backup", "", known);
    assertThat(status(wrong)).isEqualTo(405);
    assertThat(wrong).contains("Allow: OPTIONS, POST");
    assertThat(status(raw("POST", "/metrics", "", known))).isEqualTo(405);
    assertThat(status(raw("GET", "/anything", "", known))).isEqualTo(404);
    assertThat(status(raw("POST", "/backup", "x".repeat(1_025), known))).isEqualTo(413);
    assertThat(status(raw("POST", "/codec/decode", "{oops", known))).isEqualTo(400);
    assertThat(status(raw("POST", "/codec/decode", "x".repeat((16 << 20) + 1), known)))
        .isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tmp/steward-escaped.zip",
        "../escaped.zip",
        "a/b.zip",
        "..zip",
        ".zip",
        "steward.tar",
        "a\\u0000.zip",
        "~/x.zip"
      })
  void backsUpOnlyIntoItsFolder(String name) {
    ApiClient.Answer answer = platform.admin().send("POST", "/backup", name, Map.of());
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(Path.of("/tmp/steward-escaped.zip")).doesNotExist();
  }

  @Test
  void followsNoLinkOutOfTheBackupFolder(@TempDir Path outside) throws Exception {
    JsonNode first = platform.admin().send("POST", "/backup", "first.zip", Map.of()).ok();
    Path folder = platform.folder().toRealPath().resolve("backups");
    assertThat(first.path("file").asText()).isEqualTo(folder.resolve("first.zip").toString());
    assertThat(platform.admin().send("POST", "/backup", "first.zip", Map.of()).status())
        .isEqualTo(409);
    Files.createSymbolicLink(folder.resolve("link.zip"), outside.resolve("escaped.zip"));
    assertThat(platform.admin().send("POST", "/backup", "link.zip", Map.of()).status())
        .isEqualTo(409);
    Files.delete(folder.resolve("link.zip"));
    Files.delete(folder.resolve("first.zip"));
    Files.delete(folder);
    Files.createSymbolicLink(folder, outside);
    assertThat(platform.admin().send("POST", "/backup", "second.zip", Map.of()).status())
        .isEqualTo(409);
    assertThat(outside).isEmptyDirectory();
    Files.delete(folder);
  }

  @Test
  void theCommandAsksTheInstallationOfItsFolderAndNoOther(@TempDir Path folder) throws Exception {
    int port = platform.platform.adminPort();
    Path archive = folder.resolve("mine.zip");
    assertThat(backup(archive, platform.folder(), port)).isZero();
    assertThat(archive).isNotEmptyFile();
    assertThat(platform.folder().resolve("backups")).isEmptyDirectory();
    // Another folder, whose installation does not run, behind the same port.
    Path other = folder.resolve("other");
    try (WithoutTemporal stopped = new WithoutTemporal(Map.of("data.folder", other.toString()))) {
      assertThat(stopped.platform.store().state()).isNotNull();
    }
    Path theirs = folder.resolve("theirs.zip");
    assertThat(backup(theirs, other, port)).isZero();
    assertThat(Json.text(names(theirs))).isNotEqualTo(Json.text(names(archive)));
    assertThat(platform.folder().resolve("backups")).isEmptyDirectory();
  }

  private static int backup(Path archive, Path folder, int port) {
    return Main.commandLine()
        .execute(
            "backup",
            archive.toString(),
            "--data-folder",
            folder.toString(),
            "--admin-port",
            Integer.toString(port));
  }

  private static List<String> names(Path archive) throws IOException {
    try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(archive.toFile())) {
      return zip.stream().map(e -> e.getName() + " " + e.getCrc()).toList();
    }
  }
}
