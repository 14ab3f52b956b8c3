package dev.steward.estate.s3;

import static dev.steward.estate.Attribute.count;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** S3 buckets: two calls for each, to its lifecycle rules and to its tags. */
public final class S3Buckets {
  public static final String ID = "s3_bucket";

  public static final Attribute<Double> LIFECYCLE_RULES =
      count("lifecycle_rules", "how many are enabled", "Rules[?Status=='Enabled']");

  public static final Attribute<Double> VERSIONS =
      count(
          "versions_seen",
          "0 when nothing is in it, not even what was deleted; asked in doubt",
          "[Versions || `[]`, DeleteMarkers || `[]`][]");

  private static final Map<String, Path> NAMED = Map.of("Bucket", Path.at("Name"));

  /** A listing in pages says where each bucket is (S3 API reference, ListBuckets). */
  public static final Kind KIND =
      Kind.global(ID, "S3 bucket", Call.of("s3:ListBuckets", "s3:ListAllMyBuckets"))
          .lists("Buckets[]")
          .id("Name")
          .name("Name")
          .created("CreationDate")
          .pages(new Paging("ContinuationToken", "ContinuationToken", "MaxBuckets", 1, 100))
          .againItself("{Name: id, BucketRegion: region}")
          // A bucket answers only at its own region.
          .in(
              "BucketRegion",
              new Detail(
                  "region", Call.of("s3:GetBucketLocation"), NAMED, "@", Set.of(), List.of()),
              "[LocationConstraint]",
              S3Buckets::region)
          .detail(
              new Detail(
                  "lifecycle",
                  Call.of("s3:GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration"),
                  NAMED,
                  "{Rules: Rules}",
                  Set.of("NoSuchLifecycleConfiguration"),
                  List.of(LIFECYCLE_RULES)))
          .tags(
              new Tags.Asked(
                  Call.of("s3:GetBucketTagging"), NAMED, "TagSet", "", Set.of("NoSuchTagSet")))
          .measures(
              Metric.of("size_bytes", "AWS/S3", "BucketSizeBytes", "BucketName", "Average", "bytes")
                  .with("StorageType", "StandardStorage"),
              Metric.of(
                      "tiered_bytes", "AWS/S3", "BucketSizeBytes", "BucketName", "Average", "bytes")
                  .with("StorageType", "IntelligentTieringFAStorage"),
              Metric.of("objects", "AWS/S3", "NumberOfObjects", "BucketName", "Average", "count")
                  .with("StorageType", "AllStorageTypes"))
          .inDoubt(
              new Detail(
                  "versions",
                  Call.of("s3:ListObjectVersions", "s3:ListBucketVersions"),
                  Map.of("Bucket", Path.at("id"), "MaxKeys", Path.always(1)),
                  "{Versions: Versions, DeleteMarkers: DeleteMarkers}",
                  Set.of(),
                  List.of(VERSIONS)))
          .costsUnknown()
          .check(WithoutLifecycle.CHECK)
          .action(SetLifecycle.row())
          .row();

  private S3Buckets() {}

  /** Of a LocationConstraint, which us-east-1 has none of (S3 API reference, GetBucketLocation). */
  private static Object region(Object constraint) {
    Object said = ((List<?>) constraint).getFirst();
    if (said == null || said.toString().isEmpty()) return "us-east-1";
    return said.equals("EU") ? "eu-west-1" : said;
  }
}
