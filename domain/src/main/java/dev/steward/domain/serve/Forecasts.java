package dev.steward.domain.serve;

import dev.steward.domain.data.Gaps;
import dev.steward.domain.lab.Promotions;
import dev.steward.domain.lab.Trainings;
import dev.steward.domain.serve.Champions.Champion;
import dev.steward.ml.forecast.Forecaster;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.QuantileForecast;
import dev.steward.ml.forecast.ResidualIntervals;
import dev.steward.ml.forecast.SeasonalNaive;
import dev.steward.ml.forecast.Theta;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.LabProblem;
import dev.steward.model.OrganizationId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts with the champion of an organization, or with a rule where there is none, or where it
 * cannot answer.
 */
public final class Forecasts {
  private final Champions champions;

  public Forecasts(Champions champions) {
    this.champions = champions;
  }

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
      Optional<Champion> champion =
          champions.find(
              organization, Trainings.model(LabProblem.FORECAST, frequency), Promotions.CHAMPION);
      if (champion.isEmpty()) return rule(usual, filled, horizon, null);
      MlpSettings settings = champion.get().settings();
      String refusal =
          isFor(usual, settings)
              ? refusal(settings, values, horizon)
              : "the champion is a model for something else";
      if (refusal != null) return rule(usual, filled, horizon, refusal);
      Answer answer = ask(champion.get(), settings, filled, horizon, explain);
      // Another model took its place between finding it and asking it.
      if (answer != null) return answer;
    }
  }

  /**
   * What the champion would have said of each value a season before it or less.
   *
   * @param values oldest first; NaN where there is none
   * @return as long; NaN where it could not say anything, all NaN if there is no champion
   */
  public double[] expected(OrganizationId organization, Frequency frequency, double[] values) {
    double[] expected = new double[values.length];
    Arrays.fill(expected, Double.NaN);
    Optional<Champion> champion =
        champions.find(
            organization, Trainings.model(LabProblem.FORECAST, frequency), Promotions.CHAMPION);
    MlpSettings usual = MlpSettings.of(frequency);
    if (champion.isEmpty() || !Gaps.fillable(values)) return expected;
    MlpSettings settings = champion.get().settings();
    if (!isFor(usual, settings)) return expected;
    double[] filled = Gaps.filled(values, usual.week());
    int step = Math.min(settings.season(), settings.horizon());
    List<double[]> histories = new ArrayList<>();
    for (int at = settings.window(); at < values.length; at += step)
      histories.add(Arrays.copyOfRange(filled, at - settings.window(), at));
    // If another model takes over at this moment, nothing is expected this time.
    List<QuantileForecast> forecasts = histories.isEmpty() ? null : champion.get().ask(histories);
    if (forecasts == null) return expected;
    for (int i = 0; i < forecasts.size(); i++) {
      int at = settings.window() + i * step;
      double[] median = forecasts.get(i).median();
      System.arraycopy(median, 0, expected, at, Math.min(step, values.length - at));
    }
    return expected;
  }

  /** Whether a model that was registered under this name forecasts series of this frequency. */
  private static boolean isFor(MlpSettings usual, MlpSettings settings) {
    return settings.problem() == LabProblem.FORECAST && settings.season() == usual.season();
  }

  private static @Nullable String refusal(MlpSettings settings, double[] values, int horizon) {
    if (values.length < settings.window())
      return String.format(
          Locale.ROOT,
          "the series has %d steps; the model needs %d",
          values.length,
          settings.window());
    double[] seen = Arrays.copyOfRange(values, values.length - settings.window(), values.length);
    if (!Gaps.fillable(seen))
      return String.format(
          Locale.ROOT,
          "more than %.0f %% of the newest %d steps are missing",
          100 * Gaps.MOST,
          settings.window());
    if (horizon > settings.horizon())
      return String.format(Locale.ROOT, "the model forecasts %d steps", settings.horizon());
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
    List<double[]> histories = new ArrayList<>();
    histories.add(values);
    if (explain) histories.addAll(withoutAWeek(values, settings));
    List<QuantileForecast> forecasts = champion.ask(histories);
    if (forecasts == null) return null;
    QuantileForecast full = forecasts.getFirst();
    return new Answer(
        champion.version().name(),
        champion.version().version(),
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
}
