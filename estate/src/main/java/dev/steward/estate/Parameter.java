package dev.steward.estate;

import dev.steward.model.Resource;
import java.util.Map;
import java.util.Optional;

/**
 * What may be said when an action is asked for.
 *
 * @param standard what holds where nothing is said; empty where something must be
 * @param recommended the name in a finding's evidence under which its check recommends a value;
 *     empty where none does
 */
public record Parameter(String name, String standard, String recommended, Rule rule) {
  /** The standard of what is left out. */
  public static final String NONE = "none";

  /** Says what is wrong with a value; pure. */
  @FunctionalInterface
  public interface Rule {
    /**
     * @param all parameters, with their standards
     * @return in words; empty where the value will do
     */
    Optional<String> wrong(String value, Resource resource, Map<String, String> all);
  }

  public static Parameter of(String name, String standard, Rule rule) {
    return new Parameter(name, standard, "", rule);
  }

  public Parameter recommendedIn(String evidence) {
    return new Parameter(name, standard, evidence, rule);
  }

  /** Its value among these. */
  public String in(Map<String, String> parameters) {
    return parameters.getOrDefault(name, standard);
  }

  /** Whether it was said, where it may be left out. */
  public boolean isGiven(Map<String, String> parameters) {
    return !in(parameters).equals(NONE);
  }
}
