package dev.steward.workflows;

import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;

/** A codec that knows its own work from what others put beside it. */
public interface Seal extends PayloadCodec {
  /** Whether this installation sealed it, and nobody changed it since. */
  boolean isOurs(Payload payload);
}
