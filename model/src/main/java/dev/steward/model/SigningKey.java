package dev.steward.model;

import java.time.Instant;

/**
 * A key pair that signs tokens.
 *
 * @param publicKey X.509 SubjectPublicKeyInfo, base64
 * @param privateKey where the sealed PKCS#8 key lies
 */
public record SigningKey(String kid, String publicKey, SecretId privateKey, Instant createdAt) {}
