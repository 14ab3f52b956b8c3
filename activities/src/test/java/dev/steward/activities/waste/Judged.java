package dev.steward.activities.waste;

import java.util.Set;

/**
 * What a scan said.
 *
 * @param findings as {@code check/resource}
 * @param unknown the same, of what it could not decide
 */
public record Judged(Set<String> findings, Set<String> unknown) {}
