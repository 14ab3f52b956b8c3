package dev.steward.api.http;

import dev.steward.api.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * Takes over the trace that a request is part of (W3C Trace Context, {@code traceparent}): the
 * answer, its problem and the log name it. What does not hold to the standard is no trace.
 */
final class Traces implements Layer {
  static final String HEADER = "traceparent";
  private static final String MDC_KEY = "trace";

  /** A later version may have more behind it. */
  private static final Pattern PARENT =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.{0,200})?");

  @Override
  public Reply around(Exchange call, Door inner) throws IOException {
    List<String> parents = call.arrival().all(HEADER);
    // Sent twice, nobody knows which of them is meant.
    if (parents.size() != 1) return inner.answer(call);
    String parent = parents.getFirst();
    Optional<String> trace = trace(parent);
    if (trace.isEmpty()) return inner.answer(call);
    MDC.put(MDC_KEY, trace.get());
    try {
      return inner.answer(call.traced(trace.get())).with(HEADER, parent);
    } finally {
      MDC.remove(MDC_KEY);
    }
  }

  private static Optional<String> trace(String parent) {
    Matcher read = PARENT.matcher(parent);
    if (!read.matches()) return Optional.empty();
    boolean longer = read.group(3) != null;
    return longer && read.group(1).equals("00") ? Optional.empty() : Optional.of(read.group(2));
  }
}
