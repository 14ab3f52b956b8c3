package dev.steward.model;

/**
 * A value of a metric.
 *
 * @param value any double, also one that is no number
 * @param step of the training
 * @param at in milliseconds since 1970
 */
public record MetricPoint(double value, long step, long at) {}
