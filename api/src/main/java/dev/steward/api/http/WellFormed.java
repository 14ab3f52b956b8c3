package dev.steward.api.http;

import dev.steward.api.Reply;
import dev.steward.api.Utf8;
import java.io.IOException;

/** Refuses a path or query that does not say what it means, before anybody guesses at it. */
final class WellFormed implements Layer {
  @Override
  public Reply around(Exchange call, Door inner) throws IOException {
    Utf8.check(call.arrival().rawPath(), "the path");
    Utf8.check(call.arrival().rawQuery(), "the query");
    return inner.answer(call);
  }
}
