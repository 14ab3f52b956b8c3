package dev.steward.estate.shape;

import dev.steward.estate.Kind;
import dev.steward.estate.LastDay;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.model.Resource;
import java.util.List;

/**
 * The busiest day of the metrics, added up, is at or below the setting, and enough days are known.
 *
 * @param scale of one unit of the setting in units of the metrics
 */
public record Within(
    Threshold most, double scale, String unit, LastDay.Over over, List<String> metrics)
    implements Condition {
  public Within {
    metrics = List.copyOf(metrics);
  }

  @Override
  public Outcome of(Resource resource, Sight sight, Kind.OfChecks of) {
    return Busiest.of(resource, sight, of, metrics)
        .within(sight.threshold(most.name()) * scale, metrics);
  }

  @Override
  public List<Threshold> thresholds() {
    return List.of(most, Threshold.MIN_DATAPOINTS);
  }

  @Override
  public List<LastDay.Bound> lastDay() {
    return List.of(LastDay.within(most.name(), scale, unit, over, metrics.toArray(new String[0])));
  }
}
