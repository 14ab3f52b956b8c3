package dev.steward.workflows;

import java.util.Map;

/**
 * How long a workflow may wait beside others. Temporal hands out the tasks of a queue in this order
 * ({@code priorityKey}); activities and children have their workflow's.
 */
public enum Urgency {
  /** A person looks at the screen. */
  WAITED_FOR(1),
  /** Something approved is being done. */
  ACTING(2),
  /** Somebody will look later. */
  USUAL(3),
  /** Whole accounts are read, many candidates are tried. */
  BULK(4),
  /** Nobody asked. */
  BACKGROUND(5);

  /** Every type of workflow. */
  public static final Map<String, Urgency> BY_TYPE =
      Map.ofEntries(
          Map.entry("OnboardingVerification", WAITED_FOR),
          Map.entry("Approval", WAITED_FOR),
          Map.entry("Change", ACTING),
          Map.entry("Disconnection", ACTING),
          Map.entry("Promotion", ACTING),
          Map.entry("Prediction", USUAL),
          Map.entry("Delivery", USUAL),
          Map.entry("Training", USUAL),
          Map.entry("Discovery", BULK),
          Map.entry("RegionDiscovery", BULK),
          Map.entry("WasteScan", BULK),
          Map.entry("Search", BULK),
          Map.entry("Watch", BACKGROUND),
          Map.entry("Due", BACKGROUND));

  private final int key;

  Urgency(int key) {
    this.key = key;
  }

  /** What Temporal calls the priority key: 1 goes first. */
  public int key() {
    return key;
  }

  /** Of this type of workflow; as usual for one that is not known. */
  public static Urgency of(String workflowType) {
    return BY_TYPE.getOrDefault(workflowType, USUAL);
  }
}
