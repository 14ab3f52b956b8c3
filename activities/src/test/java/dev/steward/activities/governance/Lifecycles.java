package dev.steward.activities.governance;

import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.TransitionDefaultMinimumObjectSize;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

/** Buckets whose lifecycle has what a put could forget. */
final class Lifecycles {
  private Lifecycles() {}

  static String ofEveryKind(S3Client s3, String bucket) {
    s3.createBucket(r -> r.bucket(bucket));
    List<LifecycleRule> rules =
        List.of(
            rule("everything")
                .filter(f -> f.prefix(""))
                .expiration(e -> e.expiredObjectDeleteMarker(true))
                .noncurrentVersionExpiration(n -> n.noncurrentDays(90).newerNoncurrentVersions(3))
                .noncurrentVersionTransitions(n ->
                    n.noncurrentDays(30)
                        .newerNoncurrentVersions(2)
                        .storageClass(TransitionStorageClass.GLACIER_IR))
                .build(),
            rule("by tag")
                .filter(f -> f.tag(t -> t.key("class").value("raw")))
                .transitions(
                    t -> t.days(60).storageClass(TransitionStorageClass.STANDARD_IA),
                    t -> t.days(180).storageClass(TransitionStorageClass.DEEP_ARCHIVE))
                .expiration(e -> e.days(3_650))
                .build(),
            rule("by all together")
                .filter(f ->
                    f.and(a ->
                        a.prefix("logs/")
                            .tags(t -> t.key("team").value("data"), t -> t.key("kind").value("log"))
                            .objectSizeGreaterThan(1_024L)
                            .objectSizeLessThan(1_048_576L)))
                .expiration(e -> e.date(Instant.parse("2031-01-01T00:00:00Z")))
                .build(),
            rule("large ones, not now")
                .status(ExpirationStatus.DISABLED)
                .filter(f -> f.objectSizeGreaterThan(1_000_000L))
                .abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(3))
                .build());
    s3.putBucketLifecycleConfiguration(r ->
        r.bucket(bucket)
            .lifecycleConfiguration(c -> c.rules(rules))
            .transitionDefaultMinimumObjectSize(
                TransitionDefaultMinimumObjectSize.VARIES_BY_STORAGE_CLASS));
    return bucket;
  }

  /** As tools of before 2016 put it. */
  @SuppressWarnings("deprecation")
  static String ofTheFirstForm(S3Client s3, String bucket) {
    s3.createBucket(r -> r.bucket(bucket));
    List<LifecycleRule> rules =
        List.of(
            rule("logs").prefix("logs/").expiration(e -> e.days(30)).build(),
            rule("raw").prefix("raw/").expiration(e -> e.days(365)).build());
    s3.putBucketLifecycleConfiguration(
        r -> r.bucket(bucket).lifecycleConfiguration(c -> c.rules(rules)));
    return bucket;
  }

  private static LifecycleRule.Builder rule(String id) {
    return LifecycleRule.builder().id(id).status(ExpirationStatus.ENABLED);
  }
}
