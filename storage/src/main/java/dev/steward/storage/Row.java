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

  /** Of the bytes on disk; kept so that a table's tally can be changed without reading them. */
  int checksum;

  Row(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A row with a large body behind a lazy reference. */
  static final class WithBody {
    Row header;
    Lazy<Row> body;

    /** What the body has to sum up to; on disk it is in the header. */
    transient long sum;

    WithBody(Row header, Lazy<Row> body) {
      this.header = header;
      this.body = body;
    }
  }
}
