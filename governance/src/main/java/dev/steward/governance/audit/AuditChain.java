package dev.steward.governance.audit;

import dev.steward.governance.plan.Canonical;
import dev.steward.model.AuditAnchor;
import dev.steward.model.AuditEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The hash chain: each entry names the one before by its hash. Pure. */
public final class AuditChain {
  public static final String NOTHING = "0".repeat(64);

  private AuditChain() {}

  /** The entry with its hash. */
  public static AuditEntry sealed(AuditEntry entry) {
    return new AuditEntry(
        entry.organization(),
        entry.sequence(),
        entry.at(),
        entry.actor(),
        entry.type(),
        entry.subject(),
        entry.detail(),
        entry.previous(),
        hash(entry));
  }

  /** SHA-256 over the canonical JSON of all fields but the hash. */
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
   * What a check of a chain came to.
   *
   * @param entries how many were read
   * @param head the hash of the last one
   * @param faults which entry is wrong, and how; empty for a whole chain
   */
  public record Proof(
      String organization, long entries, String head, int anchors, List<String> faults) {
    public Proof {
      faults = List.copyOf(faults);
    }

    public boolean holds() {
      return faults.isEmpty();
    }
  }

  /**
   * Checks a chain, and its anchors against it.
   *
   * @param entries in the order in which they are stored
   * @param anchors what was written down elsewhere; each must be met
   */
  public static Proof verify(
      String organization, Stream<AuditEntry> entries, List<AuditAnchor> anchors) {
    List<String> faults = new ArrayList<>();
    Map<Long, String> hashes = new TreeMap<>();
    String previous = NOTHING;
    long expected = 1;
    Iterator<AuditEntry> each = entries.iterator();
    while (each.hasNext()) {
      AuditEntry entry = each.next();
      if (entry.sequence() != expected)
        faults.add(
            entry.sequence() > expected
                ? missing(expected, entry.sequence() - 1)
                : "entry " + entry.sequence() + " is out of order, after " + (expected - 1));
      else if (!entry.previous().equals(previous))
        faults.add("entry " + entry.sequence() + " does not follow from the one before");
      if (!hash(entry).equals(entry.hash()))
        faults.add("entry " + entry.sequence() + " was changed");
      hashes.put(entry.sequence(), entry.hash());
      previous = entry.hash();
      expected = entry.sequence() + 1;
    }
    for (AuditAnchor anchor : anchors) {
      String hash = hashes.get(anchor.sequence());
      if (hash == null)
        faults.add("entry " + anchor.sequence() + " is missing, though it was anchored");
      else if (!hash.equals(anchor.hash()))
        faults.add("entry " + anchor.sequence() + " is not the one that was anchored");
    }
    return new Proof(organization, hashes.size(), previous, anchors.size(), faults);
  }

  private static String missing(long from, long to) {
    return from == to
        ? "entry " + from + " is missing"
        : "entries " + from + " to " + to + " are missing";
  }
}
