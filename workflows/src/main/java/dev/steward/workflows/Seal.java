package dev.steward.workflows;

import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.context.SerializationContext;

/** A codec that knows its own work from what others put beside it. */
public interface Seal extends PayloadCodec {
  /** Whether this installation sealed it for just this place, and nobody changed it since. */
  boolean isOurs(Payload payload);

  /** The same seal for what belongs here; without, it opens what belongs anywhere. */
  @Override
  Seal withContext(SerializationContext context);
}
