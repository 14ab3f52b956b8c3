package dev.steward.app;

import dev.steward.activities.Crew;
import dev.steward.activities.IntentDispatcher;
import dev.steward.activities.Reconciler;
import dev.steward.activities.Workers;
import dev.steward.activities.onboarding.TemporalScheduleActivities;
import dev.steward.api.http.HttpServer;
import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.storage.Store;
import dev.steward.storage.StoreOpenException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything put together, in the order in which it starts; it stops in the reverse order. */
public final class Platform implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Platform.class);

  private final House house;
  private final Doors doors;
  private final TemporalWork temporal;

  private Platform(Settings settings, Running running) {
    if (Configured.isTemporalInMemory(settings))
      LOG.warn("NON-DURABLE: Temporal keeps nothing on disk; workflows are lost with the process");
    house = new House(settings, running);
    List<Feature> features = Feature.all(house);
    temporal =
        new TemporalWork(
            settings,
            house.folder.resolve("temporal"),
            house.codec,
            house.clock,
            (client, schedules, onUnprepared) -> parts(features, client, schedules, onUnprepared));
    doors = Doors.open(house, temporal, features);
    house.opened(new Forgetting(house.store, house.keys, house.clock, settings));
    int minutes = settings.number(Setting.AUDIT_ANCHOR_MINUTES);
    house.opened(
        new AuditAnchors(
            house.store, house.blobs, house.audit, house.witness, house.clock, minutes));
    house.opened(temporal);
    temporal.start("http://127.0.0.1:" + adminPort() + "/codec");
  }

  private TemporalWork.Parts parts(
      List<Feature> features,
      WorkflowClient client,
      ScheduleClient schedules,
      Runnable onUnprepared) {
    Crew crew = Crew.of(features.stream().map(feature -> feature.crew(client, schedules)).toList());
    TemporalScheduleActivities timetable = new TemporalScheduleActivities(client, schedules);
    return new TemporalWork.Parts(
        Workers.create(client, crew, house.settings.number(Setting.LAB_TRAININGS)),
        new IntentDispatcher(house.store, client, onUnprepared),
        new Reconciler(house.store, house.work, client, timetable, house.clock));
  }

  /**
   * Starts everything. What was started is stopped again if a later part cannot start.
   *
   * @throws StartException or {@link StoreOpenException} with a message for the operator
   */
  public static Platform start(Settings settings) {
    return start(settings, new Running());
  }

  /** The same as the last of what runs already; its parts stop with the rest. */
  static Platform start(Settings settings, Running running) {
    try {
      return new Platform(settings, running);
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  /** Where the API is reached from this machine. */
  public String url() {
    return house.url();
  }

  public int adminPort() {
    return doors.admin().port();
  }

  public TemporalWork temporal() {
    return temporal;
  }

  AuditBook audit() {
    return house.audit;
  }

  Store store() {
    return house.store;
  }

  HttpServer http() {
    return doors.http();
  }

  Map<String, Long> awsCalls() {
    return house.limiter.calls();
  }

  @Override
  public void close() {
    house.running.close();
  }
}
