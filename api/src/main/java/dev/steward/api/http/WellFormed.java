package dev.steward.api.http;

import dev.steward.api.Reply;
import dev.steward.api.Utf8;
import dev.steward.model.Problem;
import java.io.IOException;

/** Refuses what does not say what it means, before anybody guesses at it. */
final class WellFormed implements Layer {
  @Override
  public Reply around(Exchange call, Door inner) throws IOException {
    if (!call.arrival().isNamed()) throw Problem.of(Problem.Type.MALFORMED, "a header has no name");
    Utf8.check(call.arrival().rawPath(), "the path");
    Utf8.check(call.arrival().rawQuery(), "the query");
    return inner.answer(call);
  }
}
