package dev.steward.estate.s3;

import static dev.steward.estate.Evidence.number;
import static dev.steward.estate.Evidence.waste;
import static dev.steward.estate.Verdict.FINE;
import static dev.steward.estate.Verdict.doubt;
import static dev.steward.estate.Verdict.unknown;

import dev.steward.estate.MetricSeries;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.price.Item.Unit;
import dev.steward.estate.price.Quote;
import dev.steward.model.Finding.Confidence;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A bucket without a lifecycle rule. */
final class WithoutLifecycle {
  static final WasteCheck.Row CHECK =
      WasteCheck.of("bucket_without_lifecycle", "Bucket without a lifecycle rule")
          .version(2)
          .reads("size_bytes", "tiered_bytes", "objects")
          .looksTwice()
          .threshold(
              new Threshold(
                  "min_size_gb", 10, 0, 1e9, "GB", "smaller buckets are not worth a change"))
          .answeredBy(SetLifecycle.ID)
          .rule(WithoutLifecycle::judge);

  /** S3 tells once a day, of each class when it has counted it. */
  private static final int LATE_DAYS = 2;

  private WithoutLifecycle() {}

  static Verdict judge(Resource bucket, Sight sight) {
    Double rules = S3Buckets.LIFECYCLE_RULES.of(bucket);
    if (rules == null) return unknown("the lifecycle could not be read");
    if (rules > 0) return FINE;
    Optional<MetricSeries> size = sight.series(bucket, "size_bytes");
    if (size.isEmpty()) return unknown("metrics were not answered");
    if (size.get().datapoints() == 0) return unsized(bucket, sight);
    if (isElsewhere(bucket, size.get(), sight)) return FINE;
    double gigabytes = size.get().latest() / 1e9;
    if (gigabytes < sight.threshold("min_size_gb")) return FINE;
    return waste(
        sight,
        saving(bucket.region(), gigabytes, sight.prices()),
        Confidence.LOW,
        bucket,
        "lifecycle_rules",
        0,
        "size_gb",
        number(gigabytes),
        "saving_is",
        "an upper bound, of what is in S3 Standard and without requests: if all of it is read"
            + " seldom enough for infrequent access");
  }

  private static Optional<Quote> saving(String region, double gigabytes, PriceBook prices) {
    return prices
        .price(region, Unit.S3_STANDARD)
        .flatMap(standard ->
            prices
                .price(region, Unit.S3_INFREQUENT)
                .map(seldom -> Quote.of(standard, gigabytes).minus(Quote.of(seldom, gigabytes))));
  }

  /**
   * S3 tells the size of each storage class that has something (S3 user guide, Metrics and
   * dimensions): where it tells of others, nothing is in the standard one. Of an empty bucket it
   * tells nothing at all.
   */
  private static Verdict unsized(Resource bucket, Sight sight) {
    if (others(bucket, sight).anyMatch(other -> other.datapoints() > 0)) return FINE;
    Double versions = S3Buckets.VERSIONS.of(bucket);
    if (versions == null) return doubt("no datapoints", List.of(bucket));
    return versions == 0 ? FINE : unknown("no datapoints");
  }

  /** What S3 told of the standard class is of a time when something was in it. */
  private static boolean isElsewhere(Resource bucket, MetricSeries size, Sight sight) {
    return others(bucket, sight)
        .anyMatch(other -> size.sinceLatest() - other.sinceLatest() > LATE_DAYS);
  }

  private static Stream<MetricSeries> others(Resource bucket, Sight sight) {
    return Stream.of("tiered_bytes", "objects").flatMap(m -> sight.series(bucket, m).stream());
  }
}
