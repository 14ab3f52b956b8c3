package dev.steward.api.connections;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/** Hears when a request's head is here. */
final class Received implements Http1ConnectionListener {
  @Override
  public void prologue(ConnectionContext context, HttpPrologue prologue) {
    // What came behind a request that was the last one is not read.
    if (((WatchedContext) context).visitor().isClosing())
      throw new CloseConnectionException("the last request is answered");
  }

  @Override
  public void headers(ConnectionContext context, Headers headers) {
    Visitor visitor = ((WatchedContext) context).visitor();
    if (headers.contains(HeaderNames.CONNECTION)
        && headers.containsToken(HeaderValues.CONNECTION_CLOSE)) visitor.isLast();
    visitor.enter(Visitor.Phase.BUSY);
  }
}
