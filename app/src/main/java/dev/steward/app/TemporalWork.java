package dev.steward.app;

import dev.steward.activities.IntentDispatcher;
import dev.steward.activities.Reconciler;
import dev.steward.storage.WatchedClock;
import dev.steward.workflows.Seal;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.worker.WorkerFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Temporal, our own or another's, with our workers and the dispatcher on it. The platform does not
 * wait for it: without it writes are kept as intents. Whenever it comes, or comes again, it is
 * given what it must have and everything that the store calls under way: nothing that only Temporal
 * knew is needed to go on.
 */
public final class TemporalWork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TemporalWork.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** What works on a server, started once. */
  record Parts(WorkerFactory workers, IntentDispatcher dispatcher, Reconciler reconciler) {}

  /** Makes the parts. */
  interface Assembly {
    /**
     * @param onUnprepared to be told when the server turns out to lack what it was given
     */
    Parts on(WorkflowClient client, ScheduleClient schedules, Runnable onUnprepared);
  }

  private final Settings settings;
  private final Path folder;
  private final Seal seal;
  private final Assembly assembly;
  private final WatchedClock clock;
  private final boolean own;
  private final Duration between;
  private final Semaphore unprepared = new Semaphore(0);
  private volatile @Nullable LocalTemporal local;
  private volatile @Nullable TemporalLink link;
  private volatile @Nullable Parts parts;

  /** Which start of the server was given everything; 0 for none. */
  private volatile int prepared;

  private volatile boolean closing;
  private @Nullable Thread keeper;

  TemporalWork(Settings settings, Path folder, Seal seal, WatchedClock clock, Assembly assembly) {
    this.settings = settings;
    this.folder = folder;
    this.seal = seal;
    this.assembly = assembly;
    this.clock = clock;
    this.own = settings.text(Setting.TEMPORAL_ADDRESS).isEmpty();
    this.between = Duration.ofMinutes(settings.number(Setting.TEMPORAL_RECONCILE_MINUTES));
  }

  static TemporalWork of(House house, Assembly assembly) {
    if (Configured.isTemporalInMemory(house.settings))
      LOG.warn("NON-DURABLE: Temporal keeps nothing on disk; workflows are lost with the process");
    return new TemporalWork(
        house.settings, house.folder.resolve("temporal"), house.codec, house.clock, assembly);
  }

  void start(String codecEndpoint) {
    if (own) {
      LocalTemporal server =
          new LocalTemporal(
              folder,
              settings.number(Setting.TEMPORAL_PORT),
              settings.number(Setting.TEMPORAL_UI_PORT),
              settings.isOn(Setting.TEMPORAL_IN_MEMORY),
              codecEndpoint);
      // Known before it starts: whoever closes us meanwhile ends it.
      local = server;
      if (closing) throw new StartException("stopped while it was being started");
      server.start();
    }
    TemporalLink made =
        new TemporalLink(
            address(),
            settings.text(Setting.TEMPORAL_NAMESPACE),
            settings.isOn(Setting.TEMPORAL_TLS),
            settings.text(Setting.TEMPORAL_API_KEY),
            seal);
    link = made;
    keeper = Thread.ofPlatform().name("temporal-keeper").start(() -> keep(made));
  }

  private void keep(TemporalLink to) {
    if (!awaitClock()) return;
    Duration pause = Duration.ofMillis(100);
    while (!closing) {
      try {
        int start = starts();
        unprepared.drainPermits();
        to.prepare(own);
        working(to).reconciler().reconcile();
        prepared = start;
        pause = Duration.ofMillis(100);
        awaitNews(to, start);
        continue;
      } catch (StatusRuntimeException | WorkflowServiceException | ScheduleException down) {
        LOG.info("Temporal at {} does not answer yet ({})", address(), down.getMessage());
      } catch (StartException wrong) {
        LOG.error("no workflows run: {}", wrong.getMessage());
        pause = Duration.ofSeconds(30);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("Temporal at {} could not be given what it needs", address(), e);
      }
      prepared = 0;
      if (!sleep(pause)) return;
      if (pause.toSeconds() < 5) pause = pause.multipliedBy(2);
    }
  }

  /**
   * What works judges by the time: findings would be resolved by metrics of 1970, and dismissals
   * lost. So nothing works until a clock is set that was not when we started.
   */
  private boolean awaitClock() {
    if (clock.isUnset()) LOG.warn("no workflows run until the clock of this machine is set");
    while (clock.isUnset()) if (closing || !sleep(LOOK)) return false;
    return true;
  }

  /** The workers and the dispatcher, started if they are not. */
  private Parts working(TemporalLink to) {
    Parts known = parts;
    if (known != null) return known;
    Parts made = assembly.on(to.client(), to.schedules(), unprepared::release);
    made.workers().start();
    made.dispatcher().start();
    parts = made;
    LOG.info("working on Temporal at {}", address());
    return made;
  }

  /** Until the server was started again, was away, lacks something, or it is time to compare. */
  private void awaitNews(TemporalLink to, int start) throws InterruptedException {
    long end = System.nanoTime() + between.toNanos();
    while (System.nanoTime() < end) {
      boolean lacks = unprepared.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      if (!lacks && starts() == start && to.answers()) continue;
      prepared = 0;
      return;
    }
  }

  private static boolean sleep(Duration pause) {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private int starts() {
    LocalTemporal server = local;
    return server == null ? 1 : server.starts();
  }

  String address() {
    LocalTemporal server = local;
    return server == null ? settings.text(Setting.TEMPORAL_ADDRESS) : server.address();
  }

  /** The web interface of our own server; empty when it is another's. */
  public String ui() {
    LocalTemporal server = local;
    return server == null ? "" : server.ui();
  }

  boolean answers() {
    TemporalLink to = link;
    return to != null && to.answers();
  }

  /** Whether the server that runs now has what it needs and what the store calls under way. */
  public boolean ready() {
    return prepared == starts();
  }

  /** Why our own server does not stay up, if it does not. */
  Optional<String> problem() {
    LocalTemporal server = local;
    return server == null ? Optional.empty() : server.problem();
  }

  /** Whether workers poll. */
  public boolean working() {
    return parts != null;
  }

  @Override
  public void close() {
    closing = true;
    Thread keeping = keeper;
    if (keeping != null) {
      keeping.interrupt();
      try {
        keeping.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    Parts working = parts;
    if (working != null) {
      working.dispatcher().close();
      working.workers().shutdownNow();
      working.workers().awaitTermination(10, TimeUnit.SECONDS);
    }
    TemporalLink to = link;
    if (to != null) to.close();
    LocalTemporal server = local;
    if (server != null) server.close();
  }
}
