package dev.steward.domain.governance.audit;

import dev.steward.domain.governance.audit.AuditChain.Evidence;
import dev.steward.domain.governance.audit.AuditChain.Proof;
import dev.steward.model.AuditAnchor;
import dev.steward.model.AuditEntry;
import dev.steward.model.AuditHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One check of one chain, from its first entry to its last. */
final class ChainWalk {
  private final Evidence evidence;
  private final List<String> faults = new ArrayList<>();
  private final Map<Long, String> hashes = new HashMap<>();
  private String previous = AuditChain.NOTHING;
  private long last;
  private long keyedFrom;

  /** Neighbours without a right mac are told together: with another key it is all of them. */
  private long forgedFrom;

  private long forgedTo;

  ChainWalk(Evidence evidence) {
    this.evidence = evidence;
  }

  Proof over(String organization, Stream<AuditEntry> entries) {
    Iterator<AuditEntry> each = entries.iterator();
    while (each.hasNext()) step(each.next());
    tellForged();
    head(evidence.head());
    AuditHead witness = evidence.witness();
    if (witness != null) witness(witness);
    evidence.anchors().forEach(this::anchor);
    return new Proof(
        organization,
        hashes.size(),
        previous,
        keyedFrom,
        evidence.key() != null,
        witness == null ? 0 : witness.sequence(),
        evidence.anchors().size(),
        faults);
  }

  private void step(AuditEntry entry) {
    long expected = last + 1;
    if (entry.sequence() != expected)
      faults.add(
          entry.sequence() > expected
              ? missing(expected, entry.sequence() - 1)
              : "entry " + entry.sequence() + " is out of order, after " + last);
    else if (!entry.previous().equals(previous))
      faults.add("entry " + entry.sequence() + " does not follow from the one before");
    if (!AuditChain.hash(entry).equals(entry.hash()))
      faults.add("entry " + entry.sequence() + " was changed");
    key(entry);
    hashes.put(entry.sequence(), entry.hash());
    previous = entry.hash();
    last = entry.sequence();
  }

  private void key(AuditEntry entry) {
    if (keyedFrom == 0) {
      if (entry.mac() == null) return;
      keyedFrom = entry.sequence();
      if (keyedFrom > 1 && !entry.type().equals(AuditChain.KEYED))
        faults.add("entry " + keyedFrom + " is the first with a mac, and does not say so");
    }
    ChainKey key = evidence.key();
    if (key == null ? entry.mac() != null : key.signs(entry)) return;
    if (forgedFrom == 0 || entry.sequence() != forgedTo + 1) {
      tellForged();
      forgedFrom = entry.sequence();
    }
    forgedTo = entry.sequence();
  }

  private void tellForged() {
    if (forgedFrom == 0) return;
    boolean one = forgedFrom == forgedTo;
    faults.add(
        (one
                ? "entry " + forgedFrom + " was"
                : "entries " + forgedFrom + " to " + forgedTo + " were")
            + " not written with "
            + (evidence.key() == null ? "a master key" : "this master key"));
    forgedFrom = 0;
  }

  private void head(@Nullable AuditHead head) {
    if (head == null) {
      if (keyedFrom > 0) faults.add("the head is missing, which says where the chain ends");
      return;
    }
    ChainKey key = evidence.key();
    if (key != null && !key.id().equals(head.key()))
      faults.add(
          "the master key is another one (the chain was keyed by "
              + head.key()
              + ", and this is "
              + key.id()
              + ")");
    else if (key != null && !key.signs(head))
      faults.add("the head was not written with this master key");
    if (head.sequence() > last)
      faults.add(missing(last + 1, head.sequence()) + " at the end, says the head");
    else if (head.sequence() < last || !head.hash().equals(previous))
      faults.add("the head says that the chain ends with another entry " + head.sequence());
    if (head.keyedFrom() != keyedFrom)
      faults.add("the head says that the macs begin with entry " + head.keyedFrom());
  }

  private void witness(AuditHead witness) {
    // An organization whose chain is still empty has no head, so this one is of an entry.
    String hash = hashes.get(witness.sequence());
    if (hash == null)
      faults.add(
          "entry "
              + witness.sequence()
              + " is missing, though the witness saw it: the end was cut off, or this is an older copy");
    else if (!hash.equals(witness.hash()))
      faults.add("entry " + witness.sequence() + " is not the one that the witness saw");
  }

  private void anchor(AuditAnchor anchor) {
    String hash = hashes.get(anchor.sequence());
    if (hash == null)
      faults.add("entry " + anchor.sequence() + " is missing, though it was anchored");
    else if (!hash.equals(anchor.hash()))
      faults.add("entry " + anchor.sequence() + " is not the one that was anchored");
  }

  private static String missing(long from, long to) {
    return from == to
        ? "entry " + from + " is missing"
        : "entries " + from + " to " + to + " are missing";
  }
}
