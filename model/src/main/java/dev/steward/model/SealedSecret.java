package dev.steward.model;

/**
 * A secret at rest.
 *
 * @param sealed AES-256-GCM under the organization's data key: 12-byte nonce, then ciphertext and
 *     tag; base64
 */
public record SealedSecret(SecretId id, OrganizationId organization, String sealed) {}
