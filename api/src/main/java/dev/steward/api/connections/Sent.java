package dev.steward.api.connections;

import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/** Hears when an answer begins: whether it is the last one of its connection. */
final class Sent implements Http1ConnectionListener {
  @Override
  public void headers(ConnectionContext context, Headers headers) {
    WatchedContext watched = (WatchedContext) context;
    watched.answers();
    // As we ourselves write it: to look for it among other words takes longer, in every answer.
    if (headers.contains(HeaderValues.CONNECTION_CLOSE)) watched.visitor().isLast();
  }
}
