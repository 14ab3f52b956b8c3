package dev.steward.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is otherwise with a resource than at the discovery before.
 *
 * @param fields of one that changed: name, state, attributes, and tags as {@code tag:name}
 */
public record ResourceDifference(
    String id, String region, @Nullable String name, What what, Map<String, Field> fields) {
  /** What became of it. */
  public enum What {
    APPEARED,
    CHANGED,
    GONE
  }

  /** Null where there was, or is, nothing. */
  public record Field(@Nullable String before, @Nullable String after) {}

  public ResourceDifference {
    fields = Map.copyOf(fields);
  }
}
