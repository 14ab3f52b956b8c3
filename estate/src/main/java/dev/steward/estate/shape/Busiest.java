package dev.steward.estate.shape;

import dev.steward.estate.Evidence;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.MetricSeries;
import dev.steward.estate.Sight;
import dev.steward.estate.Verdict;
import dev.steward.model.Fact;
import dev.steward.model.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What metrics tell of a resource at most.
 *
 * @param most the busiest value of each, added up; those that are not known are left out, so that
 *     it is no less than this
 * @param days whole days that are known of each; 0 where one was not answered
 * @param doubt why nobody can tell that it was no more
 */
record Busiest(double most, int days, Optional<String> doubt) {
  static Busiest of(Resource resource, Sight sight, Kind.OfChecks of, List<String> ids) {
    List<Metric> told = of.metrics(ids).stream().filter(metric -> metric.isOf(resource)).toList();
    if (told.isEmpty()) return new Busiest(0, 0, Optional.of("no metric tells of it"));
    double most = 0;
    int days = Integer.MAX_VALUE;
    Optional<String> doubt = Optional.empty();
    for (Metric metric : told) {
      Optional<MetricSeries> series = sight.series(resource, metric.id());
      int known = series.map(one -> one.wholeDays(Metric.WINDOW_DAYS)).orElse(0);
      days = Math.min(days, known);
      most += series.map(MetricSeries::max).filter(Double::isFinite).orElse(0.0);
      if (doubt.isEmpty())
        doubt =
            series.isEmpty()
                ? Optional.of("metrics were not answered")
                : sight.tooFew(known).map(few -> ((Verdict.Unknown) few).reason());
    }
    return new Busiest(most, days, doubt);
  }

  /** What is seen is enough to be busy, whatever is not known beside it. */
  Outcome within(double limit, List<String> ids) {
    if (most > limit) return Outcome.NOT;
    if (doubt.isPresent()) return Outcome.unknown(doubt.get());
    Map<String, Fact> evidence = new LinkedHashMap<>();
    evidence.put(String.join("_and_", ids) + "_busiest", Evidence.number(most));
    evidence.put("datapoints", Fact.of(days));
    evidence.put("window_days", Fact.of(Metric.WINDOW_DAYS));
    return new Outcome.Holds(evidence);
  }
}
