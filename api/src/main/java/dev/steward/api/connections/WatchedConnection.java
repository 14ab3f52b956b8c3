package dev.steward.api.connections;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection whose thread is known while it is handled, and which takes its leave. */
final class WatchedConnection implements ServerConnection, InterruptableTask<Void> {
  private static final ThreadLocal<@Nullable Visitor> PRESENT = new ThreadLocal<>();
  private final ServerConnection http;
  private final WatchedContext context;
  private final Visitor visitor;
  private final Connections connections;

  WatchedConnection(
      ServerConnection http, WatchedContext context, Visitor visitor, Connections connections) {
    this.http = http;
    this.context = context;
    this.visitor = visitor;
    this.connections = connections;
  }

  /** Who is served on this thread. */
  static @Nullable Visitor present() {
    return PRESENT.get();
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    PRESENT.set(visitor);
    try {
      http.handle(limit);
      // It ended with an answer, behind which its caller may still be sending.
      context.sayFarewell();
    } finally {
      PRESENT.remove();
      connections.gone(visitor);
    }
  }

  @Override
  public boolean canInterrupt() {
    return http instanceof InterruptableTask<?> task && task.canInterrupt();
  }

  /** Helidon's own watch over idle connections has nothing to do. */
  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    http.close(interrupt);
  }
}
