package dev.steward.app;

import dev.steward.api.admin.Health;
import dev.steward.aws.CallLimiter;
import dev.steward.domain.governance.desk.Witness;
import dev.steward.domain.jobs.OpenWork;
import dev.steward.model.Forgotten;
import dev.steward.model.Intent;
import dev.steward.storage.Store;
import dev.steward.storage.Table;
import dev.steward.storage.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How the parts of the platform are. */
record Condition(
    Store store, TemporalWork temporal, CallLimiter limiter, Path folder, Witness witness) {
  List<Health.Component> components() {
    return List.of(
        new Health.Component("store", this::storeHealth),
        new Health.Component("temporal", this::temporalHealth),
        new Health.Component(
            "aws", () -> new Health(Health.Status.UP, new TreeMap<>(limiter.calls()))),
        new Health.Component("disk", this::diskHealth),
        new Health.Component("witness", this::witnessHealth));
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

  /** What a monitor reads, by the name it has there. */
  Map<String, Number> metrics() {
    Map<String, Number> values = new TreeMap<>();
    for (Table<?> table : Tables.ALL)
      values.put("steward_rows{table=\"" + table.name() + "\"}", store.state().rows(table).size());
    for (Forgotten forgotten : store.state().rows(Tables.FORGOTTEN).stream().toList())
      values.merge(
          "steward_forgotten_rows_total{table=\"" + forgotten.table() + "\"}",
          forgotten.rows(),
          (a, b) -> a.longValue() + b.longValue());
    limiter
        .calls()
        .forEach((service, calls) ->
            values.put(
                "steward_aws_calls_total{service=\"" + service.toLowerCase(Locale.ROOT) + "\"}",
                calls));
    for (OpenWork<?, ?> open : OpenWork.ALL)
      values.put(
          "steward_jobs_under_way{job=\"" + open.job().type() + "\"}",
          open.count(store.state(), InstantSource.system().instant()));
    Optional<Intent> oldest =
        store.state().rows(Tables.INTENTS).stream()
            .min(java.util.Comparator.comparing(Intent::createdAt));
    values.put(
        "steward_oldest_intent_seconds",
        oldest
            .map(i -> Duration.between(i.createdAt(), InstantSource.system().instant()).toSeconds())
            .orElse(0L));
    values.put("steward_temporal_up", temporal.answers() ? 1 : 0);
    values.put(
        "jvm_memory_used_bytes",
        Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    return values;
  }
}
