package dev.steward.estate;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Queues that others name by their ARNs. */
public final class QueueArns {
  private static final Pattern ARN_OF_QUEUE =
      Pattern.compile("arn:[\\w-]+:sqs:[\\w-]+:\\d{12}:([\\w.-]+)");

  private QueueArns() {}

  /** The name of the queue that an ARN is of; null of what is none. */
  public static @Nullable Object called(Object arn) {
    return in(arn).stream().findFirst().orElse(null);
  }

  /** The names of the queues whose ARNs are in the text. */
  public static List<String> in(Object text) {
    return ARN_OF_QUEUE.matcher(text.toString()).results().map(found -> found.group(1)).toList();
  }
}
