package dev.steward.api.http;

import dev.steward.api.Operation;
import dev.steward.api.Reply;
import dev.steward.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Reads a body that becomes a record, as far as it may go.
 *
 * @param most the largest one, in bytes
 */
record Bodies(int most) implements Layer {
  /** Beside the body there may be this much of how it is cut, in bytes. */
  static final int FRAMES = 64 << 10;

  @Override
  public Reply around(Exchange call, Door inner) throws IOException {
    Operation<?, ?> operation = Objects.requireNonNull(call.operation());
    if (operation.bytes() > 0 || !call.arrival().hasBody()) return inner.answer(call);
    return inner.answer(call.with(read(call.arrival(), most)));
  }

  static byte[] read(Arrival arrival, int most) throws IOException {
    // What is too large is refused before it is here; the caller may still be sending it.
    if (arrival.length() > most) throw tooLarge(most);
    return Incoming.of(() -> {
      try (InputStream in = arrival.body((long) most + FRAMES, true)) {
        byte[] body = in.readNBytes(most + 1);
        if (body.length > most) throw tooLarge(most);
        return body;
      }
    });
  }

  static RuntimeException tooLarge(int most) {
    return Problem.of(Problem.Type.TOO_LARGE, "a body has at most " + most + " bytes");
  }
}
