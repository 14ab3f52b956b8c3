package dev.steward.app;

import dev.steward.api.DocsOperations;
import dev.steward.api.Operation;
import dev.steward.api.admin.HealthOperations;
import dev.steward.api.admin.JobOperations;
import dev.steward.api.http.HttpServer;
import dev.steward.storage.Archive;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The two sockets: the public one, and the operator's on loopback. */
record Doors(HttpServer http, AdminServer admin) {
  static Doors open(House house, TemporalWork temporal, List<Feature> features) {
    HealthParts condition =
        new HealthParts(
            house.store, temporal, house.limiter, house.folder, house.witness, house.clock);
    HealthOperations health =
        new HealthOperations(
            condition.components(), !Configured.isTemporalInMemory(house.settings));
    HttpServer http = house.opened(http(house, features, health));
    String host = house.settings.text(Setting.HTTP_HOST);
    house.reachedAt("http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + http.port());
    return new Doors(http, house.opened(admin(house, temporal, health)));
  }

  private static HttpServer http(House house, List<Feature> features, HealthOperations health) {
    List<Operation<?, ?>> operations = new ArrayList<>();
    for (Feature feature : features) operations.addAll(feature.operations());
    operations.addAll(health.operations());
    operations.addAll(new JobOperations(house.clock).operations());
    operations.addAll(new DocsOperations(() -> operations).operations());
    return listening(
        house,
        Setting.HTTP_PORT,
        () ->
            new HttpServer(
                    operations,
                    Configured.http(house.settings),
                    house.tokens,
                    house.store,
                    house.ids,
                    house.clock)
                .start());
  }

  private static AdminServer admin(House house, TemporalWork temporal, HealthOperations health) {
    Settings settings = house.settings;
    AdminToken token = AdminToken.renewed(house.folder);
    CountedClock counted = new CountedClock(house.clock, System::nanoTime);
    AdminServer.Rooms rooms =
        new AdminServer.Rooms(
            health,
            new Metrics(house.store, temporal, house.limiter)::text,
            settings.isOn(Setting.ADMIN_OPEN_METRICS),
            new CodecPages(house.codec, token, counted),
            new BackupFolder(
                Configured.backups(settings, house.folder),
                file -> Archive.backup(house.store, house.folder, file),
                house.clock),
            () -> new AuditProofs(house.auditor.proofs(house.store::state)));
    AdminDoor door =
        new AdminDoor(
            token,
            settings.list(Setting.ADMIN_HOSTS),
            settings.list(Setting.ADMIN_ORIGINS),
            temporal::ui,
            counted);
    int port = settings.number(Setting.ADMIN_PORT);
    return listening(
        house, Setting.ADMIN_PORT, () -> new AdminServer(port, door, rooms, house.ids).start());
  }

  private static <T> T listening(House house, Setting port, Supplier<T> start) {
    try {
      return start.get();
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause())
        if (cause instanceof BindException)
          throw new StartException(
              "port "
                  + house.settings.number(port)
                  + " is in use; choose another with "
                  + port.option(),
              e);
      throw e;
    }
  }
}
