package dev.steward.storage;

import java.util.ArrayList;

/** What EclipseStore reaches everything from. */
final class Root {
  int schema;
  final ArrayList<Buckets> tables = new ArrayList<>();

  Root(int schema) {
    this.schema = schema;
  }
}
