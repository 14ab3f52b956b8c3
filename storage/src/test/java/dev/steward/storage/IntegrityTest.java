package dev.steward.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Disconnection;
import dev.steward.model.Forgotten;
import dev.steward.model.Json;
import dev.steward.storage.Integrity.Content;
import dev.steward.storage.Integrity.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A small installation in which everything that can be named is there, and copies that lack it. */
final class IntegrityTest {
  @TempDir private Path folder;

  /** Of an export: where it says {@code blob-1}, it names a blob. */
  @BeforeEach
  void fill() throws IOException {
    Blobs blobs = new Blobs(folder.resolve("whole/blobs"));
    String rows;
    try (InputStream in =
        Objects.requireNonNull(IntegrityTest.class.getResourceAsStream("/installation.jsonl"))) {
      rows = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (int i = 1; i <= Integrity.BLOBS.size(); i++)
      rows = rows.replace("blob-" + i, blobs.put(new byte[] {(byte) i}));
    String all = rows;
    try (Store store = Store.open(folder.resolve("whole"))) {
      store.<Boolean>write(t -> {
        all.lines()
            .forEach(
                line -> put(t, Json.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class)));
        return true;
      });
    }
  }

  private static void put(Transaction t, JsonNode line) {
    for (Table<?> table : Tables.ALL)
      if (table.name().equals(line.path("table").asText())) put(t, table, line.path("row"));
  }

  private static <V> void put(Transaction t, Table<V> table, JsonNode row) {
    V value = Json.read(Json.bytes(row), table.type());
    if (table.bodies()) t.put(table, value, new byte[] {1});
    else t.put(table, value);
  }

  private Path copy() {
    Path copy = folder.resolve("copy" + System.nanoTime());
    try (Stream<Path> all = Files.walk(folder.resolve("whole"))) {
      for (Path from : (Iterable<Path>) all.filter(p -> !p.endsWith("lock"))::iterator)
        Files.copy(from, copy.resolve(folder.resolve("whole").relativize(from)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return copy;
  }

  @Test
  void aWholeInstallationHasNoFaults() {
    Verification whole = Verification.of(copy());
    assertThat(whole.faults()).isEmpty();
    assertThat(whole.counted()).noneMatch(line -> line.contains("no row names"));
  }

  @TestFactory
  Stream<DynamicTest> aRowThatIsNamedAndMissingIsToldWithWhoNamesIt() {
    return Integrity.ROWS.stream()
        .map(r ->
            DynamicTest.dynamicTest(
                r.from().name() + " name " + r.to().name(), () -> lacksRows(r)));
  }

  private <V> void lacksRows(Reference<V> reference) {
    Path copy = copy();
    V naming;
    String named;
    try (Store store = Store.open(copy)) {
      naming =
          store.state().rows(reference.from()).stream()
              .filter(row -> reference.names().apply(row).findAny().isPresent())
              .findFirst()
              .orElseThrow();
      named = reference.names().apply(naming).findFirst().orElseThrow();
      assertThat(store.<Boolean>write(t -> t.remove(reference.to(), named))).isTrue();
    }
    assertThat(Verification.of(copy).faults())
        .contains(
            reference.from().name()
                + " "
                + reference.from().key().apply(naming).replace('\n', '/')
                + " names what is not there: "
                + named.replace('\n', '/')
                + " of "
                + reference.to().name());
  }

  @TestFactory
  Stream<DynamicTest> aBlobThatIsNamedAndMissingIsToldWithWhoNamesIt() {
    return Integrity.BLOBS.stream()
        .map(c ->
            DynamicTest.dynamicTest("blobs that " + c.from().name() + " name", () -> lacksBlob(c)));
  }

  private <V> void lacksBlob(Content<V> content) {
    Path copy = copy();
    String blob;
    String naming;
    try (Store store = Store.open(copy)) {
      V row = store.state().rows(content.from()).stream().findFirst().orElseThrow();
      naming = content.from().name() + " " + content.from().key().apply(row).replace('\n', '/');
      blob = Objects.requireNonNull(content.digest().apply(row));
    }
    assertThat(new Blobs(copy.resolve("blobs")).delete(blob)).isTrue();
    assertThat(Verification.of(copy).faults())
        .containsExactly(naming + " names what is not there: the blob " + blob);
  }

  @Test
  void aBlobThatNothingNamesIsToldAndIsNoFault() {
    Path copy = copy();
    String orphan = new Blobs(copy.resolve("blobs")).put(new byte[] {99});
    Verification told = Verification.of(copy);
    assertThat(told.faults()).isEmpty();
    assertThat(told.counted())
        .contains("1 blobs that no row names, which harms nothing: " + orphan);
    assertThat(new Blobs(copy.resolve("blobs")).get(orphan)).isPresent();
  }

  @Test
  void aBackupIsTakenBackWithWhateverItNames() {
    Path copy = copy();
    Path archive = folder.resolve("backup.zip");
    try (Store store = Store.open(copy)) {
      store.<Boolean>write(t -> t.remove(Tables.SCANS, "scn_keep"));
      Archive.backup(store, copy, archive);
    }
    Archive.restore(archive, folder.resolve("back"), false);
    assertThat(Verification.of(folder.resolve("back")).faults()).hasSize(1);
  }

  @Test
  void whatRunningVersionsLeaveBehindIsNoFault() {
    Path copy = copy();
    Instant later = Instant.parse("2026-03-02T00:00:00Z");
    try (Store store = Store.open(copy)) {
      store.<Boolean>write(t -> {
        // Versions of before forgot what was named.
        t.put(Tables.FORGOTTEN, new Forgotten("scans", "acc_keep", 1, later));
        t.put(Tables.FORGOTTEN, new Forgotten("findings", "acc_keep", 1, later));
        t.remove(Tables.SCANS, "scn_keep");
        return true;
      });
    }
    assertThat(Verification.of(copy).faults()).isEmpty();
    try (Store store = Store.open(copy)) {
      store.<Boolean>write(t -> t.remove(Tables.FINDINGS, "fnd_keep"));
    }
    assertThat(Verification.of(copy).faults()).isEmpty();
    try (Store store = Store.open(copy)) {
      // A disconnection that has not got to the end.
      store.<Boolean>write(t -> {
        var account = t.find(Tables.ACCOUNTS, "acc_keep").orElseThrow();
        t.rows(Tables.ONBOARDINGS)
            .last()
            .ifPresent(o -> t.put(Tables.ONBOARDINGS, o.disconnected()));
        t.put(
            Tables.DISCONNECTIONS, new Disconnection(account.id(), account.organization(), later));
        return t.remove(Tables.ACCOUNTS, "acc_keep");
      });
    }
    assertThat(Verification.of(copy).faults()).isEmpty();
  }
}
