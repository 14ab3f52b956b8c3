package dev.steward.estate.catalogue;

import static java.util.Objects.requireNonNull;

import dev.steward.estate.MetricSeries;
import dev.steward.estate.Sight;
import dev.steward.estate.Verdict;
import dev.steward.model.Resource;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of one resource, and of what stands around it. */
record Case(World world, Resource resource, String check) {
  static Case of(String check) {
    World world = new World();
    return new Case(world, requireNonNull(CertainWaste.BY_CHECK.get(check)).apply(world), check);
  }

  Verdict verdict() {
    return world.judge(check, resource);
  }

  /** The same with another resource in its place. */
  Case with(Resource other) {
    world.inventory.replaceAll(one -> one == resource ? other : one);
    return new Case(world, other, check);
  }

  Case without(String attribute) {
    Map<String, String> fewer = new HashMap<>(resource.attributes());
    fewer.remove(attribute);
    return with(resource.with(fewer));
  }

  Case set(String attribute, String value) {
    Map<String, String> more = new HashMap<>(resource.attributes());
    more.put(attribute, value);
    return with(resource.with(more));
  }

  Case in(@Nullable String state) {
    return with(
        new Resource(
            resource.id(),
            resource.kind(),
            resource.region(),
            resource.name(),
            state,
            resource.createdAt(),
            resource.tags(),
            resource.attributes()));
  }

  Case made(@Nullable Instant created) {
    return with(
        new Resource(
            resource.id(),
            resource.kind(),
            resource.region(),
            resource.name(),
            resource.state(),
            created,
            resource.tags(),
            resource.attributes()));
  }

  Map<String, MetricSeries> metrics() {
    return world.metrics.getOrDefault(Sight.metricsKey(resource), Map.of());
  }

  MetricSeries series(String metric) {
    return requireNonNull(metrics().get(metric));
  }
}
