package dev.steward.model;

/**
 * Where an organization's audit chain ends, written in the transaction of its last entry.
 *
 * @param sequence of the last entry, which is how many there are
 * @param hash of the last entry
 * @param keyedFrom the first entry that has a mac; those before are held by their hashes only
 * @param key the id of the master key
 * @param mac of all that, by a key that is derived from the master key
 */
public record AuditHead(
    OrganizationId organization,
    long sequence,
    String hash,
    long keyedFrom,
    String key,
    String mac) {}
