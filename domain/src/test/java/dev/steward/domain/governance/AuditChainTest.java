package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.governance.audit.AuditChain;
import dev.steward.model.AuditAnchor;
import dev.steward.model.AuditEntry;
import dev.steward.model.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AuditChainTest {
  private static List<AuditEntry> chain(int length) {
    List<AuditEntry> chain = new ArrayList<>();
    String previous = AuditChain.NOTHING;
    for (int i = 1; i <= length; i++) {
      AuditEntry entry =
          AuditChain.sealed(
              new AuditEntry(
                  Samples.ORGANIZATION,
                  i,
                  Samples.NOW.plusNanos(i),
                  "client",
                  "change.submitted",
                  "chg_" + i,
                  Map.of("plan_hash", "h" + i, "a", "b"),
                  previous,
                  "",
                  null));
      chain.add(entry);
      previous = entry.hash();
    }
    return chain;
  }

  private static List<String> faults(List<AuditEntry> chain, AuditAnchor... anchors) {
    return AuditChain.verify(
            "org", chain.stream(), new AuditChain.Evidence(List.of(anchors), null, null, null))
        .faults();
  }

  private static AuditAnchor anchor(AuditEntry e) {
    return new AuditAnchor(e.organization(), e.sequence(), e.hash(), "blob", Samples.NOW);
  }

  @Test
  void aWholeChainIsWholeAlsoAfterARoundTrip() {
    List<AuditEntry> read =
        chain(20).stream().map(e -> Json.read(Json.bytes(e), AuditEntry.class)).toList();
    assertThat(faults(read, anchor(read.get(9)))).isEmpty();
    assertThat(faults(List.of())).isEmpty();
  }

  @Test
  void findsAChangedEntry() {
    List<AuditEntry> chain = chain(10);
    chain.set(4, Samples.byAnother(chain.get(4)));
    assertThat(faults(chain)).containsExactly("entry 5 was changed");
  }

  @Test
  void findsAChangedEntryWhoseHashWasMadeAnew() {
    List<AuditEntry> chain = chain(10);
    chain.set(4, AuditChain.sealed(Samples.byAnother(chain.get(4))));
    assertThat(faults(chain)).containsExactly("entry 6 does not follow from the one before");
  }

  @Test
  void findsAMissingEntry() {
    List<AuditEntry> chain = chain(10);
    chain.remove(4);
    assertThat(faults(chain)).containsExactly("entry 5 is missing");
    chain.remove(4);
    assertThat(faults(chain)).containsExactly("entries 5 to 6 are missing");
  }

  @Test
  void findsReorderedEntries() {
    List<AuditEntry> chain = chain(10);
    Collections.swap(chain, 3, 4);
    assertThat(faults(chain)).contains("entry 4 is out of order, after 5");
  }

  @Test
  void findsACutOffEndAndARewrittenChainByTheAnchors() {
    List<AuditEntry> chain = chain(10);
    AuditAnchor anchor = anchor(chain.get(7));
    assertThat(faults(chain.subList(0, 7), anchor))
        .containsExactly("entry 8 is missing, though it was anchored");
    List<AuditEntry> rewritten = new ArrayList<>();
    String previous = AuditChain.NOTHING;
    for (AuditEntry e : chain) {
      AuditEntry other = Samples.after(previous, Samples.byAnother(e));
      rewritten.add(other);
      previous = other.hash();
    }
    assertThat(faults(rewritten)).isEmpty();
    assertThat(faults(rewritten, anchor))
        .containsExactly("entry 8 is not the one that was anchored");
  }
}
