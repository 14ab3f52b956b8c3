package dev.steward.activities.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.steward.domain.governance.desk.Destinations;
import dev.steward.model.Delivery;
import dev.steward.model.DeliveryId;
import dev.steward.model.Json;
import dev.steward.model.NotificationTarget.Topic;
import dev.steward.model.OrganizationId;
import dev.steward.model.TargetId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What people and AWS named things stays a name, whatever a channel makes of its characters. */
final class NoticeTest {
  private static final String HOSTILE =
      "<!channel> <@U123> <https://evil.example|click> & *b*\r\nBcc: all@example.com\u202e";

  private static Notice notice(String title, String text, String subject) {
    return Notice.of(
        new Delivery(
            new DeliveryId("dlv_sample0000"),
            new OrganizationId("org_sample0000"),
            new TargetId("tgt_sample0000"),
            Topic.REQUEST,
            subject,
            title,
            text,
            Delivery.Status.WAITING,
            0,
            null,
            Instant.EPOCH,
            null,
            0),
        "https://steward.example/");
  }

  @Test
  void slackIsGivenNothingThatItObeys() throws IOException {
    Notice notice = notice(HOSTILE, HOSTILE + "\nsecond line", "chg_sample0000");
    JsonNode message = Json.MAPPER.readTree(notice.slack());
    JsonNode block = message.at("/blocks/0/text");
    String link = "<https://steward.example/governance/changes/chg_sample0000|Open in Steward>";
    assertThat(block.path("verbatim").asBoolean()).isTrue();
    assertThat(block.path("text").asText()).endsWith("\n" + link).contains("second line");
    for (String text :
        List.of(message.path("text").asText(), block.path("text").asText().replace(link, "")))
      assertThat(text)
          .contains("&lt;!channel&gt;", "&lt;@U123&gt;", "&amp;")
          .doesNotContain("<", ">", "\r", "\u202e");
    assertThat(message.path("text").asText()).doesNotContain("\n");
  }

  @Test
  void slackTakesEveryLength() throws IOException {
    Notice notice = notice("<".repeat(200), "&😀".repeat(5_000), "apr_sample0000");
    String text = Json.MAPPER.readTree(notice.slack()).at("/blocks/0/text/text").asText();
    assertThat(text).hasSizeLessThan(3_000).endsWith("|Open in Steward>");
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
  }

  @Test
  void aTitleIsOneLineSoThatNoHeaderOfAMailBeginsInIt() {
    Notice notice = notice(HOSTILE, "text", "apr_sample0000");
    assertThat(notice.title()).doesNotContain("\r", "\n", "\u202e").contains("Bcc: all");
    assertThat(notice.mail()).isEqualTo("text\n\nhttps://steward.example/approvals/apr_sample0000");
  }

  @Test
  void aHookIsToldTheLinkAndTheNamesAsTheyAre() {
    assertThat(notice("<b>", "a & b", "chg_sample0000").fields())
        .containsEntry("title", "<b>")
        .containsEntry("text", "a & b")
        .containsEntry("url", "https://steward.example/governance/changes/chg_sample0000");
  }

  /** An answer that leads elsewhere, and one that never ends, are answers. */
  @Test
  void aHookFollowsNobodyAndReadsNoMoreThanTheStatus() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Host"));
          if (exchange.getRequestURI().getPath().equals("/endless")) {
            exchange.sendResponseHeaders(200, 0);
            byte[] more = new byte[8_192];
            while (true) exchange.getResponseBody().write(more);
          }
          exchange.getResponseHeaders().set("Location", "/inside");
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    server.start();
    try (Hooks hooks = new Hooks(true, Duration.ofMinutes(2))) {
      String base = "http://localhost:" + server.getAddress().getPort();
      assertThat(hooks.post(URI.create(base + "/moved"), "{}", Map.of("X-A", "b"))).isEqualTo(307);
      assertThat(hooks.post(URI.create(base + "/endless"), "{}", Map.of())).isEqualTo(200);
      String host = " localhost:" + server.getAddress().getPort();
      assertThat(asked).containsExactly("/moved" + host, "/endless" + host);
    } finally {
      server.stop(0);
    }
  }

  /** The name is judged where the connection is made, and by the address that it is made to. */
  @Test
  void aNameThatHasCometoMeanSomethingInsideIsNotConnectedTo() {
    try (Hooks hooks = new Hooks(false, Duration.ofMinutes(2))) {
      for (String url : List.of("https://localhost/x", "https://127.0.0.1/x", "https://[::1]/x"))
        assertThatThrownBy(() -> hooks.post(URI.create(url), "{}", Map.of()))
            .as(url)
            .isInstanceOf(Destinations.RefusedException.class);
    }
  }
}
