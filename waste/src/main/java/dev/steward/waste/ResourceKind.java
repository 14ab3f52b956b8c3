package dev.steward.waste;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row of the catalogue. The CloudFormation template, the permission probe, discovery and the docs
 * are derived from it.
 *
 * @param service the AWS service prefix whose request limits its calls share
 * @param actions the IAM actions that listing it needs; the first one is what the probe tries
 * @param metrics what checks read of it
 * @param attributes what a lister fills in, with its meaning and unit
 */
public record ResourceKind(
    String id,
    String title,
    String service,
    Scope scope,
    List<String> actions,
    List<Metric> metrics,
    Map<String, String> attributes) {

  /** Whether each region is asked, or the account once. */
  public enum Scope {
    REGIONAL,
    GLOBAL
  }

  /** Where the coverage record keeps the kinds that have no region. */
  public static final String GLOBAL_PLACE = "global";

  /** The endpoint that global kinds are asked at. */
  public static final String GLOBAL_REGION = "us-east-1";

  /** Where the coverage record keeps this kind's resources of the region. */
  public String place(String region) {
    return scope == Scope.GLOBAL ? GLOBAL_PLACE : region;
  }

  public ResourceKind {
    actions = List.copyOf(actions);
    metrics = List.copyOf(metrics);
    attributes = Map.copyOf(attributes);
  }

  public Optional<Metric> metric(String id) {
    return metrics.stream().filter(m -> m.id().equals(id)).findFirst();
  }
}
