package dev.steward.domain.governance.plan;

import dev.steward.estate.Owners;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a step expects of its resource, and what is no longer so. */
public final class Drift {
  private static final String STATE = "state";
  private static final String TAG = "tag:";

  private Drift() {}

  /** The facts that must still hold; an attribute that is absent is an empty text. */
  public static Map<String, String> preconditions(Remediation action, Resource resource) {
    Map<String, String> facts = new TreeMap<>();
    if (!action.states().isEmpty()) facts.put(STATE, text(resource.state()));
    for (String attribute : action.watches())
      facts.put(attribute, text(resource.attribute(attribute)));
    // AWS writes tags of its own, which change without anybody's doing.
    resource
        .tags()
        .forEach((key, value) -> {
          if (!key.startsWith("aws:")) facts.put(TAG + key, value);
        });
    return facts;
  }

  /** What differs, in words; empty when the step may go on. */
  public static List<String> of(PlanStep step, Optional<Resource> found) {
    if (found.isEmpty()) return List.of("it is gone");
    Resource now = found.get();
    List<String> differences = new ArrayList<>();
    new TreeMap<>(step.before())
        .forEach((fact, expected) -> {
          String actual = fact(now, fact);
          if (!actual.equals(expected))
            differences.add(
                fact + " is " + shown(actual) + " and was planned as " + shown(expected));
        });
    new TreeMap<>(now.tags())
        .forEach((key, value) -> {
          if (!key.startsWith("aws:") && !step.before().containsKey(TAG + key))
            differences.add(TAG + key + " is new");
        });
    if (!now.tagsKnown())
      differences.add("its tags could not be read, so nobody knows whose it is or if it is wanted");
    if (now.missing() != null) differences.add("it could not be read: " + now.missing());
    // Who was named in the plan was allowed with it; who came later was not.
    Owners.of(now).stream()
        .filter(owner -> !step.managedBy().contains(owner))
        .forEach(owner -> differences.add("it is managed by " + owner + ", which was not planned"));
    return differences;
  }

  /**
   * The resource as it is now, but for what the step's action changes on its way: of that it is as
   * it was planned. What was planned as stopped is started by people, unless the step starts it.
   */
  public static Resource asPlanned(PlanStep step, Resource now) {
    Set<String> own = new TreeSet<>();
    Catalogue.remediation(step.action()).ifPresent(action -> own.addAll(action.changes()));
    if ("stopped".equals(step.before().get(STATE)) && !"running".equals(step.after().get(STATE)))
      own.remove(STATE);
    Map<String, String> attributes = new TreeMap<>(now.attributes());
    step.before()
        .forEach((fact, planned) -> {
          if (!own.contains(fact) || fact.equals(STATE)) return;
          if (planned.isEmpty()) attributes.remove(fact);
          else attributes.put(fact, planned);
        });
    String state = own.contains(STATE) ? step.before().getOrDefault(STATE, "") : "";
    Resource planned = now.with(attributes);
    return state.isEmpty() ? planned : planned.in(state);
  }

  private static String fact(Resource resource, String fact) {
    if (fact.equals(STATE)) return text(resource.state());
    return fact.startsWith(TAG)
        ? text(resource.tags().get(fact.substring(TAG.length())))
        : text(resource.attribute(fact));
  }

  private static String text(@org.jspecify.annotations.Nullable String value) {
    return value == null ? "" : value;
  }

  private static String shown(String value) {
    return value.isEmpty() ? "absent" : value;
  }
}
