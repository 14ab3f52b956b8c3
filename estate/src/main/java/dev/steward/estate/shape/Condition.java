package dev.steward.estate.shape;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.LastDay;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Use;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A part of what makes waste. All of a check's must hold; where one does not, the resource is fine,
 * whatever is unknown of the others; and where one is unknown, nobody can tell.
 */
public sealed interface Condition
    permits InState,
        OlderThan,
        Silent,
        Within,
        Unnamed,
        SeenUnused,
        Is,
        IsNot,
        Without,
        Bounded,
        Cheaper,
        Looked {
  /**
   * @param of the kind, as far as its row is written
   */
  Outcome of(Resource resource, Sight sight, Kind.OfChecks of);

  default List<Threshold> thresholds() {
    return List.of();
  }

  /** Other kinds that must be seen. */
  default List<String> needs() {
    return List.of();
  }

  /** Metrics of its own kind that it reads. */
  default List<String> metrics() {
    return List.of();
  }

  /** What the last day must show before a step acts on a finding. */
  default List<LastDay.Bound> lastDay() {
    return List.of();
  }

  /** It is in one of these states. */
  static Condition in(String... states) {
    return new InState(Set.of(states));
  }

  /** It was made so many days ago. */
  static Condition olderThan(Threshold days) {
    return new OlderThan(days, Optional.empty());
  }

  /** This was so many days ago. */
  static Condition olderThan(Threshold days, Attribute<Instant> moment) {
    return new OlderThan(days, Optional.of(moment));
  }

  /** Of each metric that its row publishes of it, nothing at all was seen. */
  static Condition silent(LastDay.Over over, String... metrics) {
    return new Silent(over, List.of(metrics));
  }

  /**
   * The busiest day of the metrics together stays at or below the setting.
   *
   * @param scale of one unit of the setting in units of the metrics
   */
  static Condition within(
      Threshold most, double scale, String unit, LastDay.Over over, String... metrics) {
    return new Within(most, scale, unit, over, List.of(metrics));
  }

  /** No resource of the kind names it in the attribute. */
  static Unnamed unnamed(String kind, Attribute<?> attribute) {
    return new Unnamed(kind, attribute, Optional.empty());
  }

  /**
   * @param as what the others call it, where that is not its id; null where it is not known
   */
  static Unnamed unnamed(String kind, Attribute<?> attribute, Attribute<String> as) {
    return new Unnamed(kind, attribute, Optional.of(as));
  }

  /** Discoveries have seen it unused for so long. The row says when it is ({@link Use}). */
  static Condition seenUnused(Threshold days) {
    return new SeenUnused(days);
  }

  /** The attribute has one of these values. */
  static Condition is(Attribute<?> attribute, String... values) {
    return new Is(attribute, Set.of(values));
  }

  /** The attribute is known, and has none of these values. */
  static Condition isNot(Attribute<?> attribute, String... values) {
    return new IsNot(attribute, Set.of(values));
  }

  /**
   * AWS says nothing of the attribute, which is how it says that there is none.
   *
   * @param source where AWS says so
   */
  static Condition without(Attribute<?> attribute, String source) {
    return new Without(attribute, source);
  }

  static Condition atLeast(Attribute<Double> attribute, Threshold least) {
    return new Bounded(attribute, least, true);
  }

  static Condition atMost(Attribute<Double> attribute, Threshold most) {
    return new Bounded(attribute, most, false);
  }

  /**
   * It would cost less as something else; what is saved is the difference.
   *
   * @param evidence the name of what is said of the other
   * @param as what it would be; empty where there is nothing
   */
  static Cheaper cheaper(String evidence, Function<Resource, Optional<Cheaper.Other>> as) {
    return new Cheaper(evidence, as);
  }

  /**
   * What only code can tell.
   *
   * @param unknown the reason where nobody can tell
   * @param look unused where it holds
   * @param needs other kinds that it looks at
   */
  static Condition looked(String unknown, BiFunction<Resource, Sight, Use> look, String... needs) {
    return new Looked(unknown, look, List.of(needs));
  }
}
