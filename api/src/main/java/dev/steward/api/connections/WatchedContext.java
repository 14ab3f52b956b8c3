package dev.steward.api.connections;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** A connection as Helidon sees it, where each wait for its other end is known to its visitor. */
final class WatchedContext implements ConnectionContext {
  /** So much of what nobody wants to read is thrown away before we close. */
  private static final long DRAINED = 32L << 20;

  private final ConnectionContext context;
  private final Visitor visitor;
  private final Connections connections;
  private final DataReader reader = DataReader.create(this::read);
  private final DataWriter writer;
  private boolean answering;

  WatchedContext(ConnectionContext context, Visitor visitor, Connections connections) {
    this.context = context;
    this.visitor = visitor;
    this.connections = connections;
    this.writer = new WatchedWriter(context.dataWriter(), visitor, this::afterWriting);
  }

  Visitor visitor() {
    return visitor;
  }

  /** What is written next is an answer's beginning. */
  void answers() {
    answering = true;
  }

  private void afterWriting(Visitor.Phase before) {
    visitor.enter(answering ? Visitor.Phase.IDLE : before);
    if (answering) visitor.answered();
    answering = false;
  }

  private byte @Nullable [] read() {
    if (visitor.isClosing()) {
      sayFarewell();
      return null;
    }
    if (visitor.phase() == Visitor.Phase.BUSY) visitor.enter(Visitor.Phase.BODY);
    // The beginning of a head may have come with the request before it.
    if (visitor.phase() == Visitor.Phase.IDLE && reader.available() > 0)
      visitor.enter(Visitor.Phase.HEAD);
    byte[] bytes = await();
    if (visitor.isLate()) return tooSlow();
    return switch (visitor.phase()) {
      case IDLE, HEAD -> {
        if (bytes == null && visitor.phase() == Visitor.Phase.HEAD)
          throw refusal(Status.BAD_REQUEST_400, "the head of the request ended too early");
        if (bytes != null) visitor.enter(Visitor.Phase.HEAD);
        yield bytes;
      }
      case BODY, BUSY -> {
        if (bytes != null) took(bytes.length);
        visitor.enter(Visitor.Phase.BUSY);
        yield bytes;
      }
      case ANSWER, LEAVING -> bytes;
    };
  }

  private byte @Nullable [] await() {
    visitor.waits(true);
    try {
      return context.serverSocket().get();
    } catch (UncheckedIOException e) {
      throw new ServerConnectionException("the connection is broken", e);
    } finally {
      visitor.waits(false);
    }
  }

  private void took(int bytes) {
    visitor.got(bytes);
    connections.grew(bytes);
    if (visitor.hasTooMuchUnread())
      throw refusal(
          Status.REQUEST_ENTITY_TOO_LARGE_413, "the body, or a chunk of it, is too large");
  }

  private byte @Nullable [] tooSlow() {
    return switch (visitor.phase()) {
      case HEAD ->
          throw refusal(Status.REQUEST_TIMEOUT_408, "the head of the request took too long");
      case BODY, BUSY -> throw refusal(Status.REQUEST_TIMEOUT_408, "the body came too slowly");
      case IDLE, ANSWER, LEAVING -> null;
    };
  }

  private static RequestException refusal(Status status, String why) {
    return RequestException.builder()
        .type(DirectHandler.EventType.BAD_REQUEST)
        .status(status)
        .setKeepAlive(false)
        .message(why)
        .build();
  }

  /**
   * Says that nothing more comes, and reads what is still on its way: a connection that is closed
   * with something unread takes our last answer with it.
   */
  void sayFarewell() {
    visitor.enter(Visitor.Phase.LEAVING);
    visitor.hangUp();
    if (visitor.isLate()) return;
    visitor.waits(true);
    try {
      long drained = 0;
      for (byte[] bytes = farewell(); bytes != null && drained < DRAINED; bytes = farewell())
        drained += bytes.length;
    } catch (ServerConnectionException gone) {
      visitor.close();
    } finally {
      visitor.waits(false);
    }
  }

  /** The time to leave runs from its beginning, and not from the last byte. */
  private byte @Nullable [] farewell() {
    try {
      return visitor.isLate() ? null : context.serverSocket().get();
    } catch (UncheckedIOException e) {
      throw new ServerConnectionException("the connection is broken", e);
    }
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public PeerInfo remotePeer() {
    return context.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return context.localPeer();
  }

  @Override
  public boolean isSecure() {
    return context.isSecure();
  }

  @Override
  public String socketId() {
    return context.socketId();
  }

  @Override
  public String childSocketId() {
    return context.childSocketId();
  }

  @Override
  public ListenerContext listenerContext() {
    return context.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return context.executor();
  }

  @Override
  public Router router() {
    return context.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return context.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return context.serverSocket();
  }
}
