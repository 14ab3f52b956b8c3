package dev.steward.governance.desk;

import dev.steward.governance.audit.AuditChain;
import dev.steward.model.AuditAnchor;
import dev.steward.model.AuditEntry;
import dev.steward.model.Organization;
import dev.steward.model.OrganizationId;
import dev.steward.storage.Blobs;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes and checks the audit chain of each organization. */
public final class AuditBook {
  private static final String BLOB =
      "steward audit anchor\norganization %s\nsequence %d\nhash %s\nat %s\n";

  private AuditBook() {}

  /**
   * Adds an entry in the transaction of what it tells, so that neither is there without the other.
   */
  public static AuditEntry append(
      Transaction t,
      OrganizationId organization,
      String actor,
      String type,
      String subject,
      Map<String, String> detail,
      Instant at) {
    Optional<AuditEntry> last = t.rows(Tables.AUDIT).last(organization + "/");
    return t.put(
        Tables.AUDIT,
        AuditChain.sealed(
            new AuditEntry(
                organization,
                last.map(AuditEntry::sequence).orElse(0L) + 1,
                at,
                actor,
                type,
                subject,
                detail,
                last.map(AuditEntry::hash).orElse(AuditChain.NOTHING),
                "")));
  }

  /** Checks the chain of an organization against itself, its anchors, and their blobs. */
  public static AuditChain.Proof proof(State state, Blobs blobs, OrganizationId organization) {
    String prefix = organization + "/";
    List<AuditAnchor> anchors = state.rows(Tables.AUDIT_ANCHORS).startingWith(prefix).toList();
    AuditChain.Proof proof =
        AuditChain.verify(
            organization.value(), state.rows(Tables.AUDIT).startingWith(prefix), anchors);
    List<String> faults = new ArrayList<>(proof.faults());
    for (AuditAnchor anchor : anchors) fault(blobs, anchor).ifPresent(faults::add);
    return new AuditChain.Proof(
        proof.organization(), proof.entries(), proof.head(), proof.anchors(), faults);
  }

  private static Optional<String> fault(Blobs blobs, AuditAnchor anchor) {
    try {
      return blobs
              .get(anchor.blob())
              .map(b -> new String(b, StandardCharsets.UTF_8))
              .equals(Optional.of(text(anchor)))
          ? Optional.empty()
          : Optional.of(
              "the anchor of entry " + anchor.sequence() + " differs from its blob, or has none");
    } catch (IllegalStateException | java.io.UncheckedIOException damaged) {
      return Optional.of("the anchor of entry " + anchor.sequence() + " has a damaged blob");
    }
  }

  private static String text(AuditAnchor anchor) {
    return String.format(
        java.util.Locale.ROOT,
        BLOB,
        anchor.organization(),
        anchor.sequence(),
        anchor.hash(),
        anchor.at());
  }

  /** Writes down where each chain stands, outside the store's tables; how many moved on. */
  public static int anchor(Store store, Blobs blobs, Instant at) {
    State state = store.state();
    int moved = 0;
    for (Organization organization : state.rows(Tables.ORGANIZATIONS).stream().toList()) {
      String prefix = organization.id() + "/";
      Optional<AuditEntry> head = state.rows(Tables.AUDIT).last(prefix);
      long anchored =
          state.rows(Tables.AUDIT_ANCHORS).last(prefix).map(AuditAnchor::sequence).orElse(0L);
      if (head.isEmpty() || head.get().sequence() <= anchored) continue;
      AuditAnchor anchor =
          new AuditAnchor(organization.id(), head.get().sequence(), head.get().hash(), "", at);
      String blob = blobs.put(text(anchor).getBytes(StandardCharsets.UTF_8));
      store.write(t ->
          t.put(
              Tables.AUDIT_ANCHORS,
              new AuditAnchor(anchor.organization(), anchor.sequence(), anchor.hash(), blob, at)));
      moved++;
    }
    return moved;
  }
}
