package dev.steward.model;

import java.time.Instant;

/** Something that happened in an organization, in the order of its sequence number. */
public record Event(
    long sequence,
    OrganizationId organization,
    String type,
    String subject,
    String detail,
    Instant at) {
  /** Keys sort as the sequence does. */
  public static String key(long sequence) {
    return String.format(java.util.Locale.ROOT, "%019d", sequence);
  }
}
