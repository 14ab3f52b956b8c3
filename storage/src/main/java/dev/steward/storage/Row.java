package dev.steward.storage;

import org.eclipse.serializer.reference.Lazy;
import org.jspecify.annotations.Nullable;

/**
 * A row's place on disk: an entity that keeps its identity while its bytes are replaced, so that an
 * update leaves no garbage. The bytes are dropped once they are stored; the decoded record lives in
 * the state.
 */
final class Row {
  byte @Nullable [] bytes;

  Row(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A row with a large body behind a lazy reference. */
  static final class WithBody {
    Row header;
    Lazy<Row> body;

    WithBody(Row header, Lazy<Row> body) {
      this.header = header;
      this.body = body;
    }
  }
}
