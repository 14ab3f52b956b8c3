package dev.steward.model;

/**
 * What a user may do. An organization's work is {@code CLIENT}'s; the installation is {@code
 * ADMIN}'s.
 */
public enum Role {
  CLIENT,
  APPROVER,
  ADMIN
}
