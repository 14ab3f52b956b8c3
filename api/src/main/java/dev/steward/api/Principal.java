package dev.steward.api;

import dev.steward.model.OrganizationId;
import dev.steward.model.Role;
import dev.steward.model.UserId;
import java.time.Instant;
import java.util.Set;

/**
 * Who calls.
 *
 * @param tokenId the token's {@code jti}
 * @param keyId the key that signed it: when that is gone, so is everything the token proved
 */
public record Principal(
    UserId user,
    String username,
    OrganizationId organization,
    Set<Role> roles,
    String tokenId,
    String keyId,
    Instant expiresAt) {
  public Principal {
    roles = Set.copyOf(roles);
  }
}
