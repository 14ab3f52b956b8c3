package dev.steward.aws.actions;

import java.util.List;

/**
 * What a look before a step brought.
 *
 * @param against why the step may not be done, in words; empty where it may
 * @param notes what was not asked, for who reads what was done
 */
public record Seen(List<String> against, List<String> notes) {
  public boolean speaksAgainst() {
    return !against.isEmpty();
  }
}
