package dev.steward.api.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is coming in and going out slowly takes only so much memory. */
final class MemoryOfConnectionsTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int MIB = 1 << 20;
  private final List<Raw> callers = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private Connections connections;

  @SuppressWarnings("NullAway.Init")
  private WebServer server;

  private void start(long most) {
    Limits limits = new Limits(100, 100, TrustedProxies.NONE, LONG, LONG, LONG, 1);
    connections = new Connections(limits, most);
    server =
        connections
            .of(WebServer.builder())
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .routing(routing ->
                routing
                    .get("/large", (request, response) -> response.send("x".repeat(32 * MIB)))
                    .post(
                        "/body",
                        (request, response) -> {
                          InputStream in =
                              Connections.body(request.content().inputStream(), MIB, true);
                          response.send(String.valueOf(in.readAllBytes().length));
                        }))
            .build()
            .start();
  }

  @AfterEach
  void stop() throws IOException {
    for (Raw caller : callers) caller.close();
    server.stop();
    connections.close();
  }

  private Raw caller() throws IOException {
    Raw caller = new Raw(server.port());
    callers.add(caller);
    return caller;
  }

  /** So many are connected, and nobody has said anything. */
  private void connect(int many) throws IOException {
    for (int i = 0; i < many; i++) caller();
    while (connections.size() < many) Thread.onSpinWait();
  }

  private void awaitAtMost(int many) {
    while (connections.size() > many) Thread.onSpinWait();
  }

  private static boolean isServed(Raw caller, String end) {
    try {
      return caller.hearsOne().endsWith(end);
    } catch (IOException closed) {
      return false;
    }
  }

  @Test
  void bodiesThatAreComingHoldOnlySoMuch() throws IOException {
    start(MIB);
    String head = "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n";
    connect(10);
    for (Raw caller : callers) caller.says(head + "x".repeat(400_000));
    awaitAtMost(2);
    for (Raw caller : callers) caller.says("x".repeat(100_000));
    // Who is left, and who comes now, is served.
    assertThat(callers.stream().filter(c -> isServed(c, "500000")).count()).isBetween(1L, 2L);
    assertThat(caller().says(head + "x".repeat(500_000)).hearsOne()).endsWith("500000");
  }

  @Test
  void answersThatNobodyTakesToo() throws IOException {
    start(80L * MIB);
    connect(5);
    for (Raw caller : callers) caller.says("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    awaitAtMost(2);
    assertThat(callers.stream().filter(c -> isServed(c, "x".repeat(32 * MIB))).count())
        .isBetween(1L, 2L);
  }
}
