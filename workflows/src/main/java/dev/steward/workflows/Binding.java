package dev.steward.workflows;

import dev.steward.model.job.Jobs;
import io.temporal.payload.context.ActivitySerializationContext;
import io.temporal.payload.context.HasWorkflowSerializationContext;
import io.temporal.payload.context.SerializationContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a payload belongs: what is sealed for one run is taken by no other, and what is sealed for
 * an activity by no other one.
 *
 * @param workflow the id; empty where the SDK does not say, as for the memo of a schedule
 * @param activity the type; empty for what a workflow is told, asked and answers
 * @param call of the activity; empty where the reader does not know which one it is
 */
public record Binding(String namespace, String workflow, String activity, String call) {
  /** Where a payload's metadata name the call. */
  public static final String CALL = "bound-to-call";

  public static final Binding NONE = new Binding("", "", "", "");

  /** A schedule seals for its own name, and each of its runs has the time behind it. */
  private static final Pattern SCHEDULED =
      Pattern.compile("-\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

  public static Binding of(SerializationContext context) {
    if (!(context instanceof HasWorkflowSerializationContext run)) return NONE;
    return new Binding(
        text(run.getNamespace()),
        text(run.getWorkflowId()),
        context instanceof ActivitySerializationContext activity
            ? text(activity.getActivityType())
            : "",
        context instanceof CallContext one ? one.call() : "");
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** Whether what was sealed for the other may be opened here. */
  public boolean takes(Binding other) {
    return takesButForCall(other) && (call.isEmpty() || call.equals(other.call));
  }

  /** The same, were calls not told apart. */
  boolean takesButForCall(Binding other) {
    return namespace.equals(other.namespace)
        && activity.equals(other.activity)
        && (workflow.equals(other.workflow) || isOfSchedule(other.workflow));
  }

  private boolean isOfSchedule(String name) {
    return name.startsWith(Jobs.DUE_BEGINS)
        && workflow.startsWith(name)
        && SCHEDULED.matcher(workflow.substring(name.length())).matches();
  }

  /** All of it, so that no two are the same text: each part behind its length. */
  public byte[] bytes() {
    List<byte[]> parts =
        Stream.of(namespace, workflow, activity, call)
            // Without a call it is the text of before there were calls.
            .limit(call.isEmpty() ? 3 : 4)
            .map(part -> part.getBytes(StandardCharsets.UTF_8))
            .toList();
    ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(p -> 4 + p.length).sum());
    parts.forEach(part -> all.putInt(part.length).put(part));
    return all.array();
  }
}
