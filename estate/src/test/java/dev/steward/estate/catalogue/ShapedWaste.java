package dev.steward.estate.catalogue;

import static dev.steward.estate.catalogue.World.days;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Looks;
import dev.steward.estate.Metric;
import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.shape.Bounded;
import dev.steward.estate.shape.Cheaper;
import dev.steward.estate.shape.Condition;
import dev.steward.estate.shape.InState;
import dev.steward.estate.shape.Is;
import dev.steward.estate.shape.IsNot;
import dev.steward.estate.shape.Looked;
import dev.steward.estate.shape.OlderThan;
import dev.steward.estate.shape.SeenUnused;
import dev.steward.estate.shape.ShapedRule;
import dev.steward.estate.shape.Silent;
import dev.steward.estate.shape.Unnamed;
import dev.steward.estate.shape.Within;
import dev.steward.estate.shape.Without;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A resource that a shaped check calls waste, made from the check's own conditions. */
final class ShapedWaste {
  /** What conditions that are code want to see: attributes by check. */
  static final Map<String, Map<String, String>> ATTRIBUTES = new TreeMap<>(Map.of());

  private ShapedWaste() {}

  /** Checks that are made of conditions. */
  static Stream<WasteCheck> checks() {
    return Catalogue.CHECKS.stream().filter(check -> check.rule() instanceof ShapedRule);
  }

  static List<Condition> conditions(WasteCheck check) {
    return ((ShapedRule) check.rule()).conditions();
  }

  /** The days of the check's settings that ask for the most, and a month. */
  private static double age(WasteCheck check) {
    return 31
        + check.thresholds().stream()
            .filter(threshold -> threshold.unit().equals("days"))
            .mapToDouble(Threshold::value)
            .max()
            .orElse(0);
  }

  static Case of(WasteCheck check) {
    World world = new World();
    Map<String, String> attributes = new HashMap<>();
    String state = null;
    for (Condition condition : conditions(check)) {
      if (condition instanceof InState in) state = in.states().iterator().next();
      attributes(condition, age(check), attributes);
    }
    attributes.putAll(ATTRIBUTES.getOrDefault(check.id(), Map.of()));
    Resource made =
        world.add(
            check.kind(),
            "r-1",
            state,
            age(check),
            attributes.entrySet().stream()
                .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                .toArray(String[]::new));
    Kind kind = Catalogue.kind(check.kind());
    for (String id : check.metrics()) {
      Metric metric = kind.metric(id).orElseThrow();
      if (!metric.isOf(made)) continue;
      if (metric.resolution() == Metric.Resolution.HOURLY)
        world.hours(made, id, days(metric.resolution().length(), 0));
      else world.metric(made, id, days(Metric.WINDOW_DAYS, 0));
    }
    return new Case(world, made, check.id());
  }

  private static void attributes(Condition condition, double age, Map<String, String> into) {
    switch (condition) {
      case Is is -> into.put(is.attribute().name(), is.values().iterator().next());
      case IsNot not -> into.put(not.attribute().name(), other(not.values()));
      case Without without -> into.put(without.attribute().name(), "");
      case Bounded bounded ->
          into.put(bounded.attribute().name(), Attribute.written(bounded.threshold().value()));
      case SeenUnused _ -> into.put(Looks.UNUSED_SINCE, World.ago(age).toString());
      case Unnamed unnamed -> unnamed.as().ifPresent(as -> into.put(as.name(), "called-1"));
      case OlderThan old ->
          old.moment().ifPresent(moment -> into.put(moment.name(), World.ago(age).toString()));
      case InState _, Silent _, Within _, Cheaper _, Looked _ -> {}
    }
  }

  /** A value of the same type that is none of these. */
  static String other(java.util.Set<String> values) {
    if (values.contains("true")) return "false";
    if (values.contains("false")) return "true";
    return values.stream().allMatch(v -> v.matches("-?[0-9.]+")) ? "987654" : "something-else";
  }

