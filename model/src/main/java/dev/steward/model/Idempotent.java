package dev.steward.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request with this Idempotency-Key was answered.
 *
 * @param key organization, user, operation and the caller's key
 * @param digest of what was asked: the same key with another body is refused
 * @param subject the key of the row that was made or started; null where the path has none, and for
 *     answers from before it was kept
 */
public record Idempotent(
    String key, String digest, int status, String body, Instant at, @Nullable String subject) {
  public Idempotent(String key, String digest, int status, String body, Instant at) {
    this(key, digest, status, body, at, null);
  }

  /** Whose key it is: the organization and the user. */
  public String owner() {
    int first = key.indexOf('/');
    int second = key.indexOf('/', first + 1);
    return key.substring(0, Math.max(0, second < 0 ? first : second));
  }
}
