package dev.steward.model;

public enum ConnectionMethod {
  ROLE,
  ACCESS_KEYS
}
