package dev.steward.ml.serve;

import dev.steward.ml.data.Gaps;
import dev.steward.ml.forecast.Forecaster;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.ModelFile;
import dev.steward.ml.forecast.QuantileForecast;
import dev.steward.ml.forecast.ResidualIntervals;
import dev.steward.ml.forecast.SeasonalNaive;
import dev.steward.ml.forecast.Theta;
import dev.steward.ml.lab.Promotions;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.ModelVersion;
import dev.steward.model.OrganizationId;
import dev.steward.model.RegisteredModel;
import dev.steward.storage.Blobs;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forecasts with the champion of an organization, or with a rule where there is none, or where it
 * cannot answer. A champion is loaded when it is first asked; when another one takes its place,
 * those who asked before are still answered by the old one.
 */
public final class Forecasts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Forecasts.class);

  private final Store store;
  private final Blobs blobs;
  private final InstantSource clock;
  private final Map<String, Champion> champions = new ConcurrentHashMap<>();

  public Forecasts(Store store, Blobs blobs, InstantSource clock) {
    this.store = store;
    this.blobs = blobs;
    this.clock = clock;
  }

  /** A model in memory. */
  private static final class Champion {
    final ModelVersion version;
    final Batcher batcher;
    final Instant since;
    final LongAdder asked = new LongAdder();
    final LongAdder nanos = new LongAdder();

    Champion(ModelVersion version, Batcher batcher, Instant since) {
      this.version = version;
      this.batcher = batcher;
      this.since = since;
    }
  }

  /**
   * What is served.
   *
   * @param milliseconds mean time of an answer; null before the first
   */
  public record Serving(
      String model, int version, Instant since, long asked, @Nullable Double milliseconds) {}

  /**
   * An answer.
   *
   * @param model the registered model, or the rule's name
   * @param version 0 for a rule
   * @param refusal why the champion did not answer; null if it did, or if there is none
   * @param explanation share of the forecast's change that each week of the history makes, newest
   *     first; empty if it was not asked for
   */
  public record Answer(
      String model,
      int version,
      @Nullable String refusal,
      QuantileForecast forecast,
      Map<String, Double> explanation) {}

  /**
   * @param values oldest first; NaN where there is none
   * @param horizon 1 to 366 steps
   * @throws IllegalArgumentException if there is nothing to forecast from
   */
  public Answer forecast(
      OrganizationId organization,
      Frequency frequency,
      double[] values,
      int horizon,
      boolean explain) {
    MlpSettings usual = MlpSettings.of(frequency);
    if (Arrays.stream(values).noneMatch(Double::isFinite))
      throw new IllegalArgumentException("there is no value to forecast from");
    double[] filled = Gaps.filled(values, usual.week());
    while (true) {
      Optional<Champion> champion = champion(organization, name(frequency));
      if (champion.isEmpty()) return rule(usual, filled, horizon, null);
      MlpSettings settings = champion.get().batcher.model().settings();
      String refusal = refusal(settings, values, horizon);
      if (refusal != null) return rule(usual, filled, horizon, refusal);
      Answer answer = ask(champion.get(), settings, filled, horizon, explain);
      // Another model took its place between finding it and asking it.
      if (answer != null) return answer;
    }
  }

  /** The registered model that answers for series of this frequency. */
  public static String name(Frequency frequency) {
    return "forecast-" + frequency.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String refusal(MlpSettings settings, double[] values, int horizon) {
    if (values.length < settings.window())
      return "the series has %d steps; the model needs %d"
          .formatted(values.length, settings.window());
    double[] seen = Arrays.copyOfRange(values, values.length - settings.window(), values.length);
    if (!Gaps.fillable(seen))
      return "more than %.0f %% of the newest %d steps are missing"
          .formatted(100 * Gaps.MOST, settings.window());
    if (horizon > settings.horizon())
      return "the model forecasts %d steps".formatted(settings.horizon());
    return null;
  }

  private static Answer rule(
      MlpSettings usual, double[] values, int horizon, @Nullable String refusal) {
    // The better rule where there is enough to see a season twice; else the last season again.
    Forecaster rule =
        values.length >= 3 * usual.season()
            ? usual.season() == 24 ? new SeasonalNaive(24) : new Theta(usual.season())
            : new SeasonalNaive(Math.min(usual.season(), values.length));
    return new Answer(
        rule.name(),
        0,
        refusal,
        new ResidualIntervals(rule, 3).forecast(values, horizon),
        Map.of());
  }

  private static @Nullable Answer ask(
      Champion champion, MlpSettings settings, double[] values, int horizon, boolean explain) {
    long began = System.nanoTime();
    List<double[]> histories = new ArrayList<>();
    histories.add(values);
    if (explain) histories.addAll(withoutAWeek(values, settings));
    CompletableFuture<List<QuantileForecast>> asked = champion.batcher.ask(histories);
    if (asked == null) return null;
    List<QuantileForecast> forecasts = asked.join();
    champion.asked.increment();
    champion.nanos.add(System.nanoTime() - began);
    QuantileForecast full = forecasts.getFirst();
    return new Answer(
        champion.version.name(),
        champion.version.version(),
        null,
        new QuantileForecast(full.levels(), Arrays.copyOf(full.values(), horizon)),
        explain ? shares(forecasts) : Map.of());
  }

  /** The history with one week after the other replaced by the mean week of the window. */
  private static List<double[]> withoutAWeek(double[] values, MlpSettings settings) {
    int week = settings.week();
    int weeks = settings.window() / week;
    double[] mean = new double[week];
    for (int i = 0; i < weeks * week; i++)
      mean[i % week] += values[values.length - weeks * week + i] / weeks;
    List<double[]> changed = new ArrayList<>();
    for (int back = 1; back <= weeks; back++) {
      double[] without = values.clone();
      System.arraycopy(mean, 0, without, values.length - back * week, week);
      changed.add(without);
    }
    return changed;
  }

  private static Map<String, Double> shares(List<QuantileForecast> forecasts) {
    double[] median = forecasts.getFirst().median();
    double[] changes = new double[forecasts.size() - 1];
    for (int week = 1; week < forecasts.size(); week++) {
      double[] other = forecasts.get(week).median();
      for (int i = 0; i < median.length; i++) changes[week - 1] += Math.abs(other[i] - median[i]);
    }
    double sum = Arrays.stream(changes).sum();
    Map<String, Double> shares = new LinkedHashMap<>();
    for (int week = 0; week < changes.length; week++)
      shares.put("week -" + (week + 1), sum == 0 ? 0 : changes[week] / sum);
    return shares;
  }

  private Optional<Champion> champion(OrganizationId organization, String name) {
    State state = store.state();
    String key = RegisteredModel.key(organization, name);
    Integer wanted =
        state.find(Tables.MODELS, key).map(m -> m.aliases().get(Promotions.CHAMPION)).orElse(null);
    if (wanted == null) {
      retire(champions.remove(key));
      return Optional.empty();
    }
    Champion serving = champions.get(key);
    if (serving != null && serving.version.version() == wanted) return Optional.of(serving);
    return Optional.ofNullable(
        champions.compute(
            key,
            (_, before) -> {
              if (before != null && before.version.version() == wanted) return before;
              Champion loaded = load(state, organization, name, wanted);
              if (loaded != null) retire(before);
              return loaded == null ? before : loaded;
            }));
  }

  private @Nullable Champion load(
      State state, OrganizationId organization, String name, int number) {
    Optional<ModelVersion> version =
        state.find(Tables.MODEL_VERSIONS, ModelVersion.key(organization, name, number));
    Optional<byte[]> bytes =
        version.flatMap(v -> Promotions.file(state, v)).flatMap(a -> blobs.get(a.sha256()));
    if (bytes.isEmpty()) {
      LOG.error("the champion {} version {} has no file; the rule answers", name, number);
      return null;
    }
    return new Champion(
        version.orElseThrow(),
        new Batcher(name + " " + number, ModelFile.read(bytes.get())),
        clock.instant());
  }

  private static void retire(@Nullable Champion champion) {
    if (champion != null) champion.batcher.close();
  }

  /** What is in memory for an organization. */
  public List<Serving> serving(OrganizationId organization) {
    return champions.values().stream()
        .filter(c -> c.version.organization().equals(organization))
        .map(c -> {
          long asked = c.asked.sum();
          return new Serving(
              c.version.name(),
              c.version.version(),
              c.since,
              asked,
              asked == 0 ? null : c.nanos.sum() / 1e6 / asked);
        })
        .toList();
  }

  @Override
  public void close() {
    champions.values().forEach(Forecasts::retire);
    champions.clear();
  }
}
