package dev.steward.estate.shape;

import dev.steward.estate.Kind;
import dev.steward.estate.LastDay;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.model.Resource;
import java.util.List;

/** Of each of the metrics nothing was seen on any day that is known, and enough days are. */
public record Silent(LastDay.Over over, List<String> metrics) implements Condition {
  public Silent {
    metrics = List.copyOf(metrics);
  }

  @Override
  public Outcome of(Resource resource, Sight sight, Kind.OfChecks of) {
    return Busiest.of(resource, sight, of, metrics).within(0, metrics);
  }

  @Override
  public List<Threshold> thresholds() {
    return List.of(Threshold.MIN_DATAPOINTS);
  }

  @Override
  public List<LastDay.Bound> lastDay() {
    return List.of(LastDay.none(over, metrics.toArray(new String[0])));
  }
}
