package dev.steward.model;

/** What a customer grants: looking, or looking and changing. */
public enum AccountFeature {
  READ,
  ACT
}
