package dev.steward.domain.lab;

import dev.steward.ml.forecast.Backtest;
import dev.steward.ml.forecast.ForecastFit;
import dev.steward.ml.forecast.Forecaster;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.Peak;
import dev.steward.ml.forecast.PeakRule;
import dev.steward.ml.forecast.QuantileForecast;
import dev.steward.ml.forecast.QuantileMlp;
import dev.steward.ml.forecast.ResidualIntervals;
import dev.steward.ml.forecast.SeasonalNaive;
import dev.steward.ml.forecast.Theta;
import dev.steward.model.LabProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Puts a model that was fitted beside the rules of its problem. */
public final class Judging {
  private Judging() {}

  /**
   * The model beside the rules, at the same origins.
   *
   * @param ids of the series, and {@code series} what it was fitted to
   * @param origins how many horizons were held back
   * @param champion what is served now, by its version; empty if it cannot tell the same. It has
   *     learnt from what was held back, so the comparison is rather too good for it
   */
  public static Scoreboard board(
      MlpSettings settings,
      List<String> ids,
      List<double[]> series,
      ForecastFit fit,
      int origins,
      Map<Integer, QuantileMlp> champion) {
    Map<String, Backtest> methods = new LinkedHashMap<>();
    methods.put(Scoreboard.MODEL, fit.backtest().orElseThrow());
    switch (settings.problem()) {
      case FORECAST -> forecasts(settings, fit, methods);
      case RIGHTSIZING -> peaks(settings, series, fit, origins, methods);
    }
    champion.forEach((version, model) ->
        methods.put(Scoreboard.CHAMPION + version, champion(settings, fit, model)));
    return new Scoreboard(
        settings.problem(),
        settings.season(),
        settings.horizon(),
        origins,
        methods,
        cases(fit, Groups.of(ids, series)),
        series.size(),
        Memory.peakMegabytes(),
        null);
  }

  /**
   * A model at every whole horizon of the steps that were kept from it.
   *
   * @param series with those steps at their ends
   * @param steps how many they are
   * @return empty if they are no whole horizon
   */
  public static Optional<Backtest> test(
      MlpSettings settings, List<double[]> series, int steps, QuantileMlp model) {
    int horizons = steps / settings.horizon();
    if (horizons == 0) return Optional.empty();
    List<Backtest.Origin> origins =
        settings.origins(
            // Whole horizons from where the steps begin.
            series.stream()
                .filter(s -> s.length > steps)
                .map(s -> Arrays.copyOf(s, s.length - steps + horizons * settings.horizon()))
                .toList(),
            horizons);
    return origins.isEmpty()
        ? Optional.empty()
        : Optional.of(Backtest.of(origins, forecast(origins, model), settings::unit));
  }

  /** Whether a model tells what others of these settings do. */
  public static boolean isComparable(MlpSettings settings, MlpSettings other) {
    return other.problem() == settings.problem()
        && other.season() == settings.season()
        && other.window() <= settings.window()
        && (settings.problem() == LabProblem.FORECAST
            ? other.horizon() >= settings.horizon()
            : other.horizon() == settings.horizon());
  }

  private static Backtest champion(MlpSettings settings, ForecastFit fit, QuantileMlp model) {
    return Backtest.of(fit.origins(), forecast(fit.origins(), model), settings::unit);
  }

  /** Cut to what came, which is less where the model looks further than it was asked to. */
  private static List<QuantileForecast> forecast(List<Backtest.Origin> origins, QuantileMlp model) {
    List<QuantileForecast> forecasts =
        model.forecast(origins.stream().map(Backtest.Origin::history).toList());
    List<QuantileForecast> cut = new ArrayList<>();
    for (int i = 0; i < forecasts.size(); i++)
      cut.add(
          new QuantileForecast(
              forecasts.get(i).levels(),
              Arrays.copyOf(forecasts.get(i).values(), origins.get(i).actual().length)));
    return cut;
  }

  /** The cases of each group of series. */
  private static Map<String, int[]> cases(ForecastFit fit, Map<String, int[]> groups) {
    Map<String, int[]> cases = new LinkedHashMap<>();
    groups.forEach((name, members) -> {
      Set<Integer> in = Arrays.stream(members).boxed().collect(Collectors.toSet());
      cases.put(
          name,
          IntStream.range(0, fit.origins().size())
              .filter(i -> in.contains(fit.origins().get(i).series()))
              .toArray());
    });
    return cases;
  }

  private static void forecasts(
      MlpSettings settings, ForecastFit fit, Map<String, Backtest> methods) {
    for (Forecaster rule :
        List.of(
            new SeasonalNaive(settings.season()),
            new SeasonalNaive(settings.season() == 24 ? 168 : 14),
            new Theta(settings.season()))) {
      ResidualIntervals quantiles = new ResidualIntervals(rule, 3);
      methods.put(
          "baseline " + rule.name(),
          Backtest.of(
              fit.origins(),
              o -> quantiles.forecast(o.history(), o.actual().length),
              settings::unit));
    }
  }

  /** The rule with the ratios of what the net has learnt from, and with those that are shipped. */
  private static void peaks(
      MlpSettings settings,
      List<double[]> series,
      ForecastFit fit,
      int origins,
      Map<String, Backtest> methods) {
    int held = origins * settings.horizon();
    List<Peak.Case> seen =
        series.stream()
            .filter(s -> s.length > held)
            .flatMap(s -> Peak.cases(Arrays.copyOf(s, s.length - held), settings).stream())
            .toList();
    Map<String, PeakRule> rules = new LinkedHashMap<>();
    rules.put("baseline shipped " + PeakRule.NAME, PeakRule.shipped());
    if (!seen.isEmpty()) rules.put("baseline " + PeakRule.NAME, PeakRule.of(seen));
    rules.forEach((name, rule) ->
        methods.put(
            name,
            Backtest.of(
                fit.origins(),
                o -> rule.forecast(Peak.newest(o.history(), settings.window())),
                settings::unit)));
  }
}
