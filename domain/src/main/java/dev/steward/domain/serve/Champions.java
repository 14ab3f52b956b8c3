package dev.steward.domain.serve;

import dev.steward.domain.lab.Promotions;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.ModelFile;
import dev.steward.ml.forecast.QuantileForecast;
import dev.steward.model.ModelVersion;
import dev.steward.model.OrganizationId;
import dev.steward.model.RegisteredModel;
import dev.steward.storage.Blobs;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models in memory. One is loaded when it is first asked; when another one takes its alias,
 * those who asked before are still answered by the old one.
 */
public final class Champions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Champions.class);

  private final Store store;
  private final Blobs blobs;
  private final InstantSource clock;
  private final Map<String, Champion> loaded = new ConcurrentHashMap<>();

  public Champions(Store store, Blobs blobs, InstantSource clock) {
    this.store = store;
    this.blobs = blobs;
    this.clock = clock;
  }

  /** A model in memory. */
  static final class Champion {
    private final ModelVersion version;
    private final String alias;
    private final Batcher batcher;
    private final Instant since;
    private final LongAdder asked = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    private Champion(ModelVersion version, String alias, Batcher batcher, Instant since) {
      this.version = version;
      this.alias = alias;
      this.batcher = batcher;
      this.since = since;
    }

    ModelVersion version() {
      return version;
    }

    MlpSettings settings() {
      return batcher.model().settings();
    }

    /** The forecasts of these histories; null if another model has taken over meanwhile. */
    @Nullable List<QuantileForecast> ask(List<double[]> histories) {
      long began = System.nanoTime();
      CompletableFuture<List<QuantileForecast>> answer = batcher.ask(histories);
      if (answer == null) return null;
      List<QuantileForecast> forecasts = answer.join();
      asked.increment();
      nanos.add(System.nanoTime() - began);
      return forecasts;
    }
  }

  /**
   * What is served.
   *
   * @param alias champion, or shadow for what only predicts beside it
   * @param milliseconds mean time of an answer; null before the first
   */
  public record Serving(
      String model,
      int version,
      String alias,
      Instant since,
      long asked,
      @Nullable Double milliseconds) {}

  /** The version of the model that has the alias; empty if none has, or its file is lost. */
  Optional<Champion> find(OrganizationId organization, String name, String alias) {
    State state = store.state();
    String model = RegisteredModel.key(organization, name);
    String key = model + "@" + alias;
    Integer wanted = state.find(Tables.MODELS, model).map(m -> m.aliases().get(alias)).orElse(null);
    if (wanted == null) {
      retire(loaded.remove(key));
      return Optional.empty();
    }
    Champion serving = loaded.get(key);
    if (serving != null && serving.version.version() == wanted) return Optional.of(serving);
    return Optional.ofNullable(
        loaded.compute(
            key,
            (_, before) -> {
              if (before != null && before.version.version() == wanted) return before;
              Champion next = load(state, organization, name, wanted, alias);
              if (next != null) retire(before);
              return next == null ? before : next;
            }));
  }

  private @Nullable Champion load(
      State state, OrganizationId organization, String name, int number, String alias) {
    Optional<ModelVersion> version =
        state.find(Tables.MODEL_VERSIONS, ModelVersion.key(organization, name, number));
    Optional<byte[]> bytes =
        version.flatMap(v -> Promotions.file(state, v)).flatMap(a -> blobs.get(a.sha256()));
    if (bytes.isEmpty()) {
      LOG.error("the {} {} version {} has no file; the rule answers", alias, name, number);
      return null;
    }
    return new Champion(
        version.orElseThrow(),
        alias,
        new Batcher(name + " " + number, ModelFile.read(bytes.get())),
        clock.instant());
  }

  private static void retire(@Nullable Champion champion) {
    if (champion != null) champion.batcher.close();
  }

  /** What is in memory for an organization. */
  public List<Serving> serving(OrganizationId organization) {
    return loaded.values().stream()
        .filter(c -> c.version.organization().equals(organization))
        .map(c -> {
          long asked = c.asked.sum();
          return new Serving(
              c.version.name(),
              c.version.version(),
              c.alias,
              c.since,
              asked,
              asked == 0 ? null : c.nanos.sum() / 1e6 / asked);
        })
        .toList();
  }

  @Override
  public void close() {
    loaded.values().forEach(Champions::retire);
    loaded.clear();
  }
}
