package dev.steward.api.http;

import dev.steward.api.Operation;
import dev.steward.api.Reply;
import dev.steward.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Reads the body, as far as it may go.
 *
 * @param most the largest one, in bytes, where the operation does not say its own
 */
record Bodies(int most) implements Layer {
  /** So much of a body that is too large is read and thrown away. */
  private static final long DRAINED = 32L << 20;

  @Override
  public Reply around(Call call, Door inner) throws IOException {
    if (!call.arrival().hasBody()) return inner.answer(call);
    Operation operation = Objects.requireNonNull(call.operation());
    int limit = operation.bytes() > 0 ? operation.bytes() : most;
    return inner.answer(call.with(read(call.arrival(), limit)));
  }

  private static byte[] read(Arrival arrival, int limit) throws IOException {
    try (InputStream in = arrival.body()) {
      byte[] body = in.readNBytes(limit + 1);
      if (body.length <= limit) return body;
      // A caller that is still sending would see a closed connection instead of the answer.
      in.skip(DRAINED);
      throw Problem.of(Problem.Type.TOO_LARGE, "a body has at most " + limit + " bytes");
    }
  }
}
