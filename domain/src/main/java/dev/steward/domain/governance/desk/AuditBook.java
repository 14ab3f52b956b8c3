package dev.steward.domain.governance.desk;

import dev.steward.domain.governance.audit.AuditChain;
import dev.steward.domain.governance.audit.ChainKey;
import dev.steward.model.AuditAnchor;
import dev.steward.model.AuditEntry;
import dev.steward.model.AuditHead;
import dev.steward.model.Organization;
import dev.steward.model.OrganizationId;
import dev.steward.storage.Blobs;
import dev.steward.storage.DataKeys;
import dev.steward.storage.MasterKey;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes the audit chain of each organization; {@link Auditor} checks it. */
public final class AuditBook {
  /** Who acts where nobody asked. */
  private static final String STEWARD = "steward";

  private static final String WITNESS_MISSING = "audit.witness_missing";
  private static final String BLOB =
      "steward audit anchor\norganization %s\nsequence %d\nhash %s\nat %s\n";

  private final ChainKey key;
  private final DataKeys keys;

  /** Whether a start could not write what it owes to the chains. */
  private volatile boolean owed;

  public AuditBook(MasterKey master) {
    this.key = key(master);
    this.keys = new DataKeys(master);
  }

  /** What the chains of an installation with this master key are signed with. */
  public static ChainKey key(MasterKey master) {
    return new ChainKey(master.derive("audit chain"), master.id());
  }

  /**
   * Adds an entry in the transaction of what it tells, so that neither is there without the other.
   */
  public AuditEntry append(
      Transaction t,
      OrganizationId organization,
      String actor,
      String type,
      String subject,
      Map<String, String> detail,
      Instant at) {
    AuditHead head =
        t.find(Tables.AUDIT_HEADS, organization.value())
            .orElseGet(() -> begin(t, organization, at));
    return link(t, head, actor, type, subject, detail, at);
  }

  /** The head that the first keyed entry follows; a chain of before there were keys says so. */
  private AuditHead begin(Transaction t, OrganizationId organization, Instant at) {
    AuditHead end = end(t, organization);
    return end.sequence() == 0 ? end : keyed(t, end, at);
  }

  /** Where a chain without a head ends. */
  private static AuditHead end(Transaction t, OrganizationId organization) {
    return t.rows(Tables.AUDIT)
        .last(organization + "/")
        .map(e -> new AuditHead(organization, e.sequence(), e.hash(), e.sequence() + 1, "", ""))
        .orElseGet(() -> new AuditHead(organization, 0, AuditChain.NOTHING, 1, "", ""));
  }

  private AuditHead keyed(Transaction t, AuditHead end, Instant at) {
    String organization = end.organization().value();
    Map<String, String> detail = Map.of("by_hashes_only_until", Long.toString(end.sequence()));
    link(t, end, STEWARD, AuditChain.KEYED, organization, detail, at);
    return t.find(Tables.AUDIT_HEADS, organization).orElseThrow();
  }

  private AuditEntry link(
      Transaction t,
      AuditHead head,
      String actor,
      String type,
      String subject,
      Map<String, String> detail,
      Instant at) {
    AuditEntry entry =
        key.signed(
            AuditChain.sealed(
                new AuditEntry(
                    head.organization(),
                    head.sequence() + 1,
                    at,
                    actor,
                    type,
                    subject,
                    detail,
                    head.hash(),
                    "",
                    null)));
    t.put(
        Tables.AUDIT_HEADS,
        key.signed(
            new AuditHead(
                head.organization(), entry.sequence(), entry.hash(), head.keyedFrom(), "", "")));
    return t.put(Tables.AUDIT, entry);
  }

  /**
   * What a start does, once the chains were found to stand: chains of before they were keyed are
   * keyed from here on, empty ones too, because each chain has a head where chains are signed; and
   * a witness that is missing is told in each chain. Nothing is written where nothing is missing: a
   * start needs no room on the disk. What cannot be written now is owed, and until then there is no
   * witness: a new one would hide that the last was missing.
   */
  public void open(Store store, Witness witness, Instant at) {
    boolean seen = witness.read(key) instanceof Witness.Seen.Heads;
    // Before the first head there is a witness, so that later a missing one means something.
    if (!seen && store.state().rows(Tables.AUDIT_HEADS).size() == 0) {
      witness.write(store.state(), key);
      seen = true;
    }
    try {
      tell(store, !seen, at);
      owed = false;
    } catch (RuntimeException e) {
      owed = true;
      witness.owed(e);
      return;
    }
    witness.write(store.state(), key);
  }

  private void tell(Store store, boolean missing, Instant at) {
    if (keys.allSigned(store.state()) && owing(store.state(), missing).isEmpty()) return;
    store.<Boolean>write(t -> {
      for (OrganizationId organization : owing(t.state(), missing))
        if (t.find(Tables.AUDIT_HEADS, organization.value()).isEmpty())
          keyed(t, end(t, organization), at);
        else append(t, organization, STEWARD, WITNESS_MISSING, organization.value(), Map.of(), at);
      keys.sign(t);
      return true;
    });
  }

  /** Whose chain has no head, or does not end with the news that the witness is missing. */
  private static List<OrganizationId> owing(State state, boolean missing) {
    return state.rows(Tables.ORGANIZATIONS).stream()
        .map(Organization::id)
        .filter(o ->
            state.find(Tables.AUDIT_HEADS, o.value()).isEmpty()
                || (missing
                    && state
                        .rows(Tables.AUDIT)
                        .last(o + "/")
                        .filter(e -> e.type().equals(WITNESS_MISSING))
                        .isEmpty()))
        .toList();
  }

  /** Whether somebody has done something: then they had logged in, and there was a data key. */
  static boolean isUsed(Stream<AuditEntry> chain) {
    return chain.anyMatch(entry -> !entry.actor().equals(STEWARD));
  }

  /** Writes where each chain ends to the witness, and before that what a start owes. */
  public void witness(Store store, Witness witness, Instant at) {
    if (owed) open(store, witness, at);
    else witness.write(store.state(), key);
  }

  static String text(AuditAnchor anchor) {
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
