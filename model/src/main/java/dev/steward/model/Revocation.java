package dev.steward.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that was logged out before it expired. It is forgotten when the key that signed the token
 * is gone, or its user's epoch has passed it, and never because of what a clock says: clocks go
 * back.
 *
 * @param kid the key that signed the token; null in rows of older versions
 * @param user whose token it was; null in rows of older versions
 */
public record Revocation(
    String tokenId, Instant expiresAt, @Nullable String kid, @Nullable UserId user) {}
