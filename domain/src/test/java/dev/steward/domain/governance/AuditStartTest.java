package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.governance.audit.AuditChain;
import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.domain.governance.desk.Auditor;
import dev.steward.domain.governance.desk.Witness;
import dev.steward.model.AuditEntry;
import dev.steward.model.AuditHead;
import dev.steward.model.DataKey;
import dev.steward.model.Ids;
import dev.steward.model.Organization;
import dev.steward.model.OrganizationId;
import dev.steward.storage.Blobs;
import dev.steward.storage.Cipher256;
import dev.steward.storage.DataKeys;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Store;
import dev.steward.storage.StoreOpenException;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start needs of the audit chains, what it refuses, and what the witness costs. */
@SuppressWarnings("NullAway.Init")
final class AuditStartTest {
  private static final OrganizationId SHOP = Samples.ORGANIZATION;

  @TempDir private Path folder;
  private MasterKey master;
  private AuditBook book;
  private Store store;

  @BeforeEach
  void open() {
    master = MasterKey.at(folder.resolve("master.key"), false);
    book = new AuditBook(master);
    store = Store.open(folder.resolve("data"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Path file() {
    return folder.resolve("audit.witness");
  }

  private void organizations(int wanted) {
    List<OrganizationId> all =
        IntStream.range(0, wanted)
            .mapToObj(i -> i == 0 ? SHOP : OrganizationId.from(Ids.random()))
            .toList();
    store.write(t -> {
      all.forEach(o -> t.put(Tables.ORGANIZATIONS, new Organization(o, "", Samples.NOW)));
      all.forEach(o -> told(t, o));
      return all;
    });
  }

  /** An installation that was started, used, and started again. */
  private Witness used(int organizations) {
    book.open(store, new Witness(file()), Samples.NOW);
    organizations(organizations);
    Witness witness = new Witness(file());
    book.open(store, witness, Samples.NOW);
    return witness;
  }

  private AuditEntry told(Transaction t, OrganizationId organization) {
    return book.append(t, organization, "ann", "x", "y", Map.of(), Samples.NOW);
  }

  private Auditor auditor() {
    return new Auditor(
        new Blobs(folder.resolve("data").resolve("blobs")), new Witness(file()), master);
  }

  /** The data key that an older version made when somebody logged in for the first time. */
  static void loggedIn(Store store, MasterKey master) {
    byte[] wrapped =
        new Cipher256(master.derive("data keys"))
            .seal(new byte[32], DataKeys.INSTALLATION.value().getBytes(StandardCharsets.US_ASCII));
    store.write(t ->
        t.put(
            Tables.DATA_KEYS,
            new DataKey(
                DataKeys.INSTALLATION, Base64.getEncoder().encodeToString(wrapped), master.id())));
  }

  @Test
  void aLaterStartWritesNothing() throws IOException {
    used(3);
    byte[] witness = Files.readAllBytes(file());
    // It takes no write any more, and a place where there is nothing to write is no matter either.
    store.close();
    Path moved = Files.move(file(), folder.resolve("moved"));
    Files.createDirectory(folder.resolve("moved.new"));
    Witness unwritable = new Witness(moved);
    book.open(store, unwritable, Samples.NOW);
    assertThat(unwritable.problem()).isEmpty();
    assertThat(Files.readAllBytes(moved)).isEqualTo(witness);
  }

  @Test
  void aWitnessThatCannotBeWrittenIsToldAndRefusesNoStart() throws IOException {
    organizations(1);
    Path place = Files.createFile(folder.resolve("place"));
    Witness witness = new Witness(place.resolve("audit.witness"));
    auditor().requireEnds(store.state());
    book.open(store, witness, Samples.NOW);
    assertThat(witness.problem().orElseThrow())
        .contains("cannot be written")
        .doesNotContain(folder.toString());
    Files.delete(place);
    book.witness(store, witness, Samples.NOW);
    assertThat(witness.problem()).isEmpty();
    assertThat(place.resolve("audit.witness")).exists();
  }

  @Test
  void anOrganizationThatNothingIsToldOfHasAHeadFromTheFirstStartOn() {
    store.write(t -> t.put(Tables.ORGANIZATIONS, new Organization(SHOP, "", Samples.NOW)));
    for (int start = 0; start < 3; start++) {
      auditor().requireEnds(store.state());
      book.open(store, new Witness(file()), Samples.NOW);
      AuditChain.Proof proof = auditor().proof(store::state, SHOP);
      assertThat(proof.faults()).isEmpty();
      assertThat(proof.entries()).isEqualTo(1);
      assertThat(proof.keyedFrom()).isEqualTo(1);
    }
  }

  @Test
  void aWitnessThatStaysAwayIsToldOnceUntilSomethingElseIsTold() throws IOException {
    used(2);
    Files.delete(file());
    Path place = Files.createFile(folder.resolve("place"));
    for (int start = 0; start < 3; start++) {
      book.open(store, new Witness(place.resolve("audit.witness")), Samples.NOW);
      assertThat(types()).containsExactly("x", "audit.witness_missing");
    }
    store.write(t -> told(t, SHOP));
    book.open(store, new Witness(place.resolve("audit.witness")), Samples.NOW);
    assertThat(types()).containsExactly("x", "audit.witness_missing", "x", "audit.witness_missing");
  }

  /** As the disk is full. */
  @Test
  void whatAStoreThatTakesNoWritesIsOwedComesBeforeTheNextWitness() throws IOException {
    used(1);
    Files.delete(file());
    store.close();
    Witness witness = new Witness(file());
    auditor().requireEnds(store.state());
    book.open(store, witness, Samples.NOW);
    book.witness(store, witness, Samples.NOW);
    assertThat(witness.problem().orElseThrow()).contains("could not be told");
    assertThat(file()).doesNotExist();
    store = Store.open(folder.resolve("data"));
    book.witness(store, witness, Samples.NOW);
    assertThat(types()).containsExactly("x", "audit.witness_missing");
    assertThat(witness.problem()).isEmpty();
    assertSeen(1, 2);
  }

  private List<String> types() {
    return store.state().rows(Tables.AUDIT).startingWith(SHOP + "/").map(AuditEntry::type).toList();
  }

  /** The chain as an older version would have left it. */
  private void strip(Transaction t) {
    String previous = AuditChain.NOTHING;
    for (AuditEntry e : t.rows(Tables.AUDIT).stream().toList()) {
      AuditEntry old =
          AuditChain.sealed(
              new AuditEntry(
                  e.organization(),
                  e.sequence(),
                  e.at(),
                  e.actor(),
                  e.type(),
                  "forged",
                  e.detail(),
                  previous,
                  "",
                  null));
      t.put(Tables.AUDIT, old);
      previous = old.hash();
    }
    t.remove(Tables.AUDIT_HEADS, SHOP.value());
  }

  @Test
  void findsThatSignaturesHeadsAndWitnessWereTakenAwayTogether() throws IOException {
    used(1);
    store.write(t -> {
      strip(t);
      return SHOP;
    });
    Files.delete(file());
    for (boolean keysToo : new boolean[] {false, true}) {
      if (keysToo)
        store.write(t -> {
          t.rows(Tables.DATA_KEYS).stream()
              .toList()
              .forEach(k -> t.remove(Tables.DATA_KEYS, k.organization().value()));
          return SHOP;
        });
      assertThat(auditor().proof(store::state, SHOP).faults())
          .containsExactly(
              "the signatures and the head were taken away: this installation signs its chains");
      assertThatThrownBy(() -> auditor().requireEnds(store.state()))
          .isInstanceOf(StoreOpenException.class)
          .hasMessageContaining("neither signatures nor a head")
          .hasMessageContaining("Nothing was changed");
    }
  }

  @Test
  void takesAnOldChainOnceAndNotAgain() throws IOException {
    organizations(1);
    loggedIn(store, master);
    store.write(t -> {
      strip(t);
      return SHOP;
    });
    auditor().requireEnds(store.state());
    book.open(store, new Witness(file()), Samples.NOW);
    assertThat(auditor().proof(store::state, SHOP).faults()).isEmpty();
    store.write(t -> {
      strip(t);
      return SHOP;
    });
    Files.delete(file());
    assertThatThrownBy(() -> auditor().requireEnds(store.state()))
        .hasMessageContaining("neither signatures nor a head");
  }

  @Test
  void aTenantIsNotToldWhereTheWitnessLies() throws IOException {
    organizations(1);
    Files.writeString(file(), "");
    assertThat(auditor().proof(store::state, SHOP).faults())
        .containsExactly("the witness cannot be read");
    assertThatThrownBy(() -> auditor().requireEnds(store.state()))
        .hasMessageContaining(file().toString());
  }

  @Test
  void theWitnessIsGivenOnlyWhatMoved() throws IOException {
    int chains = 50;
    Witness witness = used(chains);
    long whole = Files.size(file());
    long before = whole;
    for (int i = 0; i < chains - 1; i++) {
      store.write(t -> told(t, SHOP));
      book.witness(store, witness, Samples.NOW);
      long now = Files.size(file());
      assertThat(now - before).isPositive().isLessThan(whole / 10);
      book.witness(store, witness, Samples.NOW);
      assertThat(Files.size(file())).isEqualTo(now);
      before = now;
      assertSeen(chains, 2 + i);
    }
    store.write(t -> told(t, SHOP));
    book.witness(store, witness, Samples.NOW);
    assertThat(Files.size(file())).isLessThan(whole * 11 / 10);
    assertSeen(chains, chains + 1);
  }

  private void assertSeen(int chains, long sequence) {
    Witness.Seen seen = new Witness(file()).read(AuditBook.key(master));
    assertThat(seen)
        .isInstanceOfSatisfying(
            Witness.Seen.Heads.class,
            heads -> {
              assertThat(heads.of()).hasSize(chains);
              assertThat(heads.of().values())
                  .filteredOn(h -> h.organization().equals(SHOP))
                  .extracting(AuditHead::sequence)
                  .containsExactly(sequence);
            });
  }

  @Test
  void aTornLineIsLeftOutAndAForgedOneIsNot() throws IOException {
    Witness witness = used(10);
    for (int i = 0; i < 3; i++) {
      store.write(t -> told(t, SHOP));
      book.witness(store, witness, Samples.NOW);
    }
    String whole = Files.readString(file());
    Files.writeString(file(), whole.substring(0, whole.length() - 40));
    assertSeen(10, 3);
    // The next process goes on behind it, and leaves nothing that is torn in the middle.
    witness = new Witness(file());
    book.open(store, witness, Samples.NOW);
    assertSeen(10, 4);
    store.write(t -> told(t, SHOP));
    book.witness(store, witness, Samples.NOW);
    assertSeen(10, 5);
    String[] lines = whole.split("\n", -1);
    Files.writeString(file(), lines[0] + "\n" + lines[2] + "\n" + lines[3] + "\n");
    assertThat(new Witness(file()).read(AuditBook.key(master)))
        .isInstanceOf(Witness.Seen.Broken.class);
    // One that somebody put there meanwhile is not gone on with.
    store.write(t -> told(t, SHOP));
    book.witness(store, witness, Samples.NOW);
    assertSeen(10, 6);
  }
}
