package dev.steward.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who logs in.
 *
 * @param passwordHash argon2id in PHC form
 * @param epoch tokens of an earlier epoch are void; raised when password, roles or state change
 */
@Copied
public record User(
    UserId id,
    OrganizationId organization,
    String username,
    @Nullable String email,
    String passwordHash,
    List<Role> roles,
    int epoch,
    boolean disabled,
    Instant createdAt) {
  public User {
    roles = List.copyOf(roles);
  }

  /** All tokens issued before are void. */
  public User withNextEpoch() {
    return withPassword(passwordHash);
  }

  public User withPassword(String hash) {
    return UserBuilder.builder(this).passwordHash(hash).epoch(epoch + 1).build();
  }
}
