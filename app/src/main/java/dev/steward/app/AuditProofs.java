package dev.steward.app;

import dev.steward.domain.governance.audit.AuditChain;
import dev.steward.domain.governance.desk.Auditor;
import dev.steward.domain.governance.desk.Witness;
import dev.steward.storage.Blobs;
import dev.steward.storage.MasterKey;
import dev.steward.storage.State;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proofs of all audit chains. */
record AuditProofs(List<AuditChain.Proof> chains) {
  AuditProofs {
    chains = List.copyOf(chains);
  }

  /**
   * Of a stopped installation.
   *
   * @param master null for a check by hashes alone
   * @param witness null for the one in the folder
   */
  static AuditProofs of(
      State state, Path folder, @Nullable MasterKey master, @Nullable Path witness) {
    return new AuditProofs(
        new Auditor(
                new Blobs(folder.resolve("blobs")),
                new Witness(witness == null ? folder.resolve(Witness.FILE) : witness),
                master)
            .proofs(() -> state));
  }
}
