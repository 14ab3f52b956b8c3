package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.steward.storage.Cipher256;
import dev.steward.storage.MasterKey;
import dev.steward.workflows.CallContext;
import dev.steward.workflows.Seal;
import dev.steward.workflows.Unbound;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodecException;
import io.temporal.payload.context.ActivitySerializationContext;
import io.temporal.payload.context.SerializationContext;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sealed for one run opens for no other, whoever carries it there. */
@SuppressWarnings("NullAway.Init")
final class SealedPayloadCodecTest {
  private static final Instant SINCE = Instant.parse("2026-11-01T10:00:00Z");
  private static final Payload PLAIN =
      Payload.newBuilder().setData(ByteString.copyFromUtf8("{\"drift\":[]}")).build();

  @TempDir Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(SINCE);
  private MasterKey master;
  private SealedPayloadCodec codec;

  @BeforeEach
  void make() {
    master = MasterKey.at(folder.resolve("key"), false);
    codec = new SealedPayloadCodec(master, new Unbound(SINCE, SINCE, now::get));
  }

  private static SerializationContext run(String workflow) {
    return new WorkflowSerializationContext("default", workflow);
  }

  private static ActivitySerializationContext activity(String workflow, String type) {
    return new ActivitySerializationContext("default", workflow, "Change", type, "aws", false);
  }

  private Payload sealed(SerializationContext context) {
    return codec.withContext(context).encode(List.of(PLAIN)).getFirst();
  }

  private void opens(SerializationContext context, Payload sealed) {
    Seal here = codec.withContext(context);
    assertThat(here.isOurs(sealed)).isTrue();
    assertThat(here.decode(List.of(sealed))).containsExactly(PLAIN);
  }

  private void refuses(SerializationContext context, Payload sealed) {
    Seal here = codec.withContext(context);
    assertThat(here.isOurs(sealed)).isFalse();
    assertThatThrownBy(() -> here.decode(List.of(sealed)))
        .isInstanceOfAny(PayloadCodecException.class, IllegalStateException.class);
  }

  @Test
  void opensWhereItBelongsAndNowhereElse() {
    Payload answer = sealed(activity("change/1", "ActionExecute"));
    opens(activity("change/1", "ActionExecute"), answer);
    refuses(activity("change/2", "ActionExecute"), answer);
    refuses(activity("change/1", "ActionCheck"), answer);
    refuses(run("change/1"), answer);
    refuses(new WorkflowSerializationContext("another", "change/1"), sealed(run("change/1")));
    // An activity that no workflow asked for.
    refuses(
        new ActivitySerializationContext("default", null, null, "ActionExecute", "aws", false),
        answer);
    // No two places are written alike.
    refuses(run("change/12"), sealed(run("change/1")));
  }

  @Test
  void whatBelongsToACallIsTakenByNoOther() {
    ActivitySerializationContext all = activity("change/1", "ActionExecute");
    Payload answer = sealed(new CallContext(all, "run/1"));
    opens(new CallContext(all, "run/1"), answer);
    refuses(new CallContext(all, "run/2"), answer);
    refuses(new CallContext(activity("change/1", "ActionCheck"), "run/1"), answer);
    // Who is asked learns from it which call it is.
    opens(all, answer);
    refuses(new CallContext(all, "run/1"), sealed(all));
    for (Payload other :
        List.of(
            answer.toBuilder().removeMetadata("bound-to-call").build(),
            answer.toBuilder()
                .putMetadata("bound-to-call", ByteString.copyFromUtf8("run/2"))
                .build())) {
      refuses(new CallContext(all, "run/2"), other);
      refuses(all, other);
    }
  }

  @Test
  void whoWritesAnotherRunOnItCannotOpenIt() {
    Payload answer = sealed(run("change/1"));
    Payload moved =
        answer.toBuilder()
            .putMetadata("bound-to-workflow", ByteString.copyFromUtf8("change/2"))
            .build();
    refuses(run("change/2"), moved);
    assertThat(codec.isOurs(moved)).isFalse();
    refuses(run("change/1"), answer.toBuilder().removeMetadata("bound-to-workflow").build());
  }

  @Test
  void opensForWhoeverReadsWithoutARun() {
    assertThat(codec.decode(List.of(sealed(activity("change/1", "ActionCheck")))))
        .containsExactly(PLAIN);
    assertThat(codec.decode(codec.encode(List.of(PLAIN)))).containsExactly(PLAIN);
    refuses(run("change/1"), codec.encode(List.of(PLAIN)).getFirst());
    refuses(
        run("change/1"),
        codec.encodeForTools(List.of(PLAIN)).getFirst().toBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("binary/encrypted-bound"))
            .build());
  }

  @Test
  void aScheduleSealsForItsRuns() {
    Payload input = sealed(run("due/scan/acc_1"));
    opens(run("due/scan/acc_1-2026-11-26T20:00:00Z"), input);
    refuses(run("due/scan/acc_1-and-more"), input);
    refuses(run("due/scan/acc_12-2026-11-26T20:00:00Z"), input);
    refuses(run("change/1-2026-11-26T20:00:00Z"), sealed(run("change/1")));
  }

  @Test
  void whatWasSealedBeforeIsTakenForAWeekOutsideOfRuns() {
    Cipher256 cipher = new Cipher256(master.derive("temporal payloads"));
    Payload old =
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("binary/encrypted"))
            .putMetadata("encryption-key-id", ByteString.copyFromUtf8(master.id()))
            .setData(
                ByteString.copyFrom(
                    cipher.seal(
                        PLAIN.toByteArray(),
                        "temporal payload".getBytes(StandardCharsets.US_ASCII))))
            .build();
    opens(activity("change/1", "ActionExecute"), old);
    now.set(SINCE.plus(Duration.ofDays(8)));
    refuses(activity("change/1", "ActionExecute"), old);
    // Who reads histories reads old ones too.
    assertThat(codec.decode(List.of(old))).containsExactly(PLAIN);
  }
}
