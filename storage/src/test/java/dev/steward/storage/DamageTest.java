package dev.steward.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Either everything that was acknowledged is there, or nothing is opened and the words say why. */
final class DamageTest {
  private static final int WRITES = 12;

  @TempDir Path folder;
  private int copies;

  /** A folder whose process died with some writes in EclipseStore's files and some not. */
  private Path dead(boolean checkpoint) {
    Path live = folder.resolve("live" + copies);
    try (Store store = open(live)) {
      for (int n = 0; n < WRITES; n++) write(store, n);
      if (checkpoint) store.paused(() -> {});
      for (int n = WRITES; n < 2 * WRITES; n++) write(store, n);
      return Dead.copy(live, folder.resolve("dead" + copies++));
    }
  }

  private static void write(Store store, int n) {
    store.write(t -> {
      t.put(Sample.LEFT, sample(n));
      return t.put(Sample.RIGHT, sample(n), body(n));
    });
  }

  private static Sample sample(int n) {
    return new Sample("k" + n, n % 2 == 0 ? "red" : "blue", n);
  }

  private static byte[] body(int n) {
    return ("body of " + n).repeat(20).getBytes(StandardCharsets.UTF_8);
  }

  private static Store open(Path at) {
    return Store.open(at, Sample.TABLES, List.of());
  }

  private static Path journal(Path at) {
    return at.resolve("state/journal");
  }

  private static void isWhole(Path at) {
    try (Store store = open(at)) {
      check(store.state());
    }
  }

  private static void check(State state) {
    for (int n = 0; n < 2 * WRITES; n++) {
      assertThat(state.find(Sample.LEFT, "k" + n)).contains(sample(n));
      assertThat(state.find(Sample.RIGHT, "k" + n)).contains(sample(n));
      assertThat(state.body(Sample.RIGHT, "k" + n).orElseThrow()).isEqualTo(body(n));
    }
    assertThat(state.rows(Sample.LEFT).size()).isEqualTo(2 * WRITES);
    assertThat(state.rows(Sample.LEFT).where("colour", "red")).hasSize(WRITES);
  }

