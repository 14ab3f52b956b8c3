package dev.steward.estate.lambda;

import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.QueueArns;
import dev.steward.estate.Tags;
import dev.steward.estate.iam.Roles;
import dev.steward.estate.sqs.Queues;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Lambda functions. */
public final class Functions {
  public static final String ID = "lambda_function";

  public static final Attribute<Double> MEMORY = number("memory_mb", "MiB", "MemorySize");
  public static final Attribute<String> RUNTIME = text("runtime", "as AWS says", "Runtime");
  public static final Attribute<String> ARCHITECTURE =
      text("architecture", "x86_64 or arm64", "Architectures[0]");

  public static final Attribute<String> PACKAGE = text("package", "Zip or Image", "PackageType");
  public static final Attribute<Double> TIMEOUT =
      number("timeout_seconds", "after which it is ended", "Timeout");
  public static final Attribute<Double> CODE = number("code_bytes", "of its package", "CodeSize");
  public static final Attribute<Instant> CHANGED =
      time("last_changed", "when its code or a setting was last changed", "LastModified")
          .as(Functions::moment);
  public static final Attribute<List<String>> ROLE =
      ids("role", "what it acts as", "Role", Roles.ID);
  public static final Attribute<List<String>> LAYERS =
      ids("layers", "what it is built on", "Layers[].Arn", LambdaLayers.ID)
          .as(Functions::unversioned);

  public static final Attribute<List<String>> DEAD_LETTERS =
      ids("dead_letters", "where events go that it failed", "DeadLetterConfig.TargetArn", Queues.ID)
          .as(QueueArns::called);

  public static final Kind KIND =
      Kind.regional(ID, "Lambda function", "lambda:ListFunctions")
          .lists("Functions[]")
          .id("FunctionName")
          .name("FunctionName")
          .state("State")
          .pages(new Paging("Marker", "NextMarker", "MaxItems", 1, 50))
          .tags(Tags.tagging("FunctionArn"))
          .knows(
              MEMORY,
              RUNTIME,
              ARCHITECTURE,
              PACKAGE,
              TIMEOUT,
              CODE,
              CHANGED,
              ROLE,
              LAYERS,
              DEAD_LETTERS)
          .measures(count("invocations", "Invocations"), count("errors", "Errors"))
          .costsUnknown()
          .check(FunctionChecks.IDLE)
          .check(FunctionChecks.FAILING)
          .check(FunctionChecks.NOT_ARM)
          .row();

  private Functions() {}

  private static Metric.Row count(String id, String name) {
    return Metric.of(id, "AWS/Lambda", name, "FunctionName", "Sum", "count")
        .silentWhenNothingHappens(
            "Lambda developer guide: a metric is sent when an event was processed");
  }

  /** As Lambda writes it: {@code 2026-01-02T03:04:05.000+0000}. */
  private static Object moment(Object said) {
    return said.toString().replaceFirst("\\+0000$", "Z");
  }

  /** Layers without the version that each has in the end. */
  private static Object unversioned(Object arns) {
    return ((Collection<?>) arns)
        .stream().map(arn -> arn.toString().replaceFirst(":\\d+$", "")).distinct().toList();
  }

  /** The name of the function in an ARN of it, of a version or of an alias. */
  public static Object named(Object arn) {
    String[] parts = arn.toString().split(":", -1);
    return parts.length > 6 ? parts[6] : arn;
  }
}
