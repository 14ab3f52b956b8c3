package dev.steward.estate;

import dev.steward.model.Resource;
import java.util.List;
import java.util.function.BiFunction;

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
   * @param needs other kinds that show it; none where its own listing does
   * @param look by itself and, where other kinds are needed, what was listed of those
   */
  public record Rule(List<String> needs, BiFunction<Resource, Sight, Use> look) {
    public Rule {
      needs = List.copyOf(needs);
    }
  }
}
