package dev.steward.app;

import dev.steward.api.http.HttpServer;
import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.storage.Store;
import dev.steward.storage.StoreOpenException;
import java.util.List;
import java.util.Map;

/** Everything put together, in the order in which it starts; it stops in the reverse order. */
public final class Platform implements AutoCloseable {
  private final House house;
  private final Doors doors;
  private final TemporalWork temporal;

  private Platform(Settings settings, Running running) {
    house = new House(settings, running);
    List<Feature> features = Feature.all(house);
    temporal = TemporalWork.of(house, new TemporalParts(house, features));
    doors = Doors.open(house, temporal, features);
    house.opened(Forgetting.of(house));
    house.opened(AuditAnchors.of(house));
    house.opened(new IdleCollection());
    house.opened(PriceSchedule.of(house));
    house.opened(temporal);
    temporal.start("http://127.0.0.1:" + adminPort() + "/codec");
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
