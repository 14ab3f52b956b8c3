package dev.steward.estate.s3;

import dev.steward.estate.Parameter;
import dev.steward.estate.Remediation;
import dev.steward.model.Resource;
import dev.steward.model.Risk;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds a rule to a bucket's lifecycle, which moves objects to intelligent tiering. */
public final class SetLifecycle {
  public static final String ID = "set_bucket_lifecycle";

  /** After how many days objects move. */
  public static final Parameter DAYS =
      Parameter.of(
          "days",
          "30",
          (days, bucket, all) ->
              days.matches("[1-9]\\d{0,3}") && Integer.parseInt(days) >= 30
                  ? Optional.empty()
                  : Optional.of("must be a number of days from 30 to 9999"));

  private SetLifecycle() {}

  static Remediation.Row row() {
    return Remediation.of(ID, "Set a lifecycle", Risk.LOW)
        .undoneBy("the rule is taken away again")
        .cleansUp()
        .needs("s3:PutLifecycleConfiguration")
        .watching(S3Buckets.LIFECYCLE_RULES)
        .taking(DAYS)
        .leaves(S3Buckets.LIFECYCLE_RULES, (bucket, parameters) -> oneMore(bucket))
        .money(money ->
            money
                .ends("the price of objects that move to intelligent tiering", Optional.empty())
                .begins(
                    "their price there, by how seldom each is read, and the watching of each",
                    Optional.empty()));
  }

  /** The rule is added to those that are there. */
  private static @Nullable String oneMore(Resource bucket) {
    Double rules = S3Buckets.LIFECYCLE_RULES.of(bucket);
    return rules == null ? null : Long.toString(rules.longValue() + 1);
  }
}
