package dev.steward.app;

import dev.steward.governance.audit.AuditChain;
import dev.steward.governance.desk.AuditBook;
import dev.steward.storage.Blobs;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import java.util.List;

/** Proves the audit chain of every organization. */
record AuditProofs(List<AuditChain.Proof> chains) {
  static AuditProofs of(State state, Blobs blobs) {
    return new AuditProofs(
        state.rows(Tables.ORGANIZATIONS).stream()
            .map(o -> AuditBook.proof(state, blobs, o.id()))
            .toList());
  }
}
