package dev.steward.estate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A row of the catalogue. The CloudFormation template, the permission probe, discovery and the docs
 * are derived from it.
 *
 * @param service the AWS service prefix whose request limits its calls share
 * @param tags how its tags are read
 * @param actions the IAM actions that reading it needs, its tags among it; the first one is what
 *     the probe tries
 * @param metrics what checks read of it
 * @param attributes what a lister fills in, with its meaning and unit; beside them every kind may
 *     carry the marks of what could not be read, {@code tags_unknown}, {@code details_missing} and
 *     {@code details_error}, and of what looks showed, {@code unused_since} and {@code used_before}
 */
public record ResourceKind(
    String id,
    String title,
    String service,
    Scope scope,
    Tags tags,
    List<String> actions,
    List<Metric> metrics,
    Map<String, String> attributes) {

  /** Whether each region is asked, or the account once. */
  public enum Scope {
    REGIONAL,
    GLOBAL
  }

  /**
   * How the tags of a kind are read. A kind cannot be declared without saying so: keep tags,
   * policies and drift are blind without them.
   */
  public sealed interface Tags {
    /** They come with the listing. */
    Tags LISTED = new Listed();

    /** The kind has none (AWS reference). */
    Tags NONE = new None();

    /** They are asked for. */
    static Tags by(String action) {
      return new Asked(action);
    }

    record Listed() implements Tags {}

    record None() implements Tags {}

    /**
     * @param action the IAM action that asking needs
     */
    record Asked(String action) implements Tags {}
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
    actions = withTags(tags, actions);
    metrics = List.copyOf(metrics);
    attributes = Map.copyOf(attributes);
  }

  private static List<String> withTags(Tags tags, List<String> actions) {
    return switch (tags) {
      case Tags.Asked asked ->
          Stream.concat(actions.stream(), Stream.of(asked.action())).distinct().toList();
      case Tags.Listed _, Tags.None _ -> List.copyOf(actions);
    };
  }

  public Optional<Metric> metric(String id) {
    return metrics.stream().filter(m -> m.id().equals(id)).findFirst();
  }
}
