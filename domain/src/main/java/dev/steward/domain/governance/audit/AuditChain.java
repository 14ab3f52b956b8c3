package dev.steward.domain.governance.audit;

import dev.steward.domain.governance.plan.Canonical;
import dev.steward.model.AuditAnchor;
import dev.steward.model.AuditEntry;
import dev.steward.model.AuditHead;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The hash chain: each entry names the one before by its hash, and bears a mac. Pure. */
public final class AuditChain {
  public static final String NOTHING = "0".repeat(64);

  /** The type of the first keyed entry of a chain that was begun without a key. */
  public static final String KEYED = "audit.keyed";

  private AuditChain() {}

  /** The entry with its hash. */
  public static AuditEntry sealed(AuditEntry entry) {
    return entry.with(hash(entry), entry.mac());
  }

  /** SHA-256 over the canonical JSON of all fields but the hash and the mac. */
  static String hash(AuditEntry entry) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("organization", entry.organization());
    fields.put("sequence", entry.sequence());
    fields.put("at", entry.at());
    fields.put("actor", entry.actor());
    fields.put("type", entry.type());
    fields.put("subject", entry.subject());
    fields.put("detail", entry.detail());
    fields.put("previous", entry.previous());
    return Canonical.sha256(Canonical.text(fields));
  }

  /**
   * What a chain is compared with.
   *
   * @param anchors what was written down elsewhere; each must be met
   * @param head where the store says that it ends; null in chains of before they were keyed
   * @param witness where it ended when that was last written outside the store; null if nothing is
   *     there
   * @param key null for a check by hashes alone, which everybody can make
   */
  public record Evidence(
      List<AuditAnchor> anchors,
      @Nullable AuditHead head,
      @Nullable AuditHead witness,
      @Nullable ChainKey key) {
    public Evidence {
      anchors = List.copyOf(anchors);
    }
  }

  /**
   * What a check of a chain came to.
   *
   * @param entries how many were read
   * @param head the hash of the last one
   * @param keyedFrom the first entry that has a mac, 0 if none has; hashes alone hold those before
   * @param keyChecked whether the macs were compared with the key
   * @param witnessed the entry up to which the witness speaks for the chain, 0 if there is none
   * @param faults which entry is wrong, and how; empty for a whole chain
   */
  public record Proof(
      String organization,
      long entries,
      String head,
      long keyedFrom,
      boolean keyChecked,
      long witnessed,
      int anchors,
      List<String> faults) {
    public Proof {
      faults = List.copyOf(faults);
    }

    /** The same with what was found besides. */
    public Proof with(List<String> all) {
      return new Proof(organization, entries, head, keyedFrom, keyChecked, witnessed, anchors, all);
    }

    public boolean holds() {
      return faults.isEmpty();
    }
  }

  /**
   * Checks a chain against itself and against the evidence.
   *
   * @param entries in the order in which they are stored
   */
  public static Proof verify(String organization, Stream<AuditEntry> entries, Evidence evidence) {
    return new ChainWalk(evidence).over(organization, entries);
  }
}
