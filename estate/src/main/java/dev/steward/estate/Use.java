package dev.steward.estate;

import dev.steward.model.Resource;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What a look at a resource shows, or that it does not. */
public enum Use {
  USED,
  UNUSED,
  UNKNOWN;

  public static Use of(boolean used) {
    return used ? USED : UNUSED;
  }

  /** It is used unless it is in the state; without a state nobody can tell. */
  public static Use unlessIn(String state, Resource resource) {
    return resource.state() == null ? UNKNOWN : of(!state.equals(resource.state()));
  }

  /**
   * When a kind is used.
   *
   * @param needs another kind that shows it; null where its own listing does
   * @param look by itself and, where another kind is needed, what was listed of that
   */
  public record Rule(@Nullable String needs, BiFunction<Resource, Sight, Use> look) {
    public Optional<String> other() {
      return Optional.ofNullable(needs);
    }
  }
}
