package dev.steward.model.job;

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

  private final int key;

  Urgency(int key) {
    this.key = key;
  }

  /** What Temporal calls the priority key: 1 goes first. */
  public int key() {
    return key;
  }
}
