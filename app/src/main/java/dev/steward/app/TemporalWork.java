package dev.steward.app;

import dev.steward.activities.IntentDispatcher;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.worker.WorkerFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Temporal, our own or another's, with our workers and the dispatcher on it. The platform does not
 * wait for it: without it writes are kept as intents.
 */
public final class TemporalWork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TemporalWork.class);

  private final Settings settings;
  private final Path folder;
  private final PayloadCodec codec;
  private final BiFunction<WorkflowClient, ScheduleClient, WorkerFactory> workers;
  private final Function<WorkflowClient, IntentDispatcher> dispatchers;
  private final boolean own;
  private volatile @Nullable LocalTemporal local;
  private volatile @Nullable TemporalLink link;
  private volatile @Nullable WorkerFactory factory;
  private volatile @Nullable IntentDispatcher dispatcher;
  private volatile boolean closing;
  private @Nullable Thread starter;

  TemporalWork(
      Settings settings,
      Path folder,
      PayloadCodec codec,
      BiFunction<WorkflowClient, ScheduleClient, WorkerFactory> workers,
      Function<WorkflowClient, IntentDispatcher> dispatchers) {
    this.settings = settings;
    this.folder = folder;
    this.codec = codec;
    this.workers = workers;
    this.dispatchers = dispatchers;
    this.own = settings.text(Setting.TEMPORAL_ADDRESS).isEmpty();
  }

  void start(String codecEndpoint) {
    if (own)
      local =
          new LocalTemporal(
              folder,
              settings.number(Setting.TEMPORAL_PORT),
              settings.number(Setting.TEMPORAL_UI_PORT),
              settings.isOn(Setting.TEMPORAL_IN_MEMORY),
              codecEndpoint);
    TemporalLink made =
        new TemporalLink(
            address(),
            settings.text(Setting.TEMPORAL_NAMESPACE),
            settings.isOn(Setting.TEMPORAL_TLS),
            settings.text(Setting.TEMPORAL_API_KEY),
            codec);
    link = made;
    starter = Thread.ofPlatform().name("temporal-starter").start(() -> connect(made));
  }

  private void connect(TemporalLink to) {
    Duration pause = Duration.ofMillis(100);
    while (!closing) {
      try {
        to.prepare(own);
        WorkerFactory made = workers.apply(to.client(), to.schedules());
        made.start();
        factory = made;
        dispatcher = dispatchers.apply(to.client()).start();
        LOG.info("working on Temporal at {}", address());
        return;
      } catch (StatusRuntimeException down) {
        LOG.info("Temporal at {} does not answer yet ({})", address(), down.getStatus().getCode());
      } catch (StartException wrong) {
        LOG.error("no workflows run: {}", wrong.getMessage());
        pause = Duration.ofSeconds(30);
      }
      try {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      if (pause.toSeconds() < 5) pause = pause.multipliedBy(2);
    }
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

  /** Whether workers poll. */
  public boolean working() {
    return factory != null;
  }

  @Override
  public void close() {
    closing = true;
    Thread starting = starter;
    if (starting != null) {
      starting.interrupt();
      try {
        starting.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    IntentDispatcher sends = dispatcher;
    if (sends != null) sends.close();
    WorkerFactory works = factory;
    if (works != null) {
      works.shutdownNow();
      works.awaitTermination(10, TimeUnit.SECONDS);
    }
    TemporalLink to = link;
    if (to != null) to.close();
    LocalTemporal server = local;
    if (server != null) server.close();
  }
}
