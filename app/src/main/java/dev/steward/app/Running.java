package dev.steward.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, to be stopped in the reverse order. It may be stopped while more is being
 * started: what comes after that is stopped at once.
 */
final class Running implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Running.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private boolean stopped;

  /** One that is stopped with this process: by TERM, by INT, or when a command has ended. */
  static Running withProcess() {
    Running running = new Running();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(running::close));
    return running;
  }

  /**
   * @throws StartException if it was stopped meanwhile
   */
  <T extends AutoCloseable> T add(T part) {
    synchronized (parts) {
      if (!stopped) {
        parts.push(part);
        return part;
      }
    }
    stop(part);
    throw new StartException("stopped while it was being started");
  }

  /** Returns when everything has stopped, whoever stops it. */
  @Override
  public synchronized void close() {
    for (AutoCloseable part = next(); part != null; part = next()) stop(part);
  }

  private @Nullable AutoCloseable next() {
    synchronized (parts) {
      stopped = true;
      return parts.poll();
    }
  }

  private static void stop(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
    }
  }
}
