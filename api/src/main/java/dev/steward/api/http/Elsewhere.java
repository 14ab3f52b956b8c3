package dev.steward.api.http;

import dev.steward.api.Operation;
import dev.steward.api.Reply;
import dev.steward.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers where no operation has this method and path: another method, a path with a slash too many
 * at its end, or nothing at all.
 */
record Elsewhere(List<Operation<?, ?>> operations) implements Door {
  Elsewhere {
    operations = List.copyOf(operations);
  }

  @Override
  public Reply answer(Exchange call) {
    Set<String> declared = Paths.methods(operations, call.arrival().path());
    if (declared.isEmpty()) return nothing(call.arrival());
    Set<String> methods = Methods.all(declared);
    return call.arrival().method().equals("OPTIONS")
        ? Methods.told(methods)
        : Methods.refused(methods, call.id(), call.trace());
  }

  /** The same request is meant without its last slash (RFC 9110, 15.4.9). */
  private Reply nothing(Arrival arrival) {
    String raw = arrival.rawPath();
    if (!raw.endsWith("/") || Paths.methods(operations, shortened(arrival.path())).isEmpty())
      throw Problem.of(Problem.Type.NOT_FOUND, "there is nothing at this path");
    String query = arrival.rawQuery();
    String location = query.isEmpty() ? shortened(raw) : shortened(raw) + "?" + query;
    return new Reply(308, Reply.JSON, new byte[0], Map.of("Location", location));
  }

  private static String shortened(String path) {
    return path.substring(0, path.length() - 1);
  }
}
