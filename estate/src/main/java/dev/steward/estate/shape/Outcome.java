package dev.steward.estate.shape;

import dev.steward.model.Fact;
import java.util.Map;

/** What a condition says of a resource. */
sealed interface Outcome {
  Outcome NOT = new Not();

  /**
   * It holds.
   *
   * @param evidence what was read
   */
  record Holds(Map<String, Fact> evidence) implements Outcome {}

  record Not() implements Outcome {}

  /** Nobody can tell. */
  record Unknown(String reason) implements Outcome {}

  static Outcome holds() {
    return new Holds(Map.of());
  }

  static Outcome holds(String name, Object value) {
    return new Holds(Map.of(name, Fact.of(value)));
  }

  static Outcome unknown(String reason) {
    return new Unknown(reason);
  }
}
