package dev.steward.estate.ec2;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** AWS services that look after a resource in a customer's account. */
final class Operators {
  private Operators() {}

  /** Of EC2's OperatorResponse; null where nobody does. */
  static @Nullable Object name(Object operator) {
    Map<?, ?> said = (Map<?, ?>) operator;
    if (!Boolean.TRUE.equals(said.get("Managed"))) return null;
    Object principal = said.get("Principal");
    return principal == null ? "unnamed" : principal;
  }
}
