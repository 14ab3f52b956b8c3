package dev.steward.activities.waste;

import dev.steward.domain.governance.desk.StoredWord;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.MetricSeries;
import dev.steward.estate.PeakOutlook;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Sight;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.estate.catalogue.WasteDetector;
import dev.steward.model.CheckSettings;
import dev.steward.model.Coverage;
import dev.steward.model.Listing;
import dev.steward.model.Resource;
import dev.steward.model.Scan;
import dev.steward.model.job.Jobs.ScanRef;
import dev.steward.storage.Chunks;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a scan judges by: the account as discoveries keep it, what this scan measured, and what it
 * asked about what was in doubt.
 *
 * @param lines of the coverage record
 * @param answered {@code region/kind} pairs
 */
record SightOfAccount(
    List<Listing> lines,
    Set<String> answered,
    List<Resource> inventory,
    Map<String, Map<String, MetricSeries>> metrics,
    Map<String, CheckSettings> settings,
    WasteDetector.Word word,
    Instant now) {

  /**
   * What a scan asked about what was in doubt.
   *
   * @param told the answers alone, by {@link Sight#metricsKey}
   * @param series by the same and by metric
   */
  private record Answers(Map<String, Resource> told, Map<String, Map<String, double[]>> series) {
    static final Answers NONE = new Answers(Map.of(), Map.of());
  }

  /** With what this scan has asked about doubts. */
  static SightOfAccount of(State state, ScanRef input, Scan scan, Instant now) {
    return of(state, input, scan, now, new Answers(told(state, input), doubts(state, input)));
  }

  /** As before anything was asked about doubts. */
  static SightOfAccount unasked(State state, ScanRef input, Scan scan, Instant now) {
    return of(state, input, scan, now, Answers.NONE);
  }

  private static SightOfAccount of(
      State state, ScanRef input, Scan scan, Instant now, Answers answers) {
    List<Listing> lines =
        state.rows(Tables.LISTINGS).startingWith(input.account().value() + "/").toList();
    List<Resource> inventory = new ArrayList<>();
    Map<String, Map<String, MetricSeries>> metrics = new HashMap<>();
    for (Listing line : lines) {
      if (line.coverage() != Coverage.ANSWERED) continue;
      Map<String, Map<String, double[]>> measured = measured(state, input, line);
      for (Resource resource :
          Chunks.resources(
              state, Chunks.inventoryKey(input.account(), line.region(), line.kind()))) {
        String key = Sight.metricsKey(resource);
        inventory.add(with(resource, answers.told().get(key)));
        Map<String, MetricSeries> own = new HashMap<>();
        for (Map<String, double[]> values :
            List.of(
                measured.getOrDefault(resource.id(), Map.of()),
                answers.series().getOrDefault(key, Map.of())))
          values.forEach((metric, series) ->
              own.put(metric, series(line.kind(), metric, series, scan.startedAt())));
        metrics.put(key, own);
      }
    }
    return new SightOfAccount(
        lines,
        lines.stream()
            .filter(l -> l.coverage() == Coverage.ANSWERED)
            .map(l -> l.region() + "/" + l.kind())
            .collect(Collectors.toSet()),
        inventory,
        metrics,
        state
            .rows(Tables.CHECK_SETTINGS)
            .startingWith(input.organization().value() + "/")
            .collect(Collectors.toMap(CheckSettings::check, s -> s)),
        new StoredWord(state, input.organization(), input.account(), now),
        now);
  }

  /**
   * The resource as the newest discovery has it, with what it was asked about in doubt; what either
   * could not be told stays missing.
   */
  private static Resource with(Resource listed, @Nullable Resource told) {
    if (told == null) return listed;
    Map<String, String> all = new HashMap<>(listed.attributes());
    Catalogue.kind(listed.kind()).doubts().stream()
        .flatMap(detail -> detail.attributes().stream())
        .forEach(attribute -> {
          String answer = attribute.text(told);
          if (answer != null) all.put(attribute.name(), answer);
        });
    for (String mark : List.of(Resource.DETAILS_MISSING, Resource.DETAILS_ERROR)) {
      String more = told.attribute(mark);
      if (more != null) all.merge(mark, more, (a, b) -> a + "," + b);
    }
    return listed.with(all);
  }

  /** What would be waste but for what nobody has answered yet. */
  List<Resource> doubts(PriceBook prices) {
    return List.copyOf(
        WasteDetector.doubts(inventory, sight(prices, _ -> Optional.empty()), settings, word));
  }

  Sight sight(PriceBook prices, PeakOutlook outlook) {
    return new Sight(inventory, answered, metrics, prices, Map.of(), now, outlook);
  }

  /** What this scan measured; a kind whose metrics were not answered in this scan has none. */
  private static Map<String, Map<String, double[]>> measured(
      State state, ScanRef input, Listing line) {
    return own(state, input, Chunks.metricsKey(input.account(), line.region(), line.kind()));
  }

  private static Map<String, Map<String, double[]>> doubts(State state, ScanRef input) {
    return own(state, input, Chunks.doubtMetricsKey(input.account()));
  }

  private static Map<String, Map<String, double[]>> own(State state, ScanRef input, String key) {
    return isOwn(state, input, key) ? Chunks.metrics(state, key) : Map.of();
  }

  private static Map<String, Resource> told(State state, ScanRef input) {
    String key = Chunks.doubtsKey(input.account());
    if (!isOwn(state, input, key)) return Map.of();
    return Chunks.resources(state, key).stream()
        .collect(Collectors.toMap(Sight::metricsKey, Function.identity(), (a, b) -> b));
  }

  private static boolean isOwn(State state, ScanRef input, String key) {
    return state
        .find(Tables.CHUNKS, key)
        .filter(chunk -> chunk.run().equals(input.scan().value()))
        .isPresent();
  }

  /** All series of hours, to calibrate by. */
  Stream<double[]> hourly() {
    return metrics.values().stream()
        .flatMap(m -> m.values().stream())
        .filter(s -> s.resolution() == Metric.Resolution.HOURLY)
        .map(MetricSeries::values);
  }

  /** Where silence means that nothing happened, days without a datapoint are zeros. */
  private static MetricSeries series(String kind, String id, double[] values, Instant end) {
    double[] read = values.clone();
    Metric metric = Catalogue.find(kind).flatMap((Kind known) -> known.metric(id)).orElse(null);
    if (metric == null) return MetricSeries.daily(read);
    if (metric.absence() == Metric.Absence.MEANS_ZERO)
      for (int i = 0; i < read.length; i++) if (Double.isNaN(read[i])) read[i] = 0;
    return new MetricSeries(read, metric.resolution(), metric.resolution().unfinished(end));
  }
}
