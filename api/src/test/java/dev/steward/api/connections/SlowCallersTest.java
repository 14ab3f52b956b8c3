package dev.steward.api.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.steward.api.Content;
import dev.steward.api.Operation;
import dev.steward.api.Served;
import dev.steward.model.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is slow, or does not end, keeps nobody else waiting. */
final class SlowCallersTest {
  private static final String HALF = "GET /said HTTP/1.1\r\nHost: x\r\nX-Slow: ";
  private static final String WHOLE = "GET /said HTTP/1.1\r\nHost: x\r\n\r\n";

  /** Long enough for whoever is not slow on a machine that is. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private static final Duration LONG = Duration.ofMinutes(10);

  record Said(String text) {}

  @TempDir private Path folder;
  private final CountDownLatch enough = new CountDownLatch(1);
  private final CountDownLatch busy = new CountDownLatch(2);
  private final List<Raw> callers = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private Served served;

  @AfterEach
  void stop() throws IOException {
    enough.countDown();
    for (Raw caller : callers) caller.close();
    served.close();
  }

  private static Limits limits(Duration idle, Duration head, Duration grace) {
    return new Limits(1_000, 1_000, TrustedProxies.NONE, idle, head, grace, 1_000_000);
  }

  private static Limits most(int connections, int perAddress, TrustedProxies proxies) {
    return new Limits(connections, perAddress, proxies, LONG, LONG, LONG, 1);
  }

  private void start(Limits limits) {
    served = new Served(folder, store -> operations(), limits);
  }

  private List<Operation<?, ?>> operations() {
    return List.of(
        Served.open("GET", "/said").gives(Map.class).answers(call -> Map.of("said", true)),
        Served.open("POST", "/said")
            .takes(Said.class)
            .gives(Said.class)
            .answers(call -> call.body()),
        Operation.client("POST", "/closed", "test", "Test")
            .takes(Said.class)
            .gives(Said.class)
            .repeatable("it is a test")
            .answers(call -> call.body()),
        Served.open("PUT", "/file")
            .takesBytes(1 << 20)
            .gives(Integer.class)
            .answers(call -> call.body().bytes().length),
        Served.open("GET", "/large")
            .givesFile("text/plain")
            .answers(call -> Content.text("text/plain", "x".repeat(32 << 20))),
        Served.open("GET", "/busy")
            .gives(Map.class)
            .answers(call -> {
              busy.countDown();
              try {
                enough.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Map.of();
            }));
  }

  private Raw caller() throws IOException {
    Raw caller = new Raw(served.server.port());
    callers.add(caller);
    return caller;
  }

  /** The answer to this; nothing if it is let wait. */
  private String heard(String said) {
    try {
      return caller().says(said).hearsWithin(SHORT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertServed() {
    assertThat(served.anybody.get("/said").status()).isEqualTo(200);
  }

  /** Both ends of a connection are files of this process. */
  private static int asManyAsFilesAllow(int wanted) {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? (int)
            Math.min(
                wanted,
                (system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() - 300)
                    / 2)
        : wanted;
  }

  private void awaitConnected(int most) {
    await(() -> served.server.connected() <= most);
  }

  private static void await(BooleanSupplier there) {
    long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (!there.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it did not come to it").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  @Test
  void twoThousandSlowOnesKeepNobodyOutAndAreGoneInTheEnd() throws Exception {
    start(new Limits(500, 500, TrustedProxies.NONE, LONG, Duration.ofSeconds(5), LONG, 1));
    int slow = asManyAsFilesAllow(2_000);
    try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
      var work =
          others.submit(() -> {
            for (int i = 0; i < 300; i++) assertServed();
            return true;
          });
      for (int i = 0; i < slow; i++) caller().says(HALF);
      while (!work.isDone()) for (Raw caller : callers) caller.says("x");
      assertThat(work.get()).isTrue();
    }
    assertServed();
    assertThat(served.server.connected()).isLessThanOrEqualTo(501);
    // One is left of ours, which is idle.
    awaitConnected(1);
    assertServed();
  }

  @Test
  void aHeadThatDoesNotEndIsToldSo() throws IOException {
    start(limits(LONG, SHORT, LONG));
    assertThat(caller().says(HALF).hears())
        .startsWith("HTTP/1.1 408 ")
        .contains("urn:steward:problem:too-slow", "application/problem+json");
    // A request before it does not make it longer.
    assertThat(caller().says(WHOLE + "GET /sa").hears())
        .startsWith("HTTP/1.1 200 ")
        .contains("HTTP/1.1 408 ");
    assertServed();
  }

  @Test
  void whoSaysNothingIsClosedWithoutAWord() throws IOException {
    start(limits(SHORT, LONG, LONG));
    assertThat(caller().hears()).isEmpty();
    Raw after = caller().says(WHOLE);
    assertThat(after.hearsOne()).startsWith("HTTP/1.1 200 ");
    assertThat(after.hears()).isEmpty();
  }

  @Test
  void aBodyThatDoesNotComeIsToldSoWhoeverSendsIt() throws IOException {
    start(limits(LONG, LONG, SHORT));
    String token = served.as(served.user(Role.CLIENT)).token();
    for (String head :
        List.of(
            "POST /said HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
            "POST /said HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
            "POST /closed HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + token
                + "\r\nContent-Length: 100\r\n\r\n{",
            "PUT /file HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{"))
      assertThat(caller().says(head).hears())
          .as(head)
          .startsWith("HTTP/1.1 408 ")
          .contains("the body came too slowly");
    assertServed();
  }

  @Test
  void aBodyThatNobodyIsToReadIsNotWaitedFor() throws IOException {
    start(limits(LONG, SHORT, SHORT));
    for (String length : List.of("20", "100000"))
      assertThat(
              caller()
                  .says(
                      "POST /closed HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n{")
                  .hears())
          .startsWith("HTTP/1.1 401 ");
    awaitConnected(0);
  }

  @Test
  void whoDoesNotTakeAnAnswerIsClosed() throws IOException {
    start(limits(LONG, LONG, SHORT));
    for (int i = 0; i < 5; i++) caller().says("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    await(() -> served.server.connected() >= 5);
    awaitConnected(0);
    assertServed();
  }

  @Test
  void whoTakesItGetsAllOfIt() {
    start(limits(LONG, LONG, Duration.ofMinutes(1)));
    assertThat(served.anybody.get("/large").text()).hasSize(32 << 20);
  }

  @Test
  void aClosedHalfIsAnswered() throws IOException {
    start(most(100, 100, TrustedProxies.NONE));
    assertThat(caller().says(WHOLE).saysNoMore().hears()).startsWith("HTTP/1.1 200 ");
    assertThat(
            caller()
                .says("POST /said HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
                .saysNoMore()
                .hears())
        .startsWith("HTTP/1.1 400 ")
        .contains("ended before it was complete");
    assertThat(
            caller()
                .says("POST /said HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{")
                .saysNoMore()
                .hears())
        .startsWith("HTTP/1.1 400 ");
    assertThat(caller().says(HALF).saysNoMore().hears()).doesNotStartWith("HTTP/1.1 5");
    awaitConnected(0);
  }

  @Test
  void ofOneAddressThereAreOnlySoManyAndTheOldestMakesRoom() throws IOException {
    start(most(100, 10, TrustedProxies.NONE));
    List<Raw> some = new ArrayList<>();
    for (int i = 0; i < 30; i++) some.add(caller().says(HALF));
    for (Raw early : some.subList(0, 20)) assertThat(early.hears()).doesNotContain("HTTP");
    for (Raw late : some.subList(20, 30))
      assertThat(late.says("x\r\n\r\n").hearsOne()).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aProxyThatIsTrustedIsManyPeople() throws IOException {
    Network loopback = Network.parse("127.0.0.0/8").orElseThrow();
    start(most(100, 10, new TrustedProxies(List.of(loopback), TrustedProxies.Header.EITHER)));
    List<Raw> some = new ArrayList<>();
    for (int i = 0; i < 50; i++) some.add(caller().says(HALF));
    for (Raw one : some) assertThat(one.says("x\r\n\r\n").hearsOne()).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void nobodyIsInterruptedForAnother() throws IOException {
    start(most(2, 2, TrustedProxies.NONE));
    String work = "GET /busy HTTP/1.1\r\nHost: x\r\n\r\n";
    Raw first = caller().says(work);
    Raw second = caller().says(work);
    await(() -> busy.getCount() == 0);
    assertThat(caller().says(WHOLE).hears()).doesNotContain("HTTP");
    enough.countDown();
    assertThat(first.hearsOne()).startsWith("HTTP/1.1 200 ");
    assertThat(second.hearsOne()).startsWith("HTTP/1.1 200 ");
    assertServed();
  }

  @Test
  void aConnectionThatIsToCloseCloses() throws IOException {
    start(most(100, 100, TrustedProxies.NONE));
    String close = "GET /said HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    assertThat(caller().says(close).hears()).startsWith("HTTP/1.1 200 ").endsWith("}");
    // What comes behind is not done any more.
    assertThat(caller().says(close + WHOLE).hears().split("HTTP/1.1 ", -1)).hasSize(2);
    String chunk = "400\r\n" + "x".repeat(0x400) + "\r\n";
    for (String more : List.of("", "Connection: close\r\n"))
      assertThat(
              caller()
                  .says(
                      "POST /said HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                          + more
                          + "\r\n"
                          + chunk.repeat(4))
                  .hears())
          .startsWith("HTTP/1.1 413 ")
          .endsWith("}");
  }

  @Test
  void filesThatDribbleHoldUpNoOther() throws IOException {
    start(most(100, 100, TrustedProxies.NONE));
    String head = "PUT /file HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n";
    for (int i = 0; i < 3; i++) caller().says(head + "x".repeat(100_000));
    assertThat(served.anybody.sendBytes("PUT", "/file", new byte[300_000], Map.of()).text())
        .isEqualTo("300000");
    caller().says(head);
    // Whoever comes before the one above has his place waits in his stead.
    await(() -> {
      String answer = heard(head + "x");
      return answer.startsWith("HTTP/1.1 429 ")
          && answer.toLowerCase(Locale.ROOT).contains("\nretry-after: ");
    });
  }

  @Test
  void aChunkIsNoWayToFillTheMemory() throws IOException {
    start(most(100, 100, TrustedProxies.NONE));
    Raw caller =
        caller().says("POST /said HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    caller.says("7ffffff0\r\n");
    byte[] part = new byte[1 << 16];
    for (int i = 0; i < 32; i++) caller.says(part);
    assertThat(caller.hears()).startsWith("HTTP/1.1 413 ");
    Raw endless =
        caller().says("POST /said HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 32; i++) endless.says("0".repeat(1 << 16));
    assertThat(endless.hears()).startsWith("HTTP/1.1 4");
  }
}
