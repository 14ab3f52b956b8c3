package dev.steward.model.job;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A kind of long work, which one type of workflow does.
 *
 * @param type the workflow's name; histories and stored intents have it
 * @param input its one argument; it only grows
 * @param subject what it is about, as the beginning of the workflow's id
 * @param part what of it this run is, behind the subject; empty where the subject is done once. A
 *     run that is asked for right after another must not join the one that is just ending
 * @param parted what stands between the two
 * @param urgency how long it may wait beside others
 * @param queue where its long calls wait; {@link TaskQueues#WORKFLOWS} if it has none
 */
public record Job<I>(
    String type,
    Class<I> input,
    Function<I, String> subject,
    Function<I, String> part,
    String parted,
    Urgency urgency,
    String queue) {
  static <I> Job<I> of(
      String type, Class<I> input, Function<I, String> subject, Urgency urgency, String queue) {
    return new Job<>(type, input, subject, i -> "", "/", urgency, queue);
  }

  Job<I> each(Function<I, String> newPart) {
    return new Job<>(type, input, subject, newPart, parted, urgency, queue);
  }

  /** Run by a schedule, which puts the time behind the id. */
  Job<I> scheduled() {
    return new Job<>(type, input, subject, part, "-", urgency, queue);
  }

  /** The workflow's id: starting it twice is starting it once. */
  public String id(I of) {
    String which = part.apply(of);
    return which.isEmpty() ? subject.apply(of) : subject.apply(of) + parted + which;
  }

  /** Whether a run with this argument may have this id: its subject, or something of it. */
  public boolean fits(@Nullable Object argument, String id) {
    if (!input.isInstance(argument)) return false;
    String about = subject.apply(input.cast(argument));
    return id.equals(about) || id.startsWith(about + parted);
  }

  /** Whether the store asks for it, so that a row there has it to be done. */
  public boolean isAsked() {
    return Asked.class.isAssignableFrom(input);
  }
}
