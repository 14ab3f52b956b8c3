package dev.steward.storage;

import org.jspecify.annotations.Nullable;

/**
 * A row of the state.
 *
 * @param slot the {@link Row} or {@link Row.WithBody} on disk; null until the row is first stored
 * @param body the new large body of a row that is not stored yet
 */
record Entry<V>(V value, @Nullable Object slot, byte @Nullable [] body) {}
