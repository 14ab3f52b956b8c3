package dev.steward.api.http;

import dev.steward.api.Operation;
import dev.steward.api.Problems;
import dev.steward.api.Reply;
import dev.steward.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers where no operation has this method and path: another method, or nothing at all. */
record Elsewhere(List<Operation<?, ?>> operations) implements Door {
  Elsewhere {
    operations = List.copyOf(operations);
  }

  @Override
  public Reply answer(Exchange call) {
    Set<String> methods = Paths.methods(operations, call.arrival().path());
    if (methods.isEmpty())
      throw Problem.of(Problem.Type.NOT_FOUND, "there is nothing at this path");
    String allowed = String.join(", ", methods);
    if (call.arrival().method().equals("OPTIONS"))
      return new Reply(204, Reply.JSON, new byte[0], Map.of("Allow", allowed));
    Problem wrong =
        new Problem(Problem.Type.METHOD_NOT_ALLOWED, "this path takes " + allowed, List.of());
    return Problems.reply(wrong, call.id()).with("Allow", allowed);
  }
}
