package dev.steward.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.AccountRef;
import dev.steward.model.job.Jobs.ApprovalRef;
import dev.steward.model.job.Jobs.ChangeRef;
import dev.steward.model.job.Jobs.DiscoveryRef;
import dev.steward.model.job.Jobs.DueRef;
import dev.steward.model.job.Jobs.RunRef;
import dev.steward.workflows.approvals.ApprovalWorkflow;
import dev.steward.workflows.discovery.DiscoveryWorkflow;
import dev.steward.workflows.governance.ActionActivities;
import dev.steward.workflows.governance.ChangeWorkflow;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.RawValue;
import io.temporal.payload.codec.PayloadCodecException;
import io.temporal.payload.context.SerializationContext;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody on the network may send to Temporal, and what becomes of it. */
final class OutsidersTest {
  private static final DataConverter OURS = Messages.sealed(new Marked());

  /** A seal that is easy to read: a mark, where the real one encrypts. */
  private static final class Marked implements Seal {
    private static final ByteString MARK = ByteString.copyFromUtf8("ours");

    @Override
    public Seal withContext(SerializationContext context) {
      return this;
    }

    @Override
    public boolean isOurs(Payload payload) {
      return MARK.equals(payload.getMetadataOrDefault("mark", ByteString.EMPTY));
    }

    @Override
    public List<Payload> encode(List<Payload> payloads) {
      return payloads.stream().map(p -> p.toBuilder().putMetadata("mark", MARK).build()).toList();
    }

    @Override
    public List<Payload> decode(List<Payload> payloads) {
      for (Payload payload : payloads)
        if (payload
            .getMetadataOrDefault("encoding", ByteString.EMPTY)
            .toStringUtf8()
            .startsWith("binary/encrypted")) throw new PayloadCodecException("sealed by another");
      return payloads;
    }
  }

  private static Payload plain(String json) {
    return payload("json/plain", json);
  }

