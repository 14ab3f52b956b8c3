package dev.steward.model;

import java.time.Instant;

/**
 * Where a chain stood at a moment; the blob says the same, under its own digest.
 *
 * @param blob SHA-256 of the blob
 */
public record AuditAnchor(
    OrganizationId organization, long sequence, String hash, String blob, Instant at) {
  public String key() {
    return AuditEntry.key(organization, sequence);
  }
}
