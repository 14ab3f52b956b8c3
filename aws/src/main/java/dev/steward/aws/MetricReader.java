package dev.steward.aws;

import dev.steward.estate.Metric;
import dev.steward.estate.Reading;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/**
 * The one way to ask CloudWatch for values. Of each series it says what there is, or that it was
 * not answered: a series is answered only when AWS says that it is complete and has nothing to add
 * (CloudWatch API reference, MetricDataResult and GetMetricData).
 */
public final class MetricReader {
  /** GetMetricData takes 500 queries a call (CloudWatch API reference). */
  public static final int QUERIES = 500;

  /** One series: a metric of a resource. */
  public record Wanted(Resource resource, Metric metric) {}

  /**
   * @param seconds CloudWatch's period
   */
  public record Window(Instant start, Instant end, int seconds) {}

  /** Stands for the resource's id in place of an attribute. */
  private static final String ID = "id";

  private static final String CIRCLE = "the pages of the answer go in a circle";

  private MetricReader() {}

  /**
   * Reads up to {@link #QUERIES} series, all pages of them, in the order in which they are wanted.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException where nothing was answered at all
   */
  public static List<Reading> read(RegionClients clients, List<Wanted> wanted, Window window) {
    List<MetricDataQuery> queries = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++)
      if (unnamed(wanted.get(i)) == null) queries.add(query("m" + i, wanted.get(i), window));
    Told told = queries.isEmpty() ? new Told() : ask(clients, queries, window);
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++)
      readings.add(
          unnamed(wanted.get(i)) == null
              ? told.reading("m" + i)
              : new Reading.Unanswered("the resource has no " + unnamed(wanted.get(i))));
    return readings;
  }

  private static Told ask(RegionClients clients, List<MetricDataQuery> queries, Window window) {
    Told told = new Told();
    Set<String> tokens = new HashSet<>();
    @Nullable String token = null;
    do {
      GetMetricDataResponse answer;
      try {
        answer = page(clients, queries, window, token);
      } catch (SamePage.Again circle) {
        told.doubt(CIRCLE);
        return told;
      }
      if (!answer.messages().isEmpty()) told.doubt("AWS adds a message to its answer");
      answer.metricDataResults().forEach(told::add);
      token = Answers.text(answer.nextToken());
      if (token != null && !tokens.add(token)) {
        told.doubt(CIRCLE);
        return told;
      }
    } while (token != null);
    return told;
  }

  private static GetMetricDataResponse page(
      RegionClients clients, List<MetricDataQuery> queries, Window window, @Nullable String token) {
    return clients
        .metrics()
        .getMetricData(r ->
            r.metricDataQueries(queries)
                .startTime(window.start())
                .endTime(window.end())
                .nextToken(token));
  }

  /** The parts of the answer, page by page. */
  private static final class Told {
    private final Map<String, List<MetricDataResult>> parts = new TreeMap<>();
    private @Nullable String doubt;

    void add(MetricDataResult part) {
      parts.computeIfAbsent(String.valueOf(part.id()), id -> new ArrayList<>()).add(part);
    }

    void doubt(String why) {
      doubt = why;
    }

    Reading reading(String id) {
      if (doubt != null) return new Reading.Unanswered(doubt);
      List<MetricDataResult> own = parts.getOrDefault(id, List.of());
      if (own.isEmpty()) return new Reading.Unanswered("it is missing from the answer");
      // What was partial on one page is complete on the last one, or is not.
      StatusCode status = own.getLast().statusCode();
      if (status != StatusCode.COMPLETE)
        return new Reading.Unanswered("the answer is " + own.getLast().statusCodeAsString());
      List<Instant> times = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      for (MetricDataResult part : own) {
        if (!part.messages().isEmpty())
          return new Reading.Unanswered("AWS adds a message to the answer");
        if (part.timestamps().size() != part.values().size())
          return new Reading.Unanswered("the answer has values without a time");
        times.addAll(part.timestamps());
        values.addAll(part.values());
      }
      return new Reading.Answered(times, values);
    }
  }

  private static MetricDataQuery query(String id, Wanted wanted, Window window) {
    Metric metric = wanted.metric();
    List<Dimension> dimensions = new ArrayList<>();
    dimensions.add(dimension(metric.dimension(), value(wanted, metric.value())));
    metric.named().forEach((name, of) -> dimensions.add(dimension(name, value(wanted, of))));
    metric.fixed().forEach((name, value) -> dimensions.add(dimension(name, value)));
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(s ->
            s.metric(m ->
                    m.namespace(metric.namespace())
                        .metricName(metric.name())
                        .dimensions(dimensions))
                .period(window.seconds())
                .stat(metric.statistic()))
        .build();
  }

  /** The attribute that a dimension needs and the resource does not have; null where it has all. */
  private static @Nullable String unnamed(Wanted wanted) {
    return Stream.concat(
            Stream.of(wanted.metric().value()), wanted.metric().named().values().stream())
        .filter(of -> !of.equals(ID) && wanted.resource().attribute(of) == null)
        .findFirst()
        .orElse(null);
  }

  private static String value(Wanted wanted, String of) {
    return of.equals(ID) ? wanted.resource().id() : String.valueOf(wanted.resource().attribute(of));
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }
}