  private static Payload payload(String encoding, String data) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8(encoding))
        .setData(ByteString.copyFromUtf8(data))
        .build();
  }

  private static Object read(Class<?> type, Payload... payloads) {
    return OURS.fromPayloads(
            Optional.of(Payloads.newBuilder().addAllPayloads(List.of(payloads)).build()),
            new Class<?>[] {type},
            new Type[] {type})[0];
  }

  @Test
  void takesWhatItSealedItself() {
    ChangeRef input = new ChangeRef(FakeWorld.CHANGE, FakeWorld.ORGANIZATION, FakeWorld.ACCOUNT);
    assertThat(read(ChangeRef.class, OURS.toPayload(input).orElseThrow())).isEqualTo(input);
    ChangeWorkflow.Ask ask = new ChangeWorkflow.Ask("client", "pause", "proof");
    assertThat(read(ChangeWorkflow.Ask.class, OURS.toPayload(ask).orElseThrow())).isEqualTo(ask);
  }

  @Test
  void takesNoStartAndNoAnswerThatItDidNotSeal() {
    String input =
        "{\"change\":\"chg_test000000\",\"organization\":\"org_test000000\",\"account\":\"acc_test000000\"}";
    for (Class<?> type :
        List.of(
            ChangeRef.class,
            ApprovalRef.class,
            DiscoveryRef.class,
            ActionActivities.Execution.class,
            String.class))
      for (Payload given :
          List.of(
              plain(input),
              plain("null"),
              payload("binary/null", ""),
              payload("binary/plain", "x"),
              payload("binary/encrypted", "x")))
        assertThatThrownBy(() -> read(type, given)).isInstanceOf(ForeignPayloadException.class);
    assertThatThrownBy(() -> read(ChangeRef.class)).isInstanceOf(ForeignPayloadException.class);
    assertThatThrownBy(() ->
            OURS.fromPayloads(
                0,
                Optional.empty(),
                ActionActivities.Execution.class,
                ActionActivities.Execution.class))
        .isInstanceOf(ForeignPayloadException.class);
    assertThat(OURS.<Object>fromPayloads(0, Optional.empty(), nothing(), Void.class)).isNull();
  }

  @SuppressWarnings("unchecked")
  private static Class<Object> nothing() {
    return (Class<Object>) (Class<?>) Void.class;
  }

  @Test
  void readsAnUnsealedDecisionForTheProofInIt() {
    assertThat(
            read(
                ApprovalWorkflow.Decision.class,
                plain(
                    "{\"by\":\"ann\",\"answer\":\"approve\",\"plan_hash\":\"h\",\"token\":\"t\"}")))
        .isEqualTo(new ApprovalWorkflow.Decision("ann", "approve", null, "h", "t"));
    assertThat(new ApprovalWorkflow.Decision("ann", "approve", null, "h", "secret").toString())
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "7",
        "\"text\"",
        "{\"by\":{\"a\":1}}",
        "{\"by\":[\"ann\"]}",
        "{\"by\":\"ann\",\"by\":\"bob\"}",
        "{\"by\":\"ann\",\"wish\":\"pause\",\"answer\":\"approve\",\"force\":true}",
        "{\"by\":\"ann\"} trailing",
        "\u0000"
      })
  void makesNothingOfWhatCannotBeRead(String json) {
    for (Class<?> type :
        List.of(
            ApprovalWorkflow.Decision.class,
            ApprovalWorkflow.Withdrawal.class,
            ChangeWorkflow.Ask.class,
            DiscoveryWorkflow.SkipRegion.class)) {
      assertThat(read(type, plain(json))).isNull();
      assertThat(read(type, payload("binary/encrypted", json))).isNull();
      assertThat(read(type, payload("json/protobuf", json))).isNull();
    }
    String deep = "{\"by\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
    assertThat(read(ChangeWorkflow.Ask.class, plain(deep))).isNull();
    assertThat(read(ChangeWorkflow.Ask.class, plain("{\"by\":\"" + "x".repeat(20_000) + "\"}")))
        .isNull();
    assertThat(read(ChangeWorkflow.Ask.class)).isNull();
  }

  @Test
  void readsAFailureAsOneWhateverIsInIt() {
    Failure forged =
        Failure.newBuilder()
            .setMessage("no")
            .setEncodedAttributes(payload("binary/encrypted", "junk"))
            .setApplicationFailureInfo(ApplicationFailureInfo.newBuilder().setType("Forged"))
            .build();
    assertThat(OURS.failureToException(forged)).hasMessageContaining("no");
    assertThat(new RawValue(plain("1"))).isNotNull();
  }

  @Test
  void beginsNothingUnderANameOfAnotherRun() {
    ChangeRef change = new ChangeRef(FakeWorld.CHANGE, FakeWorld.ORGANIZATION, FakeWorld.ACCOUNT);
    assertThat(Jobs.CHANGE.fits(change, "change/" + FakeWorld.CHANGE)).isTrue();
    assertThat(Jobs.CHANGE.fits(change, "change/" + FakeWorld.CHANGE + "0")).isFalse();
    assertThat(Jobs.CHANGE.fits(change, "copied")).isFalse();
    assertThat(Jobs.CHANGE.fits(null, "change/1")).isFalse();
  }

  /** A training and a search have the same input, and each an id of its own. */
  @Test
  void beginsNothingUnderANameOfAnotherJob() {
    RunRef run = new RunRef(FakeLab.RUN, FakeWorld.ORGANIZATION);
    assertThat(Jobs.SEARCH.fits(run, Jobs.SEARCH.id(run))).isTrue();
    assertThat(Jobs.SEARCH.fits(run, Jobs.TRAINING.id(run))).isFalse();
    assertThat(Jobs.CHANGE.fits(run, Jobs.TRAINING.id(run))).isFalse();
  }

  /** A schedule puts the time behind the id, and starts under no account's name but its own. */
  @Test
  void beginsWhatIsDueUnderTheNameOfItsSchedule() {
    DueRef due =
        new DueRef(
            new AccountRef(FakeWorld.ACCOUNT, FakeWorld.ORGANIZATION), DueRef.Work.DISCOVERY);
    assertThat(Jobs.DUE.fits(due, Jobs.DUE.id(due) + "-2026-11-26T20:00:00Z")).isTrue();
    assertThat(Jobs.DUE.fits(due, Jobs.DUE.id(due) + "0-2026-11-26T20:00:00Z")).isFalse();
    assertThat(Jobs.DUE.fits(due, "due/scan/" + FakeWorld.ACCOUNT)).isFalse();
  }
}
