package dev.steward.api.http;

import dev.steward.api.Operation;
import dev.steward.api.Principal;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way in, with what the layers so far have found out.
 *
 * @param operation null where none has this method and path
 * @param id the request's own; empty before it has one
 * @param principal null before the caller is known, and for open operations
 * @param body empty before it was read
 */
record Exchange(
    Arrival arrival,
    @Nullable Operation<?, ?> operation,
    String id,
    @Nullable Principal principal,
    byte[] body) {
  static Exchange of(Arrival arrival, @Nullable Operation<?, ?> operation) {
    return new Exchange(arrival, operation, "", null, new byte[0]);
  }

  Exchange identified(String as) {
    return new Exchange(arrival, operation, as, principal, body);
  }

  Exchange by(@Nullable Principal caller) {
    return new Exchange(arrival, operation, id, caller, body);
  }

  Exchange with(byte[] read) {
    return new Exchange(arrival, operation, id, principal, read);
  }
}
