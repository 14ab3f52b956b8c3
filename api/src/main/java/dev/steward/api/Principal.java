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
 */
public record Principal(
    UserId user,
    String username,
    OrganizationId organization,
    Set<Role> roles,
    String tokenId,
    Instant expiresAt) {
  public Principal {
    roles = Set.copyOf(roles);
  }
}
