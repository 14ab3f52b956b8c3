package dev.steward.api;

import dev.steward.model.Role;
import java.util.Set;

/** Who may call an operation. There is no way to declare one without saying so. */
public sealed interface Access {
  /** Anybody, without a token. */
  record Open() implements Access {}

  /** Anybody with a token. */
  record Any() implements Access {}

  /** Whoever has one of the roles. */
  record Roles(Set<Role> roles) implements Access {
    public Roles {
      roles = Set.copyOf(roles);
      if (roles.isEmpty())
        throw new IllegalArgumentException("an operation names at least one role");
    }
  }

  Access OPEN = new Open();
  Access ANY = new Any();

  static Access roles(Role first, Role... others) {
    Set<Role> roles = new java.util.HashSet<>(Set.of(others));
    roles.add(first);
    return new Roles(roles);
  }
}
