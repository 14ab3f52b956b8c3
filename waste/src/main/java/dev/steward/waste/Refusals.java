package dev.steward.waste;

import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** What AWS would refuse, or what could not be put back, and so is not planned. */
public final class Refusals {
  /**
   * @param when by the resource and the parameters
   */
  private record Rule(
      List<String> actions, BiPredicate<Resource, Map<String, String>> when, String why) {}

  private static final List<Rule> ALL =
      List.of(
          rule(
              "volume_to_gp3",
              (r, p) -> "gp3".equals(r.attribute("volume_type")),
              "it is gp3 already"),
          rule(
              "volume_to_gp3",
              (r, p) -> r.flag("multi_attach"),
              "several instances share it, which gp3 does not allow"),
          rule(
              "volume_to_gp3",
              (r, p) -> Gp3.asFastAs(r).isEmpty(),
              "no gp3 is known to be as fast as it is"));

  private Refusals() {}

  private static Rule rule(
      String action, BiPredicate<Resource, Map<String, String>> when, String why) {
    return new Rule(List.of(action), when, why);
  }

  /** Why the action is not for this resource as it is; empty when nothing speaks against it. */
  public static List<String> of(String action, Resource resource, Map<String, String> parameters) {
    List<String> reasons = new ArrayList<>();
    for (Rule rule : ALL)
      if (rule.actions().contains(action) && rule.when().test(resource, parameters))
        reasons.add(rule.why());
    return reasons;
  }
}
