package dev.steward.storage;

import java.util.ArrayList;

/** What EclipseStore reaches everything from. */
final class Root {
  int schema;

  /** The last record of the journal that these files hold. */
  long applied;

  final ArrayList<Buckets> tables = new ArrayList<>();

  Root(int schema) {
    this.schema = schema;
  }
}
