package dev.steward.app;

import dev.steward.api.admin.Health;
import dev.steward.aws.CallLimiter;
import dev.steward.domain.governance.desk.Witness;
import dev.steward.storage.Store;
import dev.steward.storage.Table;
import dev.steward.storage.Tables;
import dev.steward.storage.WatchedClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the parts of the platform are. */
record HealthParts(
    Store store,
    TemporalWork temporal,
    CallLimiter limiter,
    Path folder,
    Witness witness,
    WatchedClock clock) {
  List<Health.Component> components() {
    return List.of(
        new Health.Component("store", this::storeHealth),
        new Health.Component("temporal", this::temporalHealth),
        new Health.Component(
            "aws", () -> new Health(Health.Status.UP, new TreeMap<>(limiter.calls()))),
        new Health.Component("disk", this::diskHealth),
        new Health.Component("witness", this::witnessHealth),
        new Health.Component("clock", this::clockHealth));
  }

  private Health storeHealth() {
    Map<String, Object> rows = new TreeMap<>();
    for (Table<?> table : Tables.ALL) rows.put(table.name(), store.state().rows(table).size());
    return new Health(store.failure().isPresent() ? Health.Status.DOWN : Health.Status.UP, rows);
  }

  /**
   * Reads work and writes are accepted without Temporal: that is less than well, and not down. So
   * is a server that answers and was not yet given back what it has lost.
   */
  private Health temporalHealth() {
    boolean answers = temporal.answers();
    boolean ready = temporal.ready();
    int waiting = store.state().rows(Tables.INTENTS).size();
    Map<String, Object> detail = new TreeMap<>();
    detail.put("answers", answers);
    detail.put("prepared", ready);
    detail.put("workers", temporal.working());
    detail.put("waiting_intents", waiting);
    detail.put("address", temporal.address());
    temporal.problem().ifPresent(problem -> detail.put("problem", problem));
    return new Health(answers && ready ? Health.Status.UP : Health.Status.DEGRADED, detail);
  }

  private Health diskHealth() {
    try {
      long free = Files.getFileStore(folder).getUsableSpace() >> 20;
      return new Health(
          free < 64 ? Health.Status.DOWN : free < 1024 ? Health.Status.DEGRADED : Health.Status.UP,
          Map.of("free_mb", free));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing is lost without it; but a state that was put back would go unnoticed. */
  private Health witnessHealth() {
    return witness
        .problem()
        .map(problem -> new Health(Health.Status.DEGRADED, Map.of("problem", problem)))
        .orElseGet(() -> new Health(Health.Status.UP, Map.of()));
  }

  /** Until it is set nobody is let in and nothing works. */
  private Health clockHealth() {
    return clock.isUnset()
        ? new Health(
            Health.Status.DEGRADED,
            Map.of("problem", "the clock of this machine is not set yet: no workflows run"))
        : new Health(Health.Status.UP, Map.of());
  }
}
