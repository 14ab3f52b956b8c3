package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.governance.audit.AuditChain;
import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.domain.governance.desk.Auditor;
import dev.steward.domain.governance.desk.Witness;
import dev.steward.model.AuditEntry;
import dev.steward.model.AuditHead;
import dev.steward.model.Organization;
import dev.steward.model.OrganizationId;
import dev.steward.storage.Blobs;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Store;
import dev.steward.storage.StoreOpenException;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has the disk and not the key cannot change what the chain tells without being found. */
@SuppressWarnings("NullAway.Init")
final class AuditBookTest {
  private static final OrganizationId SHOP = Samples.ORGANIZATION;

  @TempDir private Path folder;

  private Path data() {
    return folder.resolve("data");
  }

  private Witness witness() {
    return new Witness(folder.resolve("audit.witness"));
  }

  private MasterKey key() {
    return MasterKey.at(folder.resolve("master.key"), false);
  }

  private AuditBook book() {
    return new AuditBook(key());
  }

  private Auditor auditor(@Nullable MasterKey key) {
    return new Auditor(new Blobs(data().resolve("blobs")), witness(), key);
  }

  private void founded(Store store) {
    store.write(t -> t.put(Tables.ORGANIZATIONS, new Organization(SHOP, "Shop", Samples.NOW)));
  }

  /** A platform that starts, does something and ends. */
  private void run(int entries) {
    try (Store store = Store.open(data())) {
      AuditBook book = book();
      auditor(key()).requireEnds(store.state());
      book.open(store, witness(), Samples.NOW);
      if (store.state().rows(Tables.ORGANIZATIONS).size() == 0) founded(store);
      for (int i = 0; i < entries; i++) store.write(t -> told(book, t, "change.done"));
      book.witness(store, witness(), Samples.NOW);
    }
  }

  private static AuditEntry told(AuditBook book, Transaction t, String type) {
    return book.append(t, SHOP, "client", type, "chg_1", Map.of("summary", "x"), Samples.NOW);
  }

  /** What somebody does who can write whatever there is, but has no key. */
  private void tampered(java.util.function.Consumer<Transaction> change) {
    try (Store store = Store.open(data())) {
      store.write(t -> {
        change.accept(t);
        return SHOP;
      });
    }
  }

  private static List<AuditEntry> chain(Transaction t) {
    return t.rows(Tables.AUDIT).stream().toList();
  }

  private static AuditHead head(Transaction t) {
    return t.find(Tables.AUDIT_HEADS, SHOP.value()).orElseThrow();
  }

  /** Every hash from the first to the last is made anew. */
  private static void rewritten(Transaction t, UnaryOperator<AuditEntry> change) {
    String previous = AuditChain.NOTHING;
    for (AuditEntry e : chain(t)) {
      AuditEntry forged = Samples.after(previous, change.apply(e));
      t.put(Tables.AUDIT, forged);
      previous = forged.hash();
    }
    AuditHead head = head(t);
    t.put(
        Tables.AUDIT_HEADS,
        new AuditHead(SHOP, head.sequence(), previous, head.keyedFrom(), head.key(), head.mac()));
  }

  private AuditChain.Proof proof(@Nullable MasterKey key) {
    try (Store store = Store.open(data())) {
      List<AuditChain.Proof> proofs = auditor(key).proofs(store::state);
      assertThat(proofs).hasSize(1);
      return proofs.getFirst();
    }
  }