  /** The same with the condition broken as little as may be; empty where only code could. */
  static Stream<Case> nearMisses(WasteCheck check, Condition condition) {
    Case one = of(check);
    return switch (condition) {
      case InState _ -> Stream.of(one.in("some-other-state"));
      case OlderThan old -> {
        Instant young = World.NOW.minusSeconds((long) (old.days().value() * 86_400)).plusSeconds(1);
        yield Stream.of(
            old.moment()
                .map(moment -> one.set(moment.name(), young.toString()))
                .orElseGet(() -> one.made(young)));
      }
      case Silent silent -> silent.metrics().stream().flatMap(id -> busy(check, id, 1));
      case Within within ->
          within.metrics().stream()
              .flatMap(
                  id -> busy(check, id, within.most().value() * within.scale() * 1.001 + 1e-9));
      case Unnamed unnamed -> {
        one.world()
            .add(
                unnamed.kind(),
                "other",
                "available",
                5,
                unnamed.attribute().name(),
                unnamed.as().isPresent() ? "called-1" : "r-1");
        yield Stream.of(one);
      }
      case SeenUnused seen ->
          Stream.of(
              one.set(Looks.USED_BEFORE, "true")
                  .set(
                      Looks.UNUSED_SINCE,
                      World.ago(seen.days().value()).plusSeconds(61).toString()));
      case Is is -> Stream.of(one.set(is.attribute().name(), other(is.values())));
      case IsNot not -> not.values().stream().map(value -> one.set(not.attribute().name(), value));
      case Without without -> Stream.of(one.set(without.attribute().name(), "something"));
      case Bounded bounded -> {
        double value = bounded.threshold().value();
        double beyond = bounded.least() ? value - 1e-3 : value + 1e-3;
        yield Stream.of(one.set(bounded.attribute().name(), Double.toString(beyond)));
      }
      case Cheaper _, Looked _ -> Stream.empty();
    };
  }

  /** On any day, the one that is not over among them. */
  private static Stream<Case> busy(WasteCheck check, String metric, double value) {
    if (of(check).metrics().get(metric) == null) return Stream.empty();
    return Stream.iterate(0, day -> day < Metric.WINDOW_DAYS, day -> day + 1)
        .map(day -> {
          Case one = of(check);
          double[] values = one.series(metric).values();
          values[values.length - 1 - day] = value;
          one.metrics()
              .put(
                  metric,
                  new dev.steward.estate.MetricSeries(
                      values, one.series(metric).resolution(), one.series(metric).unfinished()));
          return one;
        });
  }

  /** The same with what the condition reads not told; empty where that is an answer. */
  static Stream<Case> silences(WasteCheck check, Condition condition) {
    Case one = of(check);
    return switch (condition) {
      case InState _ -> Stream.of(one.in(null));
      case OlderThan old ->
          Stream.of(
              old.moment()
                  .map(moment -> one.without(moment.name()))
                  .orElseGet(() -> one.made(null)));
      case Silent silent -> untold(check, silent.metrics());
      case Within within -> untold(check, within.metrics());
      case Unnamed unnamed -> {
        Case called = of(check);
        one.world().answered.remove(World.REGION + "/" + unnamed.kind());
        yield unnamed
            .as()
            .map(as -> Stream.of(one, called.without(as.name())))
            .orElseGet(() -> Stream.of(one));
      }
      case SeenUnused _ -> Stream.of(one.without(Looks.UNUSED_SINCE));
      case Is is -> Stream.of(one.without(is.attribute().name()));
      case IsNot not -> Stream.of(one.without(not.attribute().name()));
      case Bounded bounded ->
          Stream.of(
              one.without(bounded.attribute().name()), one.set(bounded.attribute().name(), "NaN"));
      case Looked looked ->
          looked.needs().stream()
              .map(kind -> {
                Case less = of(check);
                less.world().answered.remove(World.REGION + "/" + kind);
                return less;
              });
      case Without _, Cheaper _ -> Stream.empty();
    };
  }

  private static Stream<Case> untold(WasteCheck check, List<String> metrics) {
    return metrics.stream()
        .filter(id -> of(check).metrics().get(id) != null)
        .flatMap(id -> {
          Case unanswered = of(check);
          unanswered.metrics().remove(id);
          Case few = of(check);
          few.world().metric(few.resource(), id, days(7, 0));
          Case none = of(check);
          none.world().metric(none.resource(), id);
          return Stream.of(unanswered, few, none);
        });
  }
}
