package dev.steward.workflows;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.google.protobuf.ByteString;
import dev.steward.model.Json;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodecException;
import io.temporal.payload.context.ActivitySerializationContext;
import io.temporal.payload.context.SerializationContext;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes nothing but what this installation sealed for just this run: a start, an answer or a wish
 * that anybody on the network sends to Temporal, or copies out of another run, is none. The one
 * exception are {@link FromOutside messages} that carry a proof of their own.
 *
 * <p>The SDK makes one converter for each call of an activity, in the workflow and where it is
 * carried out. The workflow's names the call in what is asked; the activity's names in the answer
 * what was asked; and the workflow's takes no other answer.
 */
final class GuardedConverter implements DataConverter {
  /** A decision is no long text. */
  private static final int LONGEST = 16_384;

  private static final ObjectReader STRICT =
      Json.MAPPER
          .reader()
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private final DataConverter inner;
  private final Seal seal;

  /** Null outside of activities. */
  private final @Nullable ActivitySerializationContext activity;

  /** The same for just the call, once it has a name. */
  private volatile @Nullable GuardedConverter call;

  GuardedConverter(DataConverter inner, Seal seal) {
    this(inner, seal, null);
  }

  private GuardedConverter(
      DataConverter inner, Seal seal, @Nullable ActivitySerializationContext activity) {
    this.inner = inner;
    this.seal = seal;
    this.activity = activity;
  }

  @Override
  public <T> Optional<Payload> toPayload(T value) {
    return inner.toPayload(value);
  }

  @Override
  public Optional<Payloads> toPayloads(Object... values) {
    // What nothing is asked has nothing to carry the name.
    if (activity != null && values.length > 0 && WorkflowUnsafe.isWorkflowThread())
      name(activity, CallNames.next());
    GuardedConverter one = call;
    return one == null ? inner.toPayloads(values) : one.inner.toPayloads(values);
  }

  private void name(ActivitySerializationContext all, String name) {
    CallContext context = new CallContext(all, name);
    call = new GuardedConverter(inner.withContext(context), seal.withContext(context), context);
  }

  // Null is what the contract of this interface says for what is not there.
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  @Override
  public <T> T fromPayload(Payload payload, Class<T> type, Type generic) {
    GuardedConverter one = call;
    if (one != null && WorkflowUnsafe.isWorkflowThread())
      return one.fromPayload(payload, type, generic);
    boolean ours = seal.isOurs(payload);
    if (type.isAnnotationPresent(FromOutside.class)) return read(payload, type, generic, ours);
    if (!ours) throw foreign(type);
    return inner.fromPayload(payload, type, generic);
  }

  private <T> @Nullable T read(Payload payload, Class<T> type, Type generic, boolean ours) {
    try {
      if (ours) return inner.fromPayload(payload, type, generic);
      byte[] json = seal.decode(List.of(payload)).getFirst().getData().toByteArray();
      return json.length > LONGEST ? null : STRICT.forType(type).readValue(json);
    } catch (IOException
        | DataConverterException
        | PayloadCodecException
        | IllegalStateException
        | IllegalArgumentException unreadable) {
      return null;
    }
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  @Override
  public <T> T fromPayloads(int index, Optional<Payloads> content, Class<T> type, Type generic) {
    if (content.isPresent() && index < content.get().getPayloadsCount())
      return fromPayload(content.get().getPayloads(index), type, generic);
    if (type == void.class || type == Void.class || type.isAnnotationPresent(FromOutside.class))
      return null;
    throw foreign(type);
  }

  private RuntimeException foreign(Class<?> type) {
    ForeignPayloadException foreign = new ForeignPayloadException(type);
    // An activity that cannot read what it is asked does not learn to by trying again.
    return activity != null && !WorkflowUnsafe.isWorkflowThread()
        ? ApplicationFailure.newNonRetryableFailure(
            String.valueOf(foreign.getMessage()), Entrance.FOREIGN)
        : foreign;
  }

  @Override
  public Object[] fromPayloads(Optional<Payloads> content, Class<?>[] types, Type[] generics) {
    Object[] values = new Object[types.length];
    if (activity != null && content.isPresent() && content.get().getPayloadsCount() > 0)
      answerTo(activity, content.get().getPayloads(0));
    for (int i = 0; i < types.length; i++)
      values[i] = fromPayloads(i, content, types[i], generics[i]);
    return values;
  }

  private void answerTo(ActivitySerializationContext all, Payload asked) {
    String name = asked.getMetadataOrDefault(Binding.CALL, ByteString.EMPTY).toStringUtf8();
    // Whoever changed the name has made it unreadable, and then nothing is answered.
    if (!name.isEmpty()) name(all, name);
  }

  /** A failure says no, whoever it comes from; what of it cannot be read is left out. */
  @Override
  public RuntimeException failureToException(Failure failure) {
    try {
      return inner.failureToException(failure);
    } catch (DataConverterException | PayloadCodecException | IllegalStateException unreadable) {
      return inner.failureToException(bare(failure));
    }
  }

  private static Failure bare(Failure failure) {
    Failure.Builder bare = failure.toBuilder().clearEncodedAttributes();
    if (failure.hasCause()) bare.setCause(bare(failure.getCause()));
    if (failure.hasApplicationFailureInfo()) bare.getApplicationFailureInfoBuilder().clearDetails();
    if (failure.hasCanceledFailureInfo()) bare.getCanceledFailureInfoBuilder().clearDetails();
    if (failure.hasTimeoutFailureInfo())
      bare.getTimeoutFailureInfoBuilder().clearLastHeartbeatDetails();
    return bare.build();
  }

  @Override
  public Failure exceptionToFailure(Throwable thrown) {
    return inner.exceptionToFailure(thrown);
  }

  @Override
  public DataConverter withContext(SerializationContext context) {
    return new GuardedConverter(
        inner.withContext(context),
        seal.withContext(context),
        context instanceof ActivitySerializationContext own ? own : null);
  }
}
