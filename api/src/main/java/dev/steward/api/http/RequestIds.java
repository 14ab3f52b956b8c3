package dev.steward.api.http;

import dev.steward.api.Reply;
import dev.steward.model.Ids;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Gives each request an id, which its answer, its problem and the log name. */
final class RequestIds implements Layer {
  static final String HEADER = "X-Request-Id";
  private final String start;
  private final AtomicLong served = new AtomicLong();

  RequestIds(Ids ids) {
    start = ids.next("req").substring(0, 12) + "-";
  }

  @Override
  public Reply around(Exchange call, Door inner) throws IOException {
    String id = next();
    return inner.answer(call.identified(id)).with(HEADER, id);
  }

  /** Unique in this installation and cheap; it is no secret. */
  private String next() {
    return start + Long.toString(served.incrementAndGet(), Character.MAX_RADIX);
  }
}
