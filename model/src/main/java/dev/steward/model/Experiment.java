package dev.steward.model;

import java.time.Instant;
import java.util.Map;

/**
 * A named collection of runs that try to answer one question.
 *
 * @param deleted hidden, and can be restored
 */
@Copied
public record Experiment(
    ExperimentId id,
    OrganizationId organization,
    String name,
    Map<String, String> tags,
    boolean deleted,
    Instant createdAt,
    Instant updatedAt) {
  /** Where runs go that name no experiment. */
  public static final String DEFAULT = "Default";

  public Experiment {
    tags = Map.copyOf(tags);
  }

  /** What is unique in an installation. */
  public static String nameKey(OrganizationId organization, String name) {
    return organization.value() + "/" + name;
  }

  public Experiment named(String other, Instant now) {
    return ExperimentBuilder.builder(this).name(other).updatedAt(now).build();
  }

  public Experiment tagged(Map<String, String> other, Instant now) {
    return ExperimentBuilder.builder(this).tags(other).updatedAt(now).build();
  }

  public Experiment deleted(boolean is, Instant now) {
    return ExperimentBuilder.builder(this).deleted(is).updatedAt(now).build();
  }
}
