package dev.steward.api.http;

import dev.steward.api.Operation;
import dev.steward.api.Reply;
import dev.steward.model.Problem;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;

/** A body that becomes a record is sent as JSON; a log-in may be a form. */
final class Media implements Layer {
  private static final String LOGIN = "/api/auth/login";

  @Override
  public Reply around(Exchange call, Door inner) throws IOException {
    Operation<?, ?> operation = Objects.requireNonNull(call.operation());
    if (call.body().length > 0 && operation.body() != null && !isTaken(operation, call.arrival()))
      throw Problem.of(Problem.Type.UNSUPPORTED_MEDIA, "send the body as application/json");
    return inner.answer(call);
  }

  private static boolean isTaken(Operation<?, ?> operation, Arrival arrival) {
    String type = arrival.first("Content-Type").orElse(Reply.JSON).toLowerCase(Locale.ROOT);
    return operation.path().equals(LOGIN) || type.startsWith(Reply.JSON) || type.contains("+json");
  }
}
