package dev.steward.estate.ec2;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** AWS services that look after a resource in a customer's account. */
final class Operators {
  private Operators() {}

  /** In what EC2 says of a resource. */
  static final String PATH = "Operator.{managed: Managed, by: Principal}";

  /** Null where nobody does. */
  static @Nullable Object name(Object operator) {
    Map<?, ?> said = (Map<?, ?>) operator;
    if (!Boolean.TRUE.equals(said.get("managed"))) return null;
    Object by = said.get("by");
    return by == null ? "unnamed" : by;
  }
}
