package dev.steward.activities;

import java.util.List;
import java.util.function.Function;

/**
 * Implementations of activities, by where they run; {@link Workers} knows how many at a time.
 *
 * @param local short writes to the store, in the workflow's own worker
 * @param calls to AWS and to Temporal
 * @param sending to mail servers and chats
 * @param learning of models, and what they predict
 */
public record Crew(
    List<Object> local, List<Object> calls, List<Object> sending, List<Object> learning) {
  public static final Crew NONE = new Crew(List.of(), List.of(), List.of(), List.of());

  public Crew {
    local = List.copyOf(local);
    calls = List.copyOf(calls);
    sending = List.copyOf(sending);
    learning = List.copyOf(learning);
  }

  public static Crew storing(Object... activities) {
    return new Crew(List.of(activities), List.of(), List.of(), List.of());
  }

  public Crew calling(Object... activities) {
    return new Crew(local, List.of(activities), sending, learning);
  }

  /** All of them together. */
  public static Crew of(List<Crew> crews) {
    return new Crew(
        all(crews, Crew::local),
        all(crews, Crew::calls),
        all(crews, Crew::sending),
        all(crews, Crew::learning));
  }

  private static List<Object> all(List<Crew> crews, Function<Crew, List<Object>> part) {
    return crews.stream().flatMap(crew -> part.apply(crew).stream()).toList();
  }
}
