package dev.steward.api.http;

import dev.steward.api.Operation;
import dev.steward.api.Reply;
import dev.steward.model.Problem;
import java.util.List;
import java.util.Set;

/** Answers where no operation has this method and path: another method, or nothing at all. */
record Elsewhere(List<Operation<?, ?>> operations) implements Door {
  Elsewhere {
    operations = List.copyOf(operations);
  }

  @Override
  public Reply answer(Exchange call) {
    Set<String> declared = Paths.methods(operations, call.arrival().path());
    if (declared.isEmpty())
      throw Problem.of(Problem.Type.NOT_FOUND, "there is nothing at this path");
    Set<String> methods = Methods.all(declared);
    return call.arrival().method().equals("OPTIONS")
        ? Methods.told(methods)
        : Methods.refused(methods, call.id(), call.trace());
  }
}
