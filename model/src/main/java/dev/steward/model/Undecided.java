package dev.steward.model;

import org.jspecify.annotations.Nullable;

/**
 * A resource that a check could judge neither waste nor fine.
 *
 * @param kind of the resource
 * @param reason what is missing
 */
public record Undecided(
    String check,
    String kind,
    String region,
    String resource,
    @Nullable String resourceName,
    String reason) {}
