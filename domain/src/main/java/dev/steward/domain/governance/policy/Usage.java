package dev.steward.domain.governance.policy;

/** How much there is of a kind in an account, and how much of it was changed today. */
public interface Usage {
  int total(String kind);

  int changedToday(String kind);
}
