package dev.steward.estate;

import dev.steward.model.Resource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known beside a resource of what an action on it costs and uses.
 *
 * @param at when the resource was seen as it is; null where nobody knows
 * @param parts what it is made of, as an instance of its volumes; null where they were not answered
 */
public record Beside(@Nullable Instant at, @Nullable List<Resource> parts) {
  public static final Beside UNKNOWN = new Beside(null, null);

  public Beside {
    parts = parts == null ? null : List.copyOf(parts);
  }
}
