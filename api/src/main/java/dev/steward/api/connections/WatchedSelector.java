package dev.steward.api.connections;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/**
 * Helidon's HTTP/1.1, each connection of which is watched; protocols it upgrades to are named here.
 */
final class WatchedSelector implements ServerConnectionSelector {
  private final Connections connections;
  private final ServerConnectionSelector http =
      Http1ConnectionSelector.builder()
          .config(
              Http1Config.builder()
                  .addReceiveListener(new Received())
                  .addSendListener(new Sent())
                  .build())
          .build();

  WatchedSelector(Connections connections) {
    this.connections = connections;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    Visitor visitor =
        connections
            .at(context.remotePeer().address())
            .orElseThrow(() -> new CloseConnectionException("made room for another"));
    WatchedContext watched = new WatchedContext(context, visitor, connections);
    return new WatchedConnection(http.connection(watched), watched, visitor, connections);
  }
}
