package dev.steward.domain.serve;

import dev.steward.estate.PeakOutlook;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.Peak;
import dev.steward.ml.forecast.PeakRule;
import dev.steward.ml.forecast.QuantileForecast;
import dev.steward.model.OrganizationId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What rightsizing asks: the next fortnight's peak, from the organization's champion or the rule.
 *
 * @param rule calibrated on the organization's own series where there are enough
 */
public record Outlooks(Peaks peaks, OrganizationId organization, PeakRule rule)
    implements PeakOutlook {
  /** The rule of these hourly series, or the one that is shipped if they are too few. */
  public static PeakRule rule(Stream<double[]> hourly) {
    return PeakRule.orShipped(
        hourly.flatMap(h -> Peak.cases(h, MlpSettings.peak()).stream()).toList());
  }

  @Override
  public Optional<Outlook> of(double[] hourly) {
    return peaks
        .peak(organization, hourly, rule)
        .map(a ->
            new Outlook(
                a.version() == 0 ? a.model() : a.model() + " version " + a.version(),
                a.before(),
                QuantileForecast.LEVELS,
                a.quantiles()));
  }
}
