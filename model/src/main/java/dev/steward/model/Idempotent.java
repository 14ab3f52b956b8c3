package dev.steward.model;

import java.time.Instant;

/**
 * What a request with this Idempotency-Key was answered.
 *
 * @param key organization, user, operation and the caller's key
 * @param digest of the request body: the same key with another body is refused
 */
public record Idempotent(String key, String digest, int status, String body, Instant at) {
  /** Whose key it is: the organization and the user. */
  public String owner() {
    int first = key.indexOf('/');
    int second = key.indexOf('/', first + 1);
    return key.substring(0, Math.max(0, second < 0 ? first : second));
  }
}
