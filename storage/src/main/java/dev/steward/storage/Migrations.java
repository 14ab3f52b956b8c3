package dev.steward.storage;

import java.util.List;
import java.util.Map;

/**
 * Every step of the schema, in order. Also what changes no row is a step where an older version
 * that went on with the folder would leave what this one has to refuse.
 */
final class Migrations {
  static final List<Migration> ALL =
      List.of(
          // An older version adds entries without signature and head, and that looks like a
          // forgery.
          new Migration(2, "audit chains are signed and end with a head", Map.of()));

  private Migrations() {}
}
