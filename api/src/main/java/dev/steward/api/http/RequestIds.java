package dev.steward.api.http;

import dev.steward.api.Reply;
import dev.steward.model.Ids;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * Gives each request an id, which its answer, its problem and the log name: its caller's, where
 * that is one, or else one of our own.
 */
final class RequestIds implements Layer {
  static final String HEADER = "X-Request-Id";
  private static final String MDC_KEY = "request";

  /** What can stand in a header and in a line of a log, and is nothing but a name there. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+=@~-]{0,127}");

  private final String start;
  private final AtomicLong served = new AtomicLong();

  RequestIds(Ids ids) {
    start = ids.next("req").substring(0, 12) + "-";
  }

  @Override
  public Reply around(Exchange call, Door inner) throws IOException {
    String id = call.arrival().first(HEADER).filter(NAME.asMatchPredicate()).orElseGet(this::next);
    MDC.put(MDC_KEY, id);
    try {
      return inner.answer(call.identified(id)).with(HEADER, id);
    } finally {
      MDC.remove(MDC_KEY);
    }
  }

  /** Unique in this installation and cheap; it is no secret. */
  private String next() {
    return start + Long.toString(served.incrementAndGet(), Character.MAX_RADIX);
  }
}
