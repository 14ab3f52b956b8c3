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
record Call(
    Arrival arrival,
    @Nullable Operation<?, ?> operation,
    String id,
    @Nullable Principal principal,
    byte[] body) {
  static Call of(Arrival arrival, @Nullable Operation<?, ?> operation) {
    return new Call(arrival, operation, "", null, new byte[0]);
  }

  Call identified(String as) {
    return new Call(arrival, operation, as, principal, body);
  }

  Call by(@Nullable Principal caller) {
    return new Call(arrival, operation, id, caller, body);
  }

  Call with(byte[] read) {
    return new Call(arrival, operation, id, principal, read);
  }
}
