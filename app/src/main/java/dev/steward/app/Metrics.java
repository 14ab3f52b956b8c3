package dev.steward.app;

import dev.steward.aws.CallLimiter;
import dev.steward.domain.jobs.OpenWork;
import dev.steward.model.Forgotten;
import dev.steward.model.Intent;
import dev.steward.storage.Store;
import dev.steward.storage.Table;
import dev.steward.storage.Tables;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** What a monitor reads: each value is looked up when it is asked for. */
final class Metrics {
  static final String TYPE = "text/plain; version=0.0.4";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Store store;
  private final CallLimiter limiter;

  Metrics(Store store, TemporalWork temporal, CallLimiter limiter) {
    this.store = store;
    this.limiter = limiter;
    for (Table<?> table : Tables.ALL)
      Gauge.builder("steward.rows", store, s -> s.state().rows(table).size())
          .tag("table", table.name())
          .register(registry);
    for (OpenWork<?, ?> open : OpenWork.ALL)
      Gauge.builder("steward.jobs.under.way", store, s -> open.count(s.state(), now()))
          .tag("job", open.job().type())
          .register(registry);
    Gauge.builder("steward.oldest.intent", store, Metrics::oldestIntent)
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("steward.temporal.up", temporal, t -> t.answers() ? 1 : 0).register(registry);
    Gauge.builder("jvm.memory.used", Runtime.getRuntime(), r -> r.totalMemory() - r.freeMemory())
        .baseUnit("bytes")
        .register(registry);
  }

  String text() {
    // Tables and services show from their first row and call on; a known one is not added again.
    store.state().rows(Tables.FORGOTTEN).stream()
        .map(Forgotten::table)
        .distinct()
        .forEach(table ->
            FunctionCounter.builder("steward.forgotten.rows", store, s -> forgotten(s, table))
                .tag("table", table)
                .register(registry));
    for (String service : limiter.calls().keySet())
      FunctionCounter.builder(
              "steward.aws.calls", limiter, l -> l.calls().getOrDefault(service, 0L).doubleValue())
          .tag("service", service.toLowerCase(Locale.ROOT))
          .register(registry);
    return registry.scrape();
  }

  private static Instant now() {
    return InstantSource.system().instant();
  }

  private static double forgotten(Store store, String table) {
    return store.state().rows(Tables.FORGOTTEN).stream()
        .filter(f -> f.table().equals(table))
        .mapToDouble(Forgotten::rows)
        .sum();
  }

  private static double oldestIntent(Store store) {
    return store.state().rows(Tables.INTENTS).stream()
        .map(Intent::createdAt)
        .min(Instant::compareTo)
        .map(oldest -> Duration.between(oldest, now()).toSeconds())
        .orElse(0L);
  }
}
