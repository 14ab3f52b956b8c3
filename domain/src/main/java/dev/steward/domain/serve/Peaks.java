package dev.steward.domain.serve;

import dev.steward.domain.data.Gaps;
import dev.steward.domain.lab.Promotions;
import dev.steward.domain.lab.Trainings;
import dev.steward.domain.serve.Champions.Champion;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.Peak;
import dev.steward.ml.forecast.PeakRule;
import dev.steward.ml.forecast.QuantileForecast;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.LabProblem;
import dev.steward.model.OrganizationId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says how high the peak of the next fortnight will be: with the champion of an organization, or
 * with the calibrated rule where there is none or where it cannot answer.
 */
public final class Peaks {
  private final Champions champions;

  public Peaks(Champions champions) {
    this.champions = champions;
  }

  /**
   * An answer.
   *
   * @param model the registered model, or the rule's name
   * @param version 0 for the rule
   * @param refusal why the champion did not answer; null if it did, or if there is none
   * @param before the peak of the last fortnight
   * @param quantiles of the next one's peak, one a level of {@link QuantileForecast#LEVELS}
   */
  public record Answer(
      String model, int version, @Nullable String refusal, double before, double[] quantiles) {}

  /**
   * @param hourly maxima, oldest first; NaN where there is none
   * @param rule what answers where no champion does
   * @return empty if too little of the last fortnight is known
   */
  public Optional<Answer> peak(OrganizationId organization, double[] hourly, PeakRule rule) {
    double before = Peak.newest(hourly, Peak.HOURS);
    if (Double.isNaN(before)) return Optional.empty();
    while (true) {
      Optional<Champion> champion =
          champions.find(
              organization,
              Trainings.model(LabProblem.RIGHTSIZING, Frequency.HOURLY),
              Promotions.CHAMPION);
      if (champion.isEmpty()) return Optional.of(byRule(rule, before, null));
      MlpSettings settings = champion.get().settings();
      String refusal = refusal(settings, hourly);
      if (refusal != null) return Optional.of(byRule(rule, before, refusal));
      List<QuantileForecast> peaks =
          champion.get().ask(List.of(Gaps.filled(hourly, settings.week())));
      // Another model took its place between finding it and asking it.
      if (peaks == null) continue;
      return Optional.of(
          new Answer(
              champion.get().version().name(),
              champion.get().version().version(),
              null,
              before,
              peaks.getFirst().values()[0]));
    }
  }

  private static Answer byRule(PeakRule rule, double before, @Nullable String refusal) {
    return new Answer(PeakRule.NAME, 0, refusal, before, rule.forecast(before).values()[0]);
  }

  private static @Nullable String refusal(MlpSettings settings, double[] hourly) {
    if (settings.problem() != LabProblem.RIGHTSIZING)
      return "the champion is a model for something else";
    if (hourly.length < settings.window())
      return String.format(
          Locale.ROOT,
          "the series has %d hours; the model needs %d",
          hourly.length,
          settings.window());
    return Gaps.fillable(
            Arrays.copyOfRange(hourly, hourly.length - settings.window(), hourly.length))
        ? null
        : String.format(
            Locale.ROOT, "too many of the newest %d hours are missing", settings.window());
  }
}
