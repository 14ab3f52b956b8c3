package dev.steward.api.admin;

import java.util.Map;
import java.util.function.Supplier;

/**
 * How a component is.
 *
 * @param detail what an operator wants to know of it; no secrets
 */
public record Health(Status status, Map<String, Object> detail) {
  /** DEGRADED: it works, but somebody should look. */
  public enum Status {
    UP,
    DEGRADED,
    DOWN
  }

  public Health {
    detail = Map.copyOf(detail);
  }

  /** A component that can be asked; must answer quickly. */
  public record Component(String name, Supplier<Health> check) {
    Health health() {
      try {
        return check.get();
      } catch (RuntimeException e) {
        return new Health(Status.DOWN, Map.of("error", e.getClass().getSimpleName()));
      }
    }
  }
}
