package dev.steward.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A link of an organization's audit chain.
 *
 * @param sequence 1, 2, … without a hole
 * @param previous the hash of the entry before; 64 zeros for the first
 * @param hash SHA-256 over the canonical JSON of all the fields before it
 * @param mac of the hash, by a key that is derived from the master key; null in entries of before
 *     chains were keyed
 */
@Copied
public record AuditEntry(
    OrganizationId organization,
    long sequence,
    Instant at,
    String actor,
    String type,
    String subject,
    Map<String, String> detail,
    String previous,
    String hash,
    @Nullable String mac) {
  public AuditEntry {
    detail = Map.copyOf(detail);
  }

  public AuditEntry with(String hash, @Nullable String mac) {
    return AuditEntryBuilder.builder(this).hash(hash).mac(mac).build();
  }

  /** Keys sort as the chain does. */
  public String key() {
    return key(organization, sequence);
  }

  public static String key(OrganizationId organization, long sequence) {
    return String.format(java.util.Locale.ROOT, "%s/%019d", organization, sequence);
  }
}
