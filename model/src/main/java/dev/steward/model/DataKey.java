package dev.steward.model;

/**
 * An organization's data key.
 *
 * @param wrapped AES-256-GCM under the installation's master key, base64
 * @param masterKey the id of the master key that wraps it
 */
public record DataKey(OrganizationId organization, String wrapped, String masterKey) {}
