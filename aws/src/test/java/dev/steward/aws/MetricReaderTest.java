package dev.steward.aws;

import static dev.steward.aws.FakeAws.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Reading;
import dev.steward.estate.Tags;
import dev.steward.estate.ec2.Volumes;
import dev.steward.model.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;

/** A series is answered only when AWS says that it is whole; everything else is doubt. */
final class MetricReaderTest {
  private static final Instant END = Instant.parse("2026-11-27T00:00:00Z");
  private static final MetricReader.Window WINDOW =
      new MetricReader.Window(END.minus(Duration.ofDays(14)), END, 86_400);
  private static final Metric METRIC = Volumes.KIND.metrics().getFirst();

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static FakeAws aws;

  @BeforeAll
  static void start() {
    aws = new FakeAws(folder);
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @BeforeEach
  void forget() {
    aws.forget();
  }

  private static MetricReader.Wanted wanted(String id) {
    return new MetricReader.Wanted(
        new Resource(id, Volumes.ID, "us-east-1", null, "available", null, Map.of(), Map.of()),
        METRIC);
  }

  private static List<Reading> read(String... ids) {
    return MetricReader.read(
        aws.clients(FakeAws.connection("400000000001")),
        Arrays.stream(ids).map(MetricReaderTest::wanted).toList(),
        WINDOW);
  }

  /** A part of the answer about the query with this number. */
  private static String part(int query, String status, double... values) {
    String times =
        Arrays.stream(values)
            .mapToObj(v -> "<member>2026-11-20T00:00:00Z</member>")
            .collect(Collectors.joining());
    String numbers =
        Arrays.stream(values)
            .mapToObj(v -> "<member>" + v + "</member>")
            .collect(Collectors.joining());
    return "<member><Id>m%s</Id><Label>l</Label><Timestamps>%s</Timestamps><Values>%s</Values><StatusCode>%s</StatusCode></member>"
        .formatted(String.valueOf(query), times, numbers, status);
  }

  private static FakeAws.Said answer(String more, String... parts) {
    return ok(
        "<GetMetricDataResponse><GetMetricDataResult><MetricDataResults>"
            + String.join("", parts)
            + "</MetricDataResults>"
            + more
            + "</GetMetricDataResult></GetMetricDataResponse>");
  }

  private static List<Double> values(Reading reading) {
    return ((Reading.Answered) reading).values();
  }

  private static String why(Reading reading) {
    return ((Reading.Unanswered) reading).why();
  }

  @Test
  void answersComeInTheOrderOfTheQuestions() {
    aws.says("GetMetricData", answer("", part(1, "Complete", 2), part(0, "Complete", 1, 3)));
    List<Reading> readings = read("vol-a", "vol-b");
    assertThat(values(readings.get(0))).containsExactly(1.0, 3.0);
    assertThat(values(readings.get(1))).containsExactly(2.0);
  }

  @Test
  void aSilentMetricIsAnsweredWithNothing() {
    aws.says("GetMetricData", answer("", part(0, "Complete")));
    assertThat(values(read("vol-a").getFirst())).isEmpty();
  }

  @Test
  void whatIsMissingFromTheAnswerIsNotSilent() {
    aws.says("GetMetricData", answer("", part(0, "Complete", 1)));
    List<Reading> readings = read("vol-a", "vol-b");
    assertThat(values(readings.get(0))).containsExactly(1.0);
    assertThat(why(readings.get(1))).contains("missing");
  }

  @Test
  void whatIsPartialOnOnePageIsWholeOnTheNext() {
    aws.says(
        "GetMetricData",
        answer("<NextToken>two</NextToken>", part(0, "PartialData", 1)),
        answer("", part(0, "Complete", 2)));
    assertThat(values(read("vol-a").getFirst())).containsExactly(1.0, 2.0);
    assertThat(aws.asked("GetMetricData")).hasSize(2);
  }

  @Test
  void whatStaysPartialOrFailsIsDoubt() {
    for (String status : List.of("PartialData", "InternalError", "Forbidden", "OfTomorrow")) {
      aws.says("GetMetricData", answer("", part(0, status, 1)));
      assertThat(why(read("vol-a").getFirst())).contains(status);
    }
  }

  @Test
  void aMessageToAnAnswerOrToAllOfItIsDoubt() {
    String message =
        "<Messages><member><Code>c</Code><Value>v</Value></member></Messages></member>";
    aws.says(
        "GetMetricData",
        answer(
            "",
            part(0, "Complete", 1),
            part(1, "Complete", 1).replaceFirst("</member>$", message)));
    List<Reading> readings = read("vol-a", "vol-b");
    assertThat(values(readings.get(0))).containsExactly(1.0);
    assertThat(why(readings.get(1))).contains("message");
    aws.says(
        "GetMetricData",
        answer(
            "<Messages><member><Code>c</Code><Value>v</Value></member></Messages>",
            part(0, "Complete", 1)));
    assertThat(why(read("vol-a").getFirst())).contains("message");
  }

  @Test
  void aCircleOfPagesIsDoubtOfAll() {
    aws.says(
        "GetMetricData",
        answer("<NextToken>a</NextToken>", part(0, "Complete", 1)),
        answer("<NextToken>b</NextToken>", part(0, "Complete", 1)),
        answer("<NextToken>a</NextToken>", part(0, "Complete", 1)));
    assertThat(why(read("vol-a").getFirst())).contains("circle");
    aws.says("GetMetricData", answer("<NextToken>a</NextToken>", part(0, "Complete", 1)));
    assertThat(why(read("vol-a").getFirst())).contains("circle");
  }

  @Test
  void aValueWithoutATimeIsDoubt() {
    aws.says(
        "GetMetricData",
        answer(
            "",
            part(0, "Complete", 1, 2).replaceFirst("<member>2026-11-20T00:00:00Z</member>", "")));
    assertThat(why(read("vol-a").getFirst())).contains("without a time");
  }

  private static final Attribute<String> CLUSTER = Attribute.text("cluster_name", "", "x");

  private static Kind measured(Metric.Row metric) {
    return Kind.regional("x", "x", "ec2:DescribeVolumes")
        .tags(Tags.NONE)
        .measures(metric)
        .costsUnknown()
        .row();
  }

  private static Reading read(Metric.Row metric, Map<String, String> attributes) {
    Resource resource =
        new Resource("web", "x", "us-east-1", null, null, null, Map.of(), attributes);
    return MetricReader.read(
            aws.clients(FakeAws.connection("400000000001")),
            List.of(new MetricReader.Wanted(resource, measured(metric).metrics().getFirst())),
            WINDOW)
        .getFirst();
  }

  private static Metric.Row cpu() {
    return Metric.of("cpu", "AWS/ECS", "CPUUtilization", "ServiceName", "Maximum", "%");
  }

  @Test
  void whereNothingIsAskedAwsIsNot() {
    assertThat(why(read(cpu().named(CLUSTER), Map.of()))).contains("no cluster_name");
    assertThat(why(read(cpu().with("ClusterName", CLUSTER), Map.of()))).contains("no cluster_name");
    assertThat(aws.asked("GetMetricData")).isEmpty();
  }

  @Test
  void aFurtherDimensionIsAnAttributeOfTheResource() {
    aws.says("GetMetricData", answer("", part(0, "Complete", 7)));
    Reading reading =
        read(cpu().with("ClusterName", CLUSTER), Map.of("cluster_name", "production"));
    assertThat(values(reading)).containsExactly(7.0);
    assertThat(aws.asked("GetMetricData").getLast().form().values())
        .contains("ServiceName", "web", "ClusterName", "production");
  }

  @Test
  void aRefusalIsOneAndNoSilence() {
    aws.says(
        "GetMetricData",
        new FakeAws.Said(
            403, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>"));
    assertThatThrownBy(() -> read("vol-a")).isInstanceOf(SdkException.class);
  }

  @Test
  void eachQueryNamesItsMetricAndDimension() {
    aws.says("GetMetricData", answer("", part(0, "Complete"), part(1, "Complete")));
    read("vol-a", "vol-b");
    FakeAws.Asked call = aws.asked("GetMetricData").getFirst();
    assertThat(call.get("MetricDataQueries.member.2.MetricStat.Metric.Dimensions.member.1.Value"))
        .isEqualTo("vol-b");
    assertThat(call.get("MetricDataQueries.member.1.MetricStat.Metric.Namespace"))
        .isEqualTo("AWS/EBS");
    assertThat(call.get("MetricDataQueries.member.1.MetricStat.Period")).isEqualTo("86400");
  }
}
