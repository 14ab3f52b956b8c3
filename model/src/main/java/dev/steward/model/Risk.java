package dev.steward.model;

/** How much can go wrong with a change. HIGH where it cannot be undone or takes a service away. */
public enum Risk {
  LOW,
  MEDIUM,
  HIGH;

  public Risk or(Risk other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
