package dev.steward.estate.lambda;

import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.util.Map;
import java.util.Set;

/** Lambda functions. */
public final class Functions {
  public static final String ID = "lambda_function";

  public static final Attribute<Double> MEMORY = number("memory_mb", "MiB", "MemorySize");
  public static final Attribute<String> RUNTIME = text("runtime", "as AWS says", "Runtime");
  public static final Attribute<String> ARCHITECTURE =
      text("architecture", "x86_64 or arm64", "Architectures[0]");

  public static final Kind KIND =
      Kind.regional(ID, "Lambda function", "lambda:ListFunctions")
          .lists("Functions[]")
          .id("FunctionName")
          .name("FunctionName")
          .state("State")
          .pages(new Paging("Marker", "NextMarker", "MaxItems", 1, 50))
          .tags(
              new Tags.Asked(
                  Call.of("lambda:ListTags"),
                  Map.of("Resource", Path.at("FunctionArn")),
                  "Tags",
                  "",
                  Set.of()))
          .knows(MEMORY, RUNTIME, ARCHITECTURE)
          .measures(
              Metric.of("invocations", "AWS/Lambda", "Invocations", "FunctionName", "Sum", "count")
                  .silentWhenNothingHappens(
                      "Lambda developer guide: a metric is sent when an event was processed"))
          .costsUnknown()
          .row();

  private Functions() {}
}
