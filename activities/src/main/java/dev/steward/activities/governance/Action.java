package dev.steward.activities.governance;

import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;

/**
 * One kind of change in AWS. Each part may run again after it was cut off anywhere, and then ends
 * as if it had run once.
 */
interface Action {
  /**
   * How an act ended.
   *
   * @param drift why nothing was done; empty when it was
   * @param recipe what was made
   */
  record Acted(List<String> drift, Map<String, String> recipe, String detail) {
    static Acted done(String detail) {
      return new Acted(List.of(), Map.of(), detail);
    }

    static Acted done(Map<String, String> made, String detail) {
      return new Acted(List.of(), made, detail);
    }

    static Acted drifted(String why) {
      return new Acted(List.of(why), Map.of(), why);
    }
  }

  /** Whether everything is as it was before, and how. */
  record Back(boolean back, String detail) {}

  /** What an undo will need beside the plan, read before the first call that changes anything. */
  default Map<String, String> recipe(Site site, Resource now) {
    return Map.of();
  }

  Acted act(Site site);

  Back undo(Site site);

  /** The undo of what cannot be undone: it is only back where nothing was done. */
  static Back lost(Site site) {
    return site.read().isPresent()
        ? new Back(true, "nothing was done")
        : new Back(false, site.step().undo());
  }
}
