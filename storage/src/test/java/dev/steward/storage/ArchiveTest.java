package dev.steward.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.model.Json;
import dev.steward.model.Switch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A restored folder holds exactly what was backed up, and what is refused leaves nothing. */
final class ArchiveTest {
  @TempDir Path folder;
  private Path archive;
  private Path target;
  private String blob;

  @BeforeEach
  void backup() {
    archive = folder.resolve("backup.zip");
    target = folder.resolve("restored");
    Path live = folder.resolve("live");
    blob = new Blobs(live.resolve("blobs")).put("a blob".getBytes(StandardCharsets.UTF_8));
    try (Store store = Store.open(live)) {
      store.write(t ->
          t.put(Tables.SWITCHES, new Switch("installation", true, "why", "me", Instant.EPOCH)));
      Archive.backup(store, live, archive);
      store.write(t -> t.remove(Tables.SWITCHES, "installation"));
    }
  }

  private Map<String, byte[]> entries() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
        entries.put(entry.getName(), zip.readAllBytes());
    }
    return entries;
  }

  private void write(Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
  }

  /** Adds an entry that the manifest names rightly. */
  private static void add(Map<String, byte[]> entries, String name, byte[] content) {
    entries.put(name, content);
    edit(
        entries,
        manifest -> {
          ObjectNode part = ((ArrayNode) manifest.get("parts")).addObject();
          part.put("path", name).put("size", content.length).put("sha256", Blobs.digest(content));
        });
  }

  private static void edit(Map<String, byte[]> entries, Consumer<ObjectNode> change) {
    ObjectNode manifest =
        Json.read(entries.getOrDefault(Manifest.NAME, new byte[0]), ObjectNode.class);
    change.accept(manifest);
    entries.put(Manifest.NAME, Json.bytes(manifest));
  }

  private void isRefused(String why) throws IOException {
    assertThatThrownBy(() -> Archive.restore(archive, target, false))
        .isInstanceOf(StoreOpenException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("Nothing was written");
    assertThat(target).doesNotExist();
    try (var left = Files.list(folder)) {
      assertThat(left.map(f -> String.valueOf(f.getFileName())))
          .containsExactlyInAnyOrder("backup.zip", "live");
    }
  }

  private void isWhole() {
    try (Store store = Store.open(target)) {
      assertThat(store.state().find(Tables.SWITCHES, "installation").map(Switch::reason))
          .contains("why");
      assertThat(new Blobs(target.resolve("blobs")).get(blob)).isPresent();
    }
  }

  @Test
  void bringsBackWhatWasThere() throws IOException {
    assertThat(entries().keySet().iterator().next()).isEqualTo(Manifest.NAME);
    Archive.restore(archive, target, false);
    isWhole();
    assertThatThrownBy(() -> Archive.restore(archive, target, false))
        .hasMessageContaining("is not empty");
    isWhole();
  }

  @Test
  void takesAFolderThatIsEmptyOrHasTheKey() throws IOException {
    Files.createDirectory(target);
    Files.writeString(target.resolve("master.key"), "key");
    Archive.restore(archive, target, false);
    isWhole();
    assertThat(target.resolve("master.key")).hasContent("key");
    assertThat(target.resolve(".restoring")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blobs/../master.key",
        "blobs/../../outside",
        "state/../master.key",
        "/etc/steward",
        "state\\..\\master.key",
        "state/channel_0/..\\x.dat",
        "C:/state/journal",
        "state//journal",
        "state/./journal",
        "State/journal",
        "STATE/JOURNAL",
        "state/channel_0/x\u0000.dat",
        "state/channel_0/",
        "blobs/ab/",
        "blobs/ab/cd",
        "master.key",
        "admin.token",
        "temporal/temporal.db",
        "state/journal.new",
        "manifest.json/x"
      })
  void refusesNamesThatNoBackupHas(String name) throws IOException {
    Map<String, byte[]> entries = entries();
    add(entries, name, name.endsWith("/") ? new byte[0] : new byte[] {1, 2, 3});
    write(entries);
    isRefused("which no backup has");
    // The same without a word in the manifest.
    entries = entries();
    edit(entries, m -> ((ArrayNode) m.get("parts")).remove(m.get("parts").size() - 1));
    write(entries);
    isRefused("does not name");
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    byte[] whole = Files.readAllBytes(archive);
    Files.writeString(archive, "some text");
    isRefused("no zip file");
    Files.write(archive, new byte[0]);
    isRefused("no zip file");
    for (int part = 1; part < 8; part++) {
      Files.write(archive, Arrays.copyOf(whole, whole.length * part / 8));
      isRefused("no zip file");
    }
    write(new LinkedHashMap<>(Map.of("hello.txt", new byte[3])));
    isRefused("no manifest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state/journal",
        "state/PersistenceTypeDictionary.ptd",
        "state/channel_0/transactions_0.sft"
      })
  void refusesOneWithoutWhatEveryBackupHas(String name) throws IOException {
    Map<String, byte[]> entries = entries();
    entries.remove(name);
    write(entries);
    isRefused(name + " is missing");
    edit(
        entries,
        manifest -> {
          ArrayNode parts = (ArrayNode) manifest.get("parts");
          for (int i = parts.size() - 1; i >= 0; i--)
            if (parts.get(i).get("path").asText().equals(name)) parts.remove(i);
        });
    write(entries);
    isRefused(name + " is missing");
  }

  @Test
  void refusesContentThatIsNotWhatTheManifestSays() throws IOException {
    for (String name : entries().keySet()) {
      Map<String, byte[]> entries = entries();
      byte[] content = entries.getOrDefault(name, new byte[0]);
      byte[] kept = content.clone();
      if (name.equals(Manifest.NAME)) continue;
      content[content.length / 2] ^= 1;
      write(entries);
      isRefused("is not what its manifest says");
      entries.put(name, Arrays.copyOf(kept, kept.length - 1));
      write(entries);
      isRefused("has not the size");
      entries.put(name, kept);
      write(entries);
    }
  }

  /** The manifest may be made to fit: then the store's own checksums speak. */
  @Test
  void refusesADamagedStoreUnderARightManifest() throws IOException {
    Map<String, byte[]> entries = entries();
    String name = "state/channel_0/channel_0_1.dat";
    byte[] content = entries.getOrDefault(name, new byte[0]);
    content[content.length / 2] ^= 1;
    edit(
        entries,
        manifest ->
            manifest
                .get("parts")
                .forEach(part -> {
                  if (part.get("path").asText().equals(name))
                    ((ObjectNode) part).put("sha256", Blobs.digest(content));
                }));
    write(entries);
    isRefused("what it holds is damaged");
  }

  /**
   * Two entries of one name, where each reader takes the one it likes. No writer makes such an
   * archive, so it is made from one whose names differ in a letter.
   */
  @ParameterizedTest
  @ValueSource(strings = {"state/journal", "state/PersistenceTypeDictionary.ptd", Manifest.NAME})
  void refusesTwoEntriesOfOneName(String name) throws IOException {
    for (boolean same : new boolean[] {true, false}) {
      Map<String, byte[]> entries = entries();
      String other = name.substring(0, name.length() - 1) + "#";
      byte[] content = entries.getOrDefault(name, new byte[0]);
      entries.put(other, same ? content : new byte[content.length]);
      write(entries);
      byte[] bytes = Files.readAllBytes(archive);
      byte[] wanted = other.getBytes(StandardCharsets.US_ASCII);
      int renamed = 0;
      for (int at = 0; at + wanted.length <= bytes.length; at++)
        if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
          bytes[at + wanted.length - 1] = (byte) name.charAt(name.length() - 1);
          renamed++;
        }
      // Before the content and in the directory at the end.
      assertThat(renamed).isEqualTo(2);
      Files.write(archive, bytes);
      isRefused(name + " is there twice");
      assertThatThrownBy(() -> Archive.restore(archive, target, true))
          .hasMessageContaining(name + " is there twice");
      assertThat(target).doesNotExist();
    }
  }

  @Test
  void refusesBombs() throws IOException {
    Map<String, byte[]> entries = entries();
    add(entries, "state/channel_0/channel_0_99.dat", new byte[200 << 20]);
    write(entries);
    isRefused("far more than a backup of its size has");
    entries.remove("state/channel_0/channel_0_99.dat");
    edit(
        entries,
        manifest ->
            manifest.get("parts").forEach(part -> ((ObjectNode) part).put("size", Long.MAX_VALUE)));
    write(entries);
    isRefused("");
    // A manifest of its own size is bounded too.
    ByteArrayOutputStream large = new ByteArrayOutputStream();
    large.writeBytes("{\"format\":1,\"parts\":[".getBytes(StandardCharsets.US_ASCII));
    large.writeBytes(new byte[80 << 20]);
    entries.put(Manifest.NAME, large.toByteArray());
    write(entries);
    isRefused("manifest is too large");
  }

  @Test
  void takesAnArchiveOfBeforeOnlyWhenToldTo() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.remove(Manifest.NAME);
    write(entries);
    isRefused("--unverified");
    Archive.restore(archive, target, true);
    isWhole();
  }

  @Test
  void keepsEverythingToItsOwner() throws IOException {
    Archive.restore(archive, target, false);
    Files.setPosixFilePermissions(
        target.resolve("state/journal"), PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(
        target.resolve("blobs"), PosixFilePermissions.fromString("rwxr-xr-x"));
    isWhole();
    for (Path top : new Path[] {target, folder.resolve("live")})
      try (var all = Files.walk(top)) {
        for (Path one : all.toList())
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
              .as(one.toString())
              .isEqualTo(Files.isDirectory(one) ? "rwx------" : "rw-------");
      }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
        .isEqualTo("rw-------");
  }

  @Test
  void aWholeFolderIsVerifiedAndWhatIsDamagedIsNamed() throws IOException {
    Path live = folder.resolve("live");
    assertThat(Verification.of(live).faults()).isEmpty();
    Dead.flip(live.resolve("blobs").resolve(blob.substring(0, 2)).resolve(blob), 0, 1);
    Dead.flip(live.resolve("state/channel_0/channel_0_1.dat"), 5_000, 1);
    assertThat(Verification.of(live).faults())
        .hasSize(2)
        .anySatisfy(f -> assertThat(f).contains("channel_0_1.dat is damaged between byte"))
        .anySatisfy(f -> assertThat(f).contains("the blob " + blob + " is damaged"));
  }
}
