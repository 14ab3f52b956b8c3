package dev.steward.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.api.Nothing;
import dev.steward.api.Operation;
import dev.steward.api.Reply;
import dev.steward.api.Served;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of bodies: {@link Bodies}, {@link Media} and {@link Uploads}. */
final class BodyLayersTest {
  record Said(String text) {}

  private static final Operation JSON =
      Served.open("POST", "/x").takes(Said.class).answers(call -> Nothing.NOTHING);
  private static final Operation FILE =
      Served.open("POST", "/x").takesBytes(20).answers(call -> Nothing.NOTHING);
  private static final Door COUNTING = call -> Reply.ok(call.body().length);

  private static String count(Layer layer, Exchange call) throws IOException {
    return new String(layer.around(call, COUNTING).body(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static Problem.Type refused(Layer layer, Exchange call) {
    return catchThrowableOfType(ProblemException.class, () -> layer.around(call, COUNTING))
        .problem()
        .type();
  }

  @Test
  void aBodyIsReadAsFarAsItsOperationTakesIt() throws IOException {
    Bodies bodies = new Bodies(10);
    assertThat(count(bodies, Sent.post("").to(JSON))).isEqualTo("0");
    assertThat(count(bodies, Sent.post("x".repeat(10)).to(JSON))).isEqualTo("10");
    assertThat(refused(bodies, Sent.post("x".repeat(11)).to(JSON)))
        .isEqualTo(Problem.Type.TOO_LARGE);
    Uploads uploads = new Uploads(new Uploads.Most(1, 9, 9, Duration.ZERO));
    assertThat(count(uploads, Sent.post("x".repeat(20)).to(FILE))).isEqualTo("20");
    assertThat(refused(uploads, Sent.post("x".repeat(21)).to(FILE)))
        .isEqualTo(Problem.Type.TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, true",
    "application/json; charset=utf-8, true",
    "APPLICATION/JSON, true",
    "application/merge-patch+json, true",
    "application/xml, false",
    "text/plain, false",
    "application/x-www-form-urlencoded, false",
  })
  void aBodyThatBecomesARecordIsJson(String type, boolean taken) throws IOException {
    Media media = new Media();
    Exchange call = Sent.post("{}").with("Content-Type", type).to(JSON).with(new byte[] {'{', '}'});
    if (taken) assertThat(count(media, call)).isEqualTo("2");
    else assertThat(refused(media, call)).isEqualTo(Problem.Type.UNSUPPORTED_MEDIA);
    // Nothing was sent, or it stays as it is.
    assertThat(count(media, call.with(new byte[0]))).isEqualTo("0");
    assertThat(count(media, Exchange.of(call.arrival(), FILE).with(new byte[1]))).isEqualTo("1");
  }

  @Test
  void onlySoManyLargeOnesAreHandledAtATime() throws Exception {
    Uploads turns = new Uploads(new Uploads.Most(1, 9, 9, Duration.ZERO));
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first =
          threads.submit(() ->
              turns.around(
                  Sent.post("").to(FILE),
                  call -> {
                    inside.countDown();
                    try {
                      enough.await();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                    return Reply.ok("");
                  }));
      inside.await();
      assertThat(refused(turns, Sent.post("").to(FILE))).isEqualTo(Problem.Type.UNAVAILABLE);
      assertThat(count(turns, Sent.post("").to(JSON))).isEqualTo("0");
      enough.countDown();
      first.get();
    }
    assertThat(count(turns, Sent.post("").to(FILE))).isEqualTo("0");
    // Whoever fails gives its turn back as well.
    assertThatThrownBy(() ->
            turns.around(
                Sent.post("").to(FILE),
                call -> {
                  throw Problem.notFound("file");
                }))
        .isInstanceOf(ProblemException.class);
    assertThat(count(turns, Sent.post("").to(FILE))).isEqualTo("0");
  }
}
