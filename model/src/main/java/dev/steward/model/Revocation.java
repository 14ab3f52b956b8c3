package dev.steward.model;

import java.time.Instant;

/** A token that was logged out before it expired; forgotten once it has expired anyway. */
public record Revocation(String tokenId, Instant expiresAt) {}
