package dev.steward.api.http;

import dev.steward.api.Problems;
import dev.steward.api.Reply;
import java.io.IOException;

/** Whoever is told to come again is told when, whatever words they are told it in. */
final class RetryLater implements Layer {
  @Override
  public Reply around(Exchange call, Door inner) throws IOException {
    return Problems.timed(inner.answer(call));
  }
}
