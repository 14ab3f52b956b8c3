package dev.steward.testing;

import static dev.steward.testing.Row.answers;
import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;
import software.amazon.awssdk.services.costexplorer.CostExplorerClient;

/** CloudWatch's numbers. */
final class MetricRows {
  private static final String GET =
      "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html";
  private static final String RESULT =
      "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataResult.html";
  private static final String CONCEPTS =
      "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html";
  private static final String PUT =
      "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html";
  private static final String EBS =
      "https://docs.aws.amazon.com/ebs/latest/userguide/using_cloudwatch_ebs.html";
  private static final String COST =
      "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetCostAndUsageWithResources.html";
  private static final Instant START =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(3));

  static final List<Row> ALL =
      List.of(
          answers(
              "cloudwatch:GetMetricData",
              "the same name and dimension in another namespace is another metric",
              List.of(10.0),
              CONCEPTS,
              aws -> {
                put(aws, "AWS/EC2", 0, 10, Map.of("InstanceId", "i-1"));
                put(aws, "Other/NS", 0, 90, Map.of("InstanceId", "i-1"));
                return get(aws, "Average", Map.of("InstanceId", "i-1"));
              }),
          answers(
              "cloudwatch:GetMetricData",
              "two dimensions in whatever order",
              List.of(7.0),
              CONCEPTS,
              aws -> {
                put(aws, "AWS/EC2", 0, 7, Map.of("A", "1", "B", "2"));
                return values(ask(aws, "Sum", List.of(dimension("B", "2"), dimension("A", "1"))));
              }),
          answers(
              "cloudwatch:GetMetricData",
              "some of the dimensions only",
              List.of(),
              CONCEPTS,
              aws -> {
                put(aws, "AWS/EC2", 0, 7, Map.of("A", "1", "B", "2"));
                return get(aws, "Sum", Map.of("A", "1"));
              }),
          answers(
              "cloudwatch:GetMetricData",
              "nobody has put anything: no value, and not zero",
              List.of(),
              GET,
              aws -> get(aws, "Sum", Map.of("InstanceId", "i-1"))),
          answers(
              "cloudwatch:GetMetricData",
              "an hour without a value has no place in the answer",
              List.of(1.0, 3.0),
              GET,
              aws -> {
                put(aws, "AWS/EC2", 0, 1, Map.of());
                put(aws, "AWS/EC2", 2, 3, Map.of());
                return get(aws, "Sum", Map.of());
              }),
          answers(
              "cloudwatch:GetMetricData",
              "the newest first unless it is asked otherwise",
              List.of(3.0, 1.0),
              GET,
              aws -> {
                put(aws, "AWS/EC2", 0, 1, Map.of());
                put(aws, "AWS/EC2", 2, 3, Map.of());
                return values(
                    aws.metrics()
                        .getMetricData(r ->
                            r.startTime(START)
                                .endTime(START.plus(Duration.ofHours(10)))
                                .metricDataQueries(q ->
                                    q.id("m")
                                        .metricStat(s ->
                                            s.stat("Sum")
                                                .period(3_600)
                                                .metric(m ->
                                                    m.namespace("AWS/EC2").metricName("M"))))));
              }),
          answers(
              "cloudwatch:GetMetricData",
              "a statistic set counts as what it was made of",
              "5.0 2.0 4.0 20.0 5.0",
              PUT,
              aws -> {
                aws.metrics()
                    .putMetricData(r ->
                        r.namespace("AWS/EC2")
                            .metricData(
                                MetricDatum.builder()
                                    .metricName("M")
                                    .timestamp(START)
                                    .statisticValues(
                                        StatisticSet.builder()
                                            .sampleCount(5.0)
                                            .sum(20.0)
                                            .minimum(2.0)
                                            .maximum(5.0)
                                            .build())
                                    .build()));
                return String.join(
                    " ",
                    List.of("SampleCount", "Minimum", "Average", "Sum", "Maximum").stream()
                        .map(stat -> get(aws, stat, Map.of()).getFirst().toString())
                        .toList());
              }),
          answers(
              "cloudwatch:GetMetricData",
              "from the start on, and up to the end without it",
              List.of(1.0),
              GET,
              aws -> {
                put(aws, "AWS/EC2", -1, 9, Map.of());
                put(aws, "AWS/EC2", 0, 1, Map.of());
                put(aws, "AWS/EC2", 10, 9, Map.of());
                return get(aws, "Sum", Map.of());
              }),
          answers(
              "cloudwatch:GetMetricData",
              "every result says that it is complete",
              "Complete",
              RESULT,
              aws ->
                  ask(aws, "Sum", List.of()).metricDataResults().getFirst().statusCodeAsString()),
          answers(
              "cloudwatch:GetMetricData",
              "a volume's idle time, while it is attached",
              true,
              EBS,
              aws -> {
                aws.at(START);
                String instance = Made.instance(aws, "m5.large");
                String id = Made.volume(aws, "gp3");
                aws.ec2().attachVolume(r -> r.volumeId(id).instanceId(instance).device("/dev/sdf"));
                aws.at(START.plus(Duration.ofHours(2)));
                aws.ec2().detachVolume(r -> r.volumeId(id).instanceId(instance));
                aws.at(null);
                return idle(aws, id).equals(List.of(3_600.0, 3_600.0));
              }),
          answers(
              "cloudwatch:GetMetricData",
              "nothing of a volume that was never attached",
              List.of(),
              EBS,
              aws -> {
                aws.at(START);
                String id = Made.volume(aws, "gp3");
                aws.at(null);
                return idle(aws, id);
              }),
          answers(
              "ce:GetCostAndUsageWithResources",
              "the days that it has figures for, and no others",
              List.of("1.25", "0"),
              COST,
              aws -> costs(aws, Map.of(day(1), 1.25, day(2), 0.0))),
          answers(
              "ce:GetCostAndUsageWithResources",
              "of a resource that was never billed",
              List.of(),
              COST,
              aws -> costs(aws, Map.of())));

  private MetricRows() {}

  private static String day(int offset) {
    return START.plus(Duration.ofDays(offset)).toString().substring(0, 10);
  }

  private static List<String> costs(Tenant aws, Map<String, Double> billed) {
    String id = Made.volume(aws, "gp3");
    aws.emulator.billed(id, billed);
    try (var explorer = aws.with(aws.session(), CostExplorerClient.builder())) {
      return explorer
          .getCostAndUsageWithResources(r ->
              r.timePeriod(t -> t.start(day(0)).end(day(3)))
                  .granularity("DAILY")
                  .metrics("UnblendedCost")
                  .filter(f -> f.dimensions(d -> d.key("RESOURCE_ID").values(id))))
          .resultsByTime()
          .stream()
          .map(t -> requireNonNull(t.total().get("UnblendedCost")).amount())
          .map(amount -> new BigDecimal(amount).stripTrailingZeros().toPlainString())
          .toList();
    }
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  private static List<Dimension> dimensions(Map<String, String> of) {
    return of.entrySet().stream().map(e -> dimension(e.getKey(), e.getValue())).toList();
  }

  private static void put(
      Tenant aws, String namespace, int hour, double value, Map<String, String> of) {
    aws.metrics()
        .putMetricData(r ->
            r.namespace(namespace)
                .metricData(
                    MetricDatum.builder()
                        .metricName("M")
                        .timestamp(START.plus(Duration.ofHours(hour)))
                        .value(value)
                        .dimensions(dimensions(of))
                        .build()));
  }

  private static GetMetricDataResponse ask(Tenant aws, String stat, List<Dimension> of) {
    return ask(aws, "AWS/EC2", "M", stat, of);
  }

  private static GetMetricDataResponse ask(
      Tenant aws, String namespace, String name, String stat, List<Dimension> of) {
    return aws.metrics()
        .getMetricData(r ->
            r.startTime(START)
                .endTime(START.plus(Duration.ofHours(10)))
                .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                .metricDataQueries(q ->
                    q.id("m")
                        .metricStat(s ->
                            s.stat(stat)
                                .period(3_600)
                                .metric(
                                    m -> m.namespace(namespace).metricName(name).dimensions(of)))));
  }

  private static List<Double> values(GetMetricDataResponse answer) {
    return answer.metricDataResults().getFirst().values();
  }

  private static List<Double> get(Tenant aws, String stat, Map<String, String> of) {
    return values(ask(aws, stat, dimensions(of)));
  }

  private static List<Double> idle(Tenant aws, String id) {
    return values(ask(aws, "AWS/EBS", "VolumeIdleTime", "Sum", dimensions(Map.of("VolumeId", id))));
  }
}
