package dev.steward.api.http;

import dev.steward.api.Operation;
import dev.steward.api.Reply;
import java.io.IOException;
import java.util.Objects;

/** Lets in whom the operation's row lets in, before anything else of the request is read. */
record Admission(Gate gate) implements Layer {
  @Override
  public Reply around(Exchange call, Door inner) throws IOException {
    Operation<?, ?> operation = Objects.requireNonNull(call.operation());
    return inner.answer(call.by(gate.admit(operation, call.arrival().first("Authorization"))));
  }
}
