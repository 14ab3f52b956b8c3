package dev.steward.estate.shape;

import java.util.Map;

/** What a condition says of a resource. */
sealed interface Outcome {
  Outcome NOT = new Not();

  /**
   * It holds.
   *
   * @param evidence what was read
   */
  record Holds(Map<String, String> evidence) implements Outcome {}

  record Not() implements Outcome {}

  /** Nobody can tell. */
  record Unknown(String reason) implements Outcome {}

  static Outcome holds() {
    return new Holds(Map.of());
  }

  static Outcome holds(String name, String value) {
    return new Holds(Map.of(name, value));
  }

  static Outcome unknown(String reason) {
    return new Unknown(reason);
  }
}
