package dev.steward.ml.lab;

import dev.steward.ml.forecast.Backtest;
import dev.steward.ml.forecast.ForecastFit;
import dev.steward.ml.forecast.Forecaster;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.Peak;
import dev.steward.ml.forecast.PeakRule;
import dev.steward.ml.forecast.ResidualIntervals;
import dev.steward.ml.forecast.SeasonalNaive;
import dev.steward.ml.forecast.Theta;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a model that was fitted beside the rules of its problem. */
public final class Judging {
  private Judging() {}

  /**
   * The model beside the rules, at the same origins.
   *
   * @param series what it was fitted to
   * @param origins how many horizons were held back
   */
  public static Scoreboard board(
      MlpSettings settings, List<double[]> series, ForecastFit fit, int origins) {
    Map<String, Backtest> methods = new LinkedHashMap<>();
    methods.put(Scoreboard.MODEL, fit.backtest().orElseThrow());
    switch (settings.problem()) {
      case FORECAST -> forecasts(settings, fit, methods);
      case RIGHTSIZING -> peaks(settings, series, fit, origins, methods);
    }
    return new Scoreboard(
        settings.problem(), settings.season(), settings.horizon(), origins, methods);
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
