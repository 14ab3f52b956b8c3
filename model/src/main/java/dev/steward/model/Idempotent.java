package dev.steward.model;

import java.time.Instant;

/**
 * What a request with this Idempotency-Key was answered.
 *
 * @param key organization, user, operation and the caller's key
 * @param digest of the request body: the same key with another body is refused
 */
public record Idempotent(String key, String digest, int status, String body, Instant at) {}
