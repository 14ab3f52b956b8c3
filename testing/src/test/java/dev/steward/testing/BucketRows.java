package dev.steward.testing;

import static dev.steward.testing.Row.answers;
import static dev.steward.testing.Row.refuses;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.TransitionDefaultMinimumObjectSize;

/** S3's lifecycles. */
final class BucketRows {
  private static final String PUT =
      "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html";
  private static final String GET =
      "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html";
  private static final String RULE =
      "https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html";
  private static final String TRANSITIONS =
      "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html";

  static final List<Row> ALL =
      List.of(
          refuses(
              "s3:GetBucketLifecycleConfiguration",
              "of a bucket that has none",
              404,
              "NoSuchLifecycleConfiguration",
              GET,
              aws -> aws.s3().getBucketLifecycleConfiguration(r -> r.bucket(bucket(aws)))),
          refuses(
              "s3:GetBucketLifecycleConfiguration",
              "of a bucket that is not there",
              404,
              "NoSuchBucket",
              "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
              aws -> aws.s3().getBucketLifecycleConfiguration(r -> r.bucket("nobodys-bucket"))),
          answers(
              "s3:PutBucketLifecycleConfiguration",
              "it is kept field by field",
              true,
              PUT,
              aws -> {
                LifecycleRule rule =
                    rule("all")
                        .filter(f ->
                            f.and(a ->
                                a.prefix("logs/")
                                    .objectSizeGreaterThan(128_000L)
                                    .objectSizeLessThan(5_000_000L)
                                    .tags(t -> t.key("tier").value("cold"))))
                        .transitions(t -> t.days(30).storageClass("STANDARD_IA"))
                        .noncurrentVersionExpiration(
                            n -> n.noncurrentDays(90).newerNoncurrentVersions(3))
                        .build();
                return put(aws, rule).equals(List.of(rule));
              }),
          answers(
              "s3:PutBucketLifecycleConfiguration",
              "a rule without an id is given one",
              true,
              RULE,
              aws -> {
                LifecycleRule rule =
                    rule(null).filter(everything()).expiration(e -> e.days(3)).build();
                return !put(aws, rule).getFirst().id().isEmpty();
              }),
          answers(
              "s3:PutBucketLifecycleConfiguration",
              "without a word of the least size",
              TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128_K,
              TRANSITIONS,
              aws -> leastSize(aws, null)),
          answers(
              "s3:PutBucketLifecycleConfiguration",
              "with a least size of its own",
              TransitionDefaultMinimumObjectSize.VARIES_BY_STORAGE_CLASS,
              TRANSITIONS,
              aws -> leastSize(aws, TransitionDefaultMinimumObjectSize.VARIES_BY_STORAGE_CLASS)),
          refuses(
              "s3:PutBucketLifecycleConfiguration",
              "one rule of the first form beside one of the second",
              400,
              "InvalidRequest",
              RULE,
              aws ->
                  put(
                      aws,
                      rule("new").filter(everything()).expiration(e -> e.days(3)).build(),
                      old())));

  private BucketRows() {}

  private static LifecycleRule.Builder rule(@Nullable String id) {
    return LifecycleRule.builder().id(id).status(ExpirationStatus.ENABLED);
  }

  @SuppressWarnings("deprecation")
  private static LifecycleRule old() {
    return rule("old").prefix("tmp/").expiration(e -> e.days(3)).build();
  }

  private static LifecycleRuleFilter everything() {
    return LifecycleRuleFilter.builder().prefix("").build();
  }

  private static String bucket(Tenant aws) {
    String name = "kept-" + aws.customer.account();
    aws.s3().createBucket(r -> r.bucket(name));
    return name;
  }

  /**
   * The least size that a lifecycle has which was put with this one.
   *
   * @param size null for none
   */
  private static TransitionDefaultMinimumObjectSize leastSize(
      Tenant aws, @Nullable TransitionDefaultMinimumObjectSize size) {
    String bucket = bucket(aws);
    LifecycleRule rule = rule("a").filter(everything()).expiration(e -> e.days(3)).build();
    aws.s3()
        .putBucketLifecycleConfiguration(r ->
            r.bucket(bucket)
                .transitionDefaultMinimumObjectSize(size)
                .lifecycleConfiguration(l -> l.rules(rule)));
    return aws.s3()
        .getBucketLifecycleConfiguration(r -> r.bucket(bucket))
        .transitionDefaultMinimumObjectSize();
  }

  private static List<LifecycleRule> put(Tenant aws, LifecycleRule... rules) {
    String bucket = bucket(aws);
    aws.s3()
        .putBucketLifecycleConfiguration(
            r -> r.bucket(bucket).lifecycleConfiguration(l -> l.rules(rules)));
    return aws.s3().getBucketLifecycleConfiguration(r -> r.bucket(bucket)).rules();
  }
}
