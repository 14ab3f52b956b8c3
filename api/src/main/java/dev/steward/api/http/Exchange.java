package dev.steward.api.http;

import dev.steward.api.Operation;
import dev.steward.api.Principal;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way in, with what the layers so far have found out.
 *
 * @param operation null where none has this method and path
 * @param id the request's own; empty before it has one
 * @param trace that it is part of; null where it does not say
 * @param principal null before the caller is known, and for open operations
 * @param body empty before it was read
 */
record Exchange(
    Arrival arrival,
    @Nullable Operation<?, ?> operation,
    String id,
    @Nullable String trace,
    @Nullable Principal principal,
    byte[] body) {
  static Exchange of(Arrival arrival, @Nullable Operation<?, ?> operation) {
    return new Exchange(arrival, operation, "", null, null, new byte[0]);
  }

  Exchange identified(String as) {
    return new Exchange(arrival, operation, as, trace, principal, body);
  }

  Exchange traced(String part) {
    return new Exchange(arrival, operation, id, part, principal, body);
  }

  Exchange by(@Nullable Principal caller) {
    return new Exchange(arrival, operation, id, trace, caller, body);
  }

  Exchange with(byte[] read) {
    return new Exchange(arrival, operation, id, trace, principal, read);
  }

  /** Whether it only looks. */
  boolean isRead() {
    return arrival.method().equals("GET") || arrival.method().equals("HEAD");
  }

  /** Whether its answer holds a secret. */
  boolean isSecret() {
    return operation != null && operation.promise().secret();
  }
}
