package dev.steward.estate.apprunner;

import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Services of App Runner. */
public final class AppRunnerServices {
  public static final String ID = "apprunner_service";

  public static final Attribute<String> NAME = text("service_name", "its name", "ServiceName");
  public static final Attribute<String> SERVICE = text("service_id", "its id", "ServiceId");
  public static final Attribute<String> CPU =
      text("cpu", "units: 1024 are one vCPU", "InstanceConfiguration.Cpu");
  public static final Attribute<Double> MEMORY =
      number("memory_mb", "MiB of each instance", "InstanceConfiguration.Memory");
  public static final Attribute<Instant> UPDATED =
      time("updated", "when it was last changed", "UpdatedAt");

  public static final Kind KIND =
      Kind.regional(ID, "App Runner service", "apprunner:ListServices")
          .lists("ServiceSummaryList[]")
          .id("ServiceArn")
          .name("ServiceName")
          .state("Status")
          .created("CreatedAt")
          .pages(new Paging("NextToken", "NextToken", "MaxResults", 1, 20))
          .goneIn("DELETED")
          .detail(
              new Detail(
                  "service",
                  Call.of("apprunner:DescribeService"),
                  Map.of("ServiceArn", Path.at("ServiceArn")),
                  "Service",
                  Set.of(),
                  List.of(CPU, MEMORY)))
          .tags(
              new Tags.Asked(
                  Call.of("apprunner:ListTagsForResource"),
                  Map.of("ResourceArn", Path.at("ServiceArn")),
                  "Tags",
                  "",
                  Set.of()))
          .knows(NAME, SERVICE, UPDATED)
          .measures(
              Metric.of("requests", "AWS/AppRunner", "Requests", "ServiceName", "Sum", "count")
                  .named(NAME)
                  .with("ServiceID", SERVICE))
          .costsUnknown()
          .check(IdleService.CHECK)
          .row();

  private AppRunnerServices() {}
}
