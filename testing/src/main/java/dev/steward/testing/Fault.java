package dev.steward.testing;

import java.time.Duration;
import java.util.function.Function;

/** What can go wrong on the way to AWS. */
public sealed interface Fault {
  /** Too many requests, in the shape of the call's own protocol. */
  record Throttle() implements Fault {}

  /** The caller lacks the permission. */
  record Deny() implements Fault {}

  /** The answer is this error. */
  record Refuse(int status, String code) implements Fault {}

  record ServerError() implements Fault {}

  record Delay(Duration by) implements Fault {}

  /** The answer breaks off in the middle. */
  record HalfBody() implements Fault {}

  /** The connection closes without an answer. */
  record Close() implements Fault {}

  /** The call is carried out, and its answer is lost. */
  record Lost() implements Fault {}

  /** Somebody else answers, in XML. */
  record Answer(Function<AwsCall, String> xml) implements Fault {}

  /** The answer says one thing instead of another. */
  record Replace(String what, String by) implements Fault {}
}