  private void startIsRefused(String why) {
    assertThatThrownBy(() -> run(1))
        .isInstanceOf(StoreOpenException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("Nothing was changed");
  }

  @Test
  void aChainIsSignedFromItsFirstEntryOn() {
    run(5);
    run(5);
    AuditChain.Proof proof = proof(key());
    assertThat(proof.faults()).isEmpty();
    assertThat(proof.entries()).isEqualTo(10);
    assertThat(proof.keyedFrom()).isEqualTo(1);
    assertThat(proof.witnessed()).isEqualTo(10);
    assertThat(proof.keyChecked()).isTrue();
  }

  @Test
  void whoeverHasNoKeyChecksTheHashes() {
    run(5);
    AuditChain.Proof proof = proof(null);
    assertThat(proof.faults()).isEmpty();
    assertThat(proof.keyChecked()).isFalse();
  }

  @Test
  void findsAnEntryThatWasRewrittenWithAllTheHashesAfterIt() throws IOException {
    run(6);
    tampered(t -> rewritten(t, e -> e.sequence() == 3 ? Samples.byAnother(e) : e));
    Files.delete(folder.resolve("audit.witness"));
    assertThat(proof(null).faults()).isEmpty();
    assertThat(proof(key()).faults())
        .containsExactly(
            "entries 3 to 6 were not written with this master key",
            "the head was not written with this master key");
    startIsRefused("does not end as it was written");
  }

  @Test
  void findsAnEndThatWasCutOffWithItsHead() {
    AuditHead[] older = new AuditHead[1];
    run(4);
    tampered(t -> older[0] = head(t));
    run(3);
    // The older head is a real one, so that nothing within the store is wrong.
    tampered(t -> {
      chain(t).stream().skip(4).forEach(e -> t.remove(Tables.AUDIT, e.key()));
      t.put(Tables.AUDIT_HEADS, older[0]);
    });
    assertThat(proof(key()).faults())
        .containsExactly(
            "entry 7 is missing, though the witness saw it: the end was cut off, or this is an older copy");
    assertThat(proof(null).faults()).hasSize(1);
    startIsRefused("entry 7 of the audit chain of " + SHOP);
  }

  @Test
  void findsAnEndThatWasCutOffWithoutItsHead() throws IOException {
    run(7);
    Files.delete(folder.resolve("audit.witness"));
    tampered(t -> chain(t).stream().skip(5).forEach(e -> t.remove(Tables.AUDIT, e.key())));
    assertThat(proof(null).faults())
        .containsExactly("entries 6 to 7 are missing at the end, says the head");
    startIsRefused("does not end as it was written");
  }

  @Test
  void findsAStateThatWasReplacedByAnOlderCopy() throws IOException {
    run(4);
    Path older = folder.resolve("older");
    Files.move(data(), older);
    copy(older, data());
    run(3);
    Files.move(data(), folder.resolve("newer"));
    Files.move(older, data());
    startIsRefused("entry 7 of the audit chain of " + SHOP);
    assertThat(proof(key()).faults()).hasSize(1);
  }

  @Test
  void findsAChainThatIsGoneWithItsOrganization() {
    run(4);
    tampered(t -> {
      chain(t).forEach(e -> t.remove(Tables.AUDIT, e.key()));
      t.remove(Tables.AUDIT_HEADS, SHOP.value());
      t.remove(Tables.ORGANIZATIONS, SHOP.value());
    });
    assertThat(proof(key()).faults()).singleElement().asString().contains("the witness saw it");
    startIsRefused("entry 4");
  }

  @Test
  void findsAChainWhoseSignaturesWereTakenAwayAsIfItWereOld() {
    run(4);
    tampered(t -> {
      rewritten(t, e -> Samples.byAnother(e).with("", null));
      t.remove(Tables.AUDIT_HEADS, SHOP.value());
    });
    assertThat(proof(key()).faults())
        .containsExactly(
            "entry 4 is not the one that the witness saw",
            "the signatures and the head were taken away: this installation signs its chains");
    startIsRefused("entry 4");
  }

  @Test
  void findsAnotherMasterKey() {
    run(4);
    MasterKey other = MasterKey.at(folder.resolve("other.key"), false);
    assertThat(proof(other).faults())
        .containsExactly(
            "entries 1 to 4 were not written with this master key",
            "the master key is another one (the chain was keyed by "
                + key().id()
                + ", and this is "
                + other.id()
                + ")",
            "the witness was not written with this master key");
  }

  @Test
  void goesOnWithAChainThatWasBegunWithoutAKey() {
    try (Store store = Store.open(data())) {
      founded(store);
      AuditStartTest.loggedIn(store, key());
      String previous = AuditChain.NOTHING;
      for (int i = 1; i <= 3; i++) {
        AuditEntry old =
            AuditChain.sealed(
                new AuditEntry(
                    SHOP, i, Samples.NOW, "client", "old", "x", Map.of(), previous, "", null));
        store.write(t -> t.put(Tables.AUDIT, old));
        previous = old.hash();
      }
    }
    assertThat(proof(key()).faults()).isEmpty();
    assertThat(proof(key()).keyedFrom()).isZero();
    run(2);
    run(1);
    assertThat(proof(key()).faults()).isEmpty();
    assertThat(proof(key()).keyedFrom()).isEqualTo(4);
    assertThat(proof(key()).entries()).isEqualTo(7);
    tampered(t -> {
      AuditEntry turn = chain(t).get(3);
      assertThat(turn.type()).isEqualTo(AuditChain.KEYED);
      assertThat(turn.detail()).containsEntry("by_hashes_only_until", "3");
    });
    tampered(t -> rewritten(t, e -> e.sequence() == 1 ? Samples.byAnother(e) : e));
    assertThat(proof(key()).faults())
        .contains("entries 4 to 7 were not written with this master key");
  }

  @Test
  void tellsInTheChainThatTheWitnessWasMissing() throws IOException {
    run(2);
    Files.delete(folder.resolve("audit.witness"));
    run(0);
    assertThat(proof(key()).faults()).isEmpty();
    tampered(t ->
        assertThat(chain(t))
            .extracting(AuditEntry::type)
            .containsExactly("change.done", "change.done", "audit.witness_missing"));
  }

  @Test
  void refusesAWitnessThatSomebodyElseWrote() throws IOException {
    run(2);
    Path file = folder.resolve("audit.witness");
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"sequence\":2", "\"sequence\":1"));
    assertThat(proof(key()).faults()).anyMatch(f -> f.contains("was not written with this master"));
    Files.writeString(file, "{");
    assertThat(proof(key()).faults()).anyMatch(f -> f.contains("cannot be read"));
    startIsRefused("cannot be read");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator)
        Files.copy(file, to.resolve(from.relativize(file).toString()));
    }
  }
}
