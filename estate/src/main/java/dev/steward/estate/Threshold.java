package dev.steward.estate;

/**
 * A setting of a check.
 *
 * @param value the default
 * @param minimum and {@code maximum} bound what an organization may set
 */
public record Threshold(
    String name, double value, double minimum, double maximum, String unit, String meaning) {}