  private static void isRefused(Path at, String why) {
    assertThatThrownBy(() -> open(at))
        .isInstanceOf(StoreOpenException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("Nothing was opened")
        .hasMessageContaining("steward restore");
  }

  /** Where each whole record of the journal begins, and where the last one ends. */
  private static List<Integer> records(Path journal) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(journal));
    List<Integer> starts = new ArrayList<>(List.of(0));
    long number = all.getLong(8);
    for (int at = 0; all.getLong(at + 8) == number; number++) {
      at += Journal.HEADER + all.getInt(at);
      starts.add(at);
    }
    return starts;
  }

  private interface Damage {
    byte[] of(byte[] journal) throws IOException;
  }

  /** Recovers from the damaged bytes; the file is whole again afterwards. */
  private static void journalIsRefused(Path dead, long applied, String what, Damage damage)
      throws IOException {
    Path journal = journal(dead);
    byte[] whole = Files.readAllBytes(journal);
    byte[] damaged = damage.of(whole.clone());
    Files.write(journal, damaged);
    assertThatThrownBy(() -> Recovery.of(journal, applied, false))
        .as(what)
        .isInstanceOf(StoreOpenException.class)
        .hasMessageContaining("Nothing was opened");
    assertThat(Arrays.equals(Files.readAllBytes(journal), damaged)).as(what).isTrue();
    Files.write(journal, whole);
  }

  @Test
  void noDamageOfTheJournalLosesAnAcknowledgedWriteInSilence() throws IOException {
    Path dead = dead(true);
    List<Integer> starts = records(journal(dead));
    assertThat(starts).hasSize(WRITES + 1);
    int end = starts.getLast();
    long applied = WRITES;
    Random random = new Random(7);
    for (int i = 0; i < 150; i++) {
      int record = random.nextInt(WRITES);
      // Half of them in the header, where a length or a number is wrong then.
      int at =
          i % 2 == 0 ? starts.get(record) + random.nextInt(Journal.HEADER) : random.nextInt(end);
      int bit = 1 << random.nextInt(8);
      journalIsRefused(
          dead,
          applied,
          "flipped " + at,
          bytes -> {
            bytes[at] ^= (byte) bit;
            return bytes;
          });
    }
    for (int i = 0; i < 40; i++) {
      int cut = random.nextInt(end);
      journalIsRefused(dead, applied, "cut at " + cut, bytes -> Arrays.copyOf(bytes, cut));
      journalIsRefused(
          dead,
          applied,
          "zeros from " + cut,
          bytes -> {
            Arrays.fill(bytes, cut, Math.min(end, cut + 1 + random.nextInt(5_000)), (byte) 0);
            return bytes;
          });
    }
    for (int r = 0; r + 1 < WRITES; r++) {
      int from = starts.get(r);
      int middle = starts.get(r + 1);
      int to = starts.get(r + 2);
      journalIsRefused(
          dead,
          applied,
          "swapped " + r,
          bytes -> {
            byte[] first = Arrays.copyOfRange(bytes, from, middle);
            System.arraycopy(bytes, middle, bytes, from, to - middle);
            System.arraycopy(first, 0, bytes, from + to - middle, first.length);
            return bytes;
          });
    }
    isWhole(dead);
  }

  /** After a power loss the mark may be of long ago: then a later record that is whole tells. */
  @Test
  void damageBeforeAWholeRecordIsToldWithoutTheMarkToo() throws IOException {
    Path dead = dead(true);
    Files.delete(Journal.markOf(journal(dead)));
    List<Integer> starts = records(journal(dead));
    Random random = new Random(11);
    for (int i = 0; i < 60; i++) {
      int at = random.nextInt(starts.get(WRITES - 1));
      journalIsRefused(
          dead,
          WRITES,
          "flipped " + at,
          bytes -> {
            bytes[at] ^= 4;
            return bytes;
          });
    }
    isWhole(dead);
  }

  @Test
  void whatWasNeverForcedIsCutAndKeptAside() throws IOException {
    Path dead = dead(true);
    Path journal = journal(dead);
    int end = records(journal).getLast();
    byte[] payload = new byte[700];
    ByteBuffer torn = ByteBuffer.allocate(Journal.HEADER + payload.length);
    torn.putInt(payload.length).putInt(Journal.checksum(2 * WRITES + 1, payload) + 1);
    torn.putLong(2 * WRITES + 1).flip();
    try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
      channel.write(torn, end);
    }
    isWhole(dead);
    assertThat(dead.resolve("set-aside/journal-" + (2 * WRITES + 1) + ".torn")).exists();
    isWhole(dead);
  }

  @Test
  void aJournalThatIsMissingOrOlderIsTold() throws IOException {
    Path dead = dead(false);
    byte[] now = Files.readAllBytes(journal(dead));
    List<Integer> starts = records(journal(dead));
    Files.delete(journal(dead));
    isRefused(dead, "is missing");
    // As it was some writes ago: whole in itself.
    byte[] older = now.clone();
    Arrays.fill(older, starts.get(starts.size() - 3), starts.getLast(), (byte) 0);
    Files.write(journal(dead), older);
    isRefused(dead, "an older one");
    Files.write(journal(dead), new byte[Journal.LENGTH]);
    isRefused(dead, "an older one");
    Files.write(journal(dead), now);
    isWhole(dead);
  }

  @Test
  void filesThatAreOlderThanTheJournalAreTold() throws IOException {
    Path live = folder.resolve("rolled");
    try (Store store = open(live)) {
      write(store, 0);
      store.paused(() -> {});
      Path older = Dead.copy(live, folder.resolve("older"));
      write(store, 1);
      store.paused(() -> {});
      write(store, 2);
      Path dead = Dead.copy(live, folder.resolve("newer"));
      for (String name : List.of("channel_0_1.dat", "transactions_0.sft"))
        Files.copy(
            older.resolve("state/channel_0").resolve(name),
            dead.resolve("state/channel_0").resolve(name),
            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      isRefused(dead, "is damaged between byte");
      Files.delete(dead.resolve("state/segments"));
      isRefused(dead, "older than the journal");
    }
  }

  @Test
  void filesThatAreGoneAreTold() throws IOException {
    Path dead = dead(true);
    try (var files = Files.walk(dead.resolve("state/channel_0"))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList())
        Files.delete(file);
    }
    isRefused(dead, "");
  }

  /** EclipseStore would make anything of it, from other data to a fault of the machine. */
  @Test
  void damageOfTheFilesIsToldBeforeTheyAreRead() throws IOException {
    Path live = folder.resolve("closed");
    try (Store store = open(live)) {
      for (int n = 0; n < 2 * WRITES; n++) write(store, n);
    }
    Random random = new Random(3);
    for (String name : List.of("channel_0_1.dat", "transactions_0.sft")) {
      int length = (int) Files.size(live.resolve("state/channel_0").resolve(name));
      for (int i = 0; i < 25; i++) {
        int at = i == 0 ? length - 1 : random.nextInt(length);
        Path copy = Dead.copy(live, folder.resolve("flipped" + copies++));
        Dead.flip(copy.resolve("state/channel_0").resolve(name), at, 1 << random.nextInt(8));
        isRefused(copy, name + " is damaged between byte");
      }
    }
  }

  /** The same without the checksums of the files: rows and bodies have their own. */
  @Test
  void aRowAndABodyCarryTheirOwnChecksums() throws IOException {
    Path live = folder.resolve("closed");
    try (Store store = open(live)) {
      for (int n = 0; n < 2 * WRITES; n++) write(store, n);
    }
    String file = "state/channel_0/channel_0_1.dat";
    Files.delete(live.resolve("state/segments"));
    byte[] whole = Files.readAllBytes(live.resolve(file));
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    for (int n = 0; n < 8; n++) {
      Path copy = Dead.copy(live, folder.resolve("row" + n));
      Dead.flip(copy.resolve(file), text.lastIndexOf("\"number\":" + n) + 9, 1);
      isRefused(copy, "does not match its checksum");
    }
    Dead.flip(live.resolve(file), text.lastIndexOf("body of 5") + 8, 1);
    try (Store store = open(live)) {
      assertThatThrownBy(() -> store.state().body(Sample.RIGHT, "k5"))
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining("the body of k5 in table right does not match its checksum");
      assertThat(store.state().body(Sample.RIGHT, "k6")).contains(body(6));
    }
  }

  @Test
  void aRowThatIsMissingFromItsTableIsTold() {
    Tally tally = new Tally("left");
    tally.add(7);
    tally.add(9);
    Tally found = new Tally("left");
    found.add(7);
    assertThatThrownBy(() -> found.compare(tally.kept()))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("has 1 rows and should have 2");
    found.add(8);
    assertThatThrownBy(() -> found.compare(tally.kept()))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("not the newest");
  }

  @Test
  void aFolderOfBeforeThereWereChecksumsOpensAndHasThemThen() throws IOException {
    Path old = folder.resolve("old");
    try (ZipInputStream zip =
        new ZipInputStream(DamageTest.class.getResourceAsStream("/folders/before-checksums.zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
        if (!entry.isDirectory()) Durably.write(old.resolve(entry.getName()), zip.readAllBytes());
    }
    for (int i = 0; i < 2; i++)
      try (Store store = open(old)) {
        State state = store.state();
        assertThat(state.rows(Sample.LEFT).size()).isEqualTo(39);
        assertThat(state.find(Sample.LEFT, "k1")).contains(new Sample("k1", "green", 101));
        assertThat(state.find(Sample.LEFT, "k7")).isEmpty();
        assertThat(state.body(Sample.RIGHT, "k2").map(String::new)).contains("newer body");
        assertThat(state.body(Sample.RIGHT, "k3").map(String::new)).contains("body of 3");
      }
    Path data = old.resolve("state/channel_0/channel_0_1.dat");
    String text = new String(Files.readAllBytes(data), StandardCharsets.ISO_8859_1);
    Dead.flip(data, text.lastIndexOf("\"number\":5") + 9, 2);
    isRefused(old, "is damaged between byte");
    Files.delete(old.resolve("state/segments"));
    isRefused(old, "does not match its checksum");
  }
}
