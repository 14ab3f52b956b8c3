package dev.steward.api.http;

import dev.steward.api.Reply;
import java.io.IOException;

/** Answers a call. */
@FunctionalInterface
interface Door {
  Reply answer(Exchange call) throws IOException;
}
