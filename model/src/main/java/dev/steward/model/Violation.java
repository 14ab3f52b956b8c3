package dev.steward.model;

/** One thing wrong with an input: the field as the caller wrote it, and what it must be. */
public record Violation(String field, String message) {}
