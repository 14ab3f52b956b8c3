package dev.steward.aws;

import static dev.steward.aws.ComputeListers.next;

import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/** Buckets: two calls for each, to its lifecycle rules and to its tags. */
final class BucketListers {
  private static final String NO_RULES = "NoSuchLifecycleConfiguration";
  private static final String NO_TAGS = "NoSuchTagSet";

  private BucketListers() {}

  /** A listing in pages says where each bucket is (S3 API reference, ListBuckets). */
  static Page buckets(RegionClients clients, @Nullable String token) {
    ListBucketsResponse page =
        clients
            .s3()
            .listBuckets(r -> r.maxBuckets(clients.page(Page.DETAILED)).continuationToken(token));
    return Page.detailed(page.buckets(), b -> bucket(clients, b), next(page.continuationToken()));
  }

  static Described bucket(RegionClients clients, Bucket b) {
    Described bucket =
        new Described("s3_bucket", clients.region(), b.name())
            .name(b.name())
            .created(b.creationDate());
    String[] region = {b.bucketRegion()};
    if (region[0] == null) bucket.detail("region", () -> region[0] = location(clients, b.name()));
    // A bucket answers only at its own region.
    String where = region[0] == null ? clients.region() : region[0];
    RegionClients there = clients.in(where);
    return bucket
        .in(where)
        .detail("lifecycle", () -> bucket.with("lifecycle_rules", rules(there, b.name())))
        .tagsOf(b.name(), name -> tags(there, name));
  }

  private static String location(RegionClients clients, String bucket) {
    String location =
        clients.s3().getBucketLocation(r -> r.bucket(bucket)).locationConstraintAsString();
    if (location == null || location.isEmpty()) return "us-east-1";
    return location.equals("EU") ? "eu-west-1" : location;
  }

  private static long rules(RegionClients clients, String bucket) {
    try {
      return clients.s3().getBucketLifecycleConfiguration(r -> r.bucket(bucket)).rules().stream()
          .filter(rule -> rule.status() == ExpirationStatus.ENABLED)
          .count();
    } catch (S3Exception e) {
      if (AwsError.code(e).equals(NO_RULES)) return 0;
      throw e;
    }
  }

  private static Map<String, String> tags(RegionClients clients, String bucket) {
    try {
      return clients.s3().getBucketTagging(r -> r.bucket(bucket)).tagSet().stream()
          .collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b));
    } catch (S3Exception e) {
      if (AwsError.code(e).equals(NO_TAGS)) return Map.of();
      throw e;
    }
  }
}
