package dev.steward.api;

/** The body of a request, or of an answer, that has none. */
public enum Nothing {
  NOTHING
}
