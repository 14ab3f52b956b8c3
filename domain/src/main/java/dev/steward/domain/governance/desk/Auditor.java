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
import dev.steward.storage.StoreOpenException;
import dev.steward.storage.Tables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks the audit chains against themselves and against what is kept of them elsewhere. */
public final class Auditor {
  private static final String WHAT_TO_DO =
      ". The state was cut off at its end or changed, or is an older copy. Nothing was changed."
          + " ./steward audit verify says more. If you put an older state there yourself, move the"
          + " witness away and start again: each chain then tells that it was missing";

  private final Blobs blobs;
  private final Witness witness;
  private final @Nullable ChainKey key;
  private final @Nullable DataKeys keys;

  /**
   * @param master null for a check by hashes alone
   */
  public Auditor(Blobs blobs, Witness witness, @Nullable MasterKey master) {
    this.blobs = blobs;
    this.witness = witness;
    this.key = master == null ? null : AuditBook.key(master);
    this.keys = master == null ? null : new DataKeys(master);
  }

  /**
   * Checks the chain of an organization against its head, the witness, its anchors and their blobs.
   *
   * @param state asked for after the witness was read, which is never ahead of the newest
   */
  public AuditChain.Proof proof(Supplier<State> state, OrganizationId organization) {
    Witness.Seen seen = witness.read(key);
    return proof(state.get(), organization, seen);
  }

  /** Checks every chain that there is, or was. */
  public List<AuditChain.Proof> proofs(Supplier<State> newest) {
    Witness.Seen seen = witness.read(key);
    State state = newest.get();
    Set<String> organizations = new TreeSet<>();
    state.rows(Tables.ORGANIZATIONS).stream()
        .map(Organization::id)
        .forEach(o -> organizations.add(o.value()));
    heads(state).forEach(h -> organizations.add(h.organization().value()));
    witnessed(seen).keySet().forEach(o -> organizations.add(o.value()));
    return organizations.stream().map(o -> proof(state, new OrganizationId(o), seen)).toList();
  }

  private AuditChain.Proof proof(State state, OrganizationId organization, Witness.Seen seen) {
    String prefix = organization + "/";
    List<AuditAnchor> anchors = state.rows(Tables.AUDIT_ANCHORS).startingWith(prefix).toList();
    AuditChain.Proof proof =
        AuditChain.verify(
            organization.value(),
            state.rows(Tables.AUDIT).startingWith(prefix),
            new AuditChain.Evidence(
                anchors,
                state.find(Tables.AUDIT_HEADS, organization.value()).orElse(null),
                witnessed(seen).get(organization),
                key));
    List<String> faults = new ArrayList<>(proof.faults());
    if (seen instanceof Witness.Seen.Broken broken) faults.add(broken.why());
    if (isStripped(state, organization))
      faults.add("the signatures and the head were taken away: this installation signs its chains");
    for (AuditAnchor anchor : anchors) fault(anchor).ifPresent(faults::add);
    return proof.with(faults);
  }

  /**
   * A chain without a head is one of before they were signed. There is none where a data key says
   * that all are signed, nor where somebody has done something and there is no data key at all.
   */
  private boolean isStripped(State state, OrganizationId organization) {
    if (keys == null
        || state.find(Tables.ORGANIZATIONS, organization.value()).isEmpty()
        || state.find(Tables.AUDIT_HEADS, organization.value()).isPresent()) return false;
    return keys.anySigned(state)
        || (state.rows(Tables.DATA_KEYS).size() == 0
            && AuditBook.isUsed(state.rows(Tables.AUDIT).startingWith(organization + "/")));
  }

  private static Map<OrganizationId, AuditHead> witnessed(Witness.Seen seen) {
    return seen instanceof Witness.Seen.Heads heads ? heads.of() : Map.of();
  }

  private static Stream<AuditHead> heads(State state) {
    return state.rows(Tables.AUDIT_HEADS).stream();
  }

  private Optional<String> fault(AuditAnchor anchor) {
    try {
      return blobs
              .get(anchor.blob())
              .map(b -> new String(b, StandardCharsets.UTF_8))
              .equals(Optional.of(AuditBook.text(anchor)))
          ? Optional.empty()
          : Optional.of(
              "the anchor of entry " + anchor.sequence() + " differs from its blob, or has none");
    } catch (IllegalStateException | java.io.UncheckedIOException damaged) {
      return Optional.of("the anchor of entry " + anchor.sequence() + " has a damaged blob");
    }
  }

  /**
   * What a start can look at without reading the chains: their ends. A platform that went on from a
   * store that is older than what was seen would do again what was done, and forget what was
   * revoked.
   *
   * @throws StoreOpenException if an end is not the one that was written last
   */
  public void requireEnds(State state) {
    List<String> faults = new ArrayList<>();
    Witness.Seen seen = witness.read(key);
    if (seen instanceof Witness.Seen.Broken broken) faults.add(broken.why() + " (" + witness + ")");
    witnessed(seen)
        .forEach((organization, head) -> {
          if (!entry(state, organization, head.sequence()).equals(Optional.of(head.hash())))
            faults.add(
                "entry "
                    + head.sequence()
                    + " of the audit chain of "
                    + organization
                    + ", which "
                    + witness
                    + " names, is not there");
        });
    heads(state)
        .filter(h -> !ends(state, h))
        .forEach(h ->
            faults.add(
                "the audit chain of " + h.organization() + " does not end as it was written"));
    state.rows(Tables.ORGANIZATIONS).stream()
        .map(Organization::id)
        .filter(o -> isStripped(state, o))
        .forEach(o ->
            faults.add(
                "the audit chain of "
                    + o
                    + " has neither signatures nor a head any more, though"
                    + " this installation signs its chains"));
    if (!faults.isEmpty()) throw new StoreOpenException(String.join("; ", faults) + WHAT_TO_DO);
  }

  private boolean ends(State state, AuditHead head) {
    return (key == null || key.signs(head))
        && state
            .rows(Tables.AUDIT)
            .last(head.organization() + "/")
            .filter(e -> e.sequence() == head.sequence() && e.hash().equals(head.hash()))
            .isPresent();
  }

  private static Optional<String> entry(State state, OrganizationId organization, long sequence) {
    return state.find(Tables.AUDIT, AuditEntry.key(organization, sequence)).map(AuditEntry::hash);
  }
}
