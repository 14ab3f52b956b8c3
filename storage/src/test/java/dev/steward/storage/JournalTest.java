package dev.steward.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a process that died had acknowledged: its folder is copied while it runs, as the disk would
 * look then.
 */
final class JournalTest {
  @TempDir Path folder;

  private Path dead(Store running) {
    Path copy = folder.resolve("dead");
    assertThat(running.failure()).isEmpty();
    try (var files = Files.walk(folder.resolve("live/state"))) {
      for (Path file : files.toList()) {
        Path target = copy.resolve(folder.resolve("live").relativize(file).toString());
        if (Files.isDirectory(file)) Files.createDirectories(target);
        else Files.copy(file, target);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return copy;
  }

  private Store live() {
    return Store.open(folder.resolve("live"), Sample.TABLES, List.of());
  }

  private static Sample sample(long number) {
    return new Sample("k" + number % 3, "red", number);
  }

  @Test
  void replaysWhatWasNotInTheFilesYet() {
    try (Store store = live()) {
      for (long n = 0; n < 50; n++) {
        Sample sample = sample(n);
        store.write(t -> t.put(Sample.LEFT, sample));
        store.write(t -> t.put(Sample.RIGHT, sample, new byte[] {(byte) sample.number()}));
      }
      store.write(t -> t.remove(Sample.LEFT, "k0"));
      try (Store after = Store.open(dead(store), Sample.TABLES, List.of())) {
        assertThat(after.state().rows(Sample.LEFT).stream())
            .containsExactly(sample(49), sample(47));
        assertThat(after.state().body(Sample.RIGHT, "k2").orElseThrow()).containsExactly(47);
        after.write(t -> t.put(Sample.LEFT, sample(51)));
      }
      try (Store again = Store.open(folder.resolve("dead"), Sample.TABLES, List.of())) {
        assertThat(again.state().find(Sample.LEFT, "k0")).contains(sample(51));
      }
    }
  }

  @Test
  void bringsReplayedRowsUpToTheSchema() {
    Migration step = new Migration(2, "blue", Map.of("left", row -> row.put("colour", "blue")));
    try (Store store = live()) {
      store.write(t -> t.put(Sample.LEFT, sample(1)));
      try (Store after = Store.open(dead(store), Sample.TABLES, List.of(step))) {
        assertThat(after.state().find(Sample.LEFT, "k1").map(Sample::colour)).contains("blue");
        assertThat(after.state().rows(Sample.LEFT).where("colour", "blue")).hasSize(1);
      }
    }
  }

  @Test
  void stopsAtARecordThatIsTorn() throws IOException {
    try (Store store = live()) {
      store.write(t -> t.put(Sample.LEFT, sample(1)));
      store.write(t -> t.put(Sample.LEFT, sample(2)));
      Path dead = dead(store);
      try (RandomAccessFile journal =
          new RandomAccessFile(dead.resolve("state/journal").toFile(), "rw")) {
        int first = journal.readInt();
        journal.seek(16L + first + 16 + 10);
        journal.write(0x7f);
      }
      try (Store after = Store.open(dead, Sample.TABLES, List.of())) {
        assertThat(after.state().rows(Sample.LEFT).stream()).containsExactly(sample(1));
      }
    }
  }

  @Test
  void takesAWriteThatIsLargerThanTheJournal() {
    try (Store store = live()) {
      store.write(t -> t.put(Sample.LEFT, sample(1)));
      store.write(t -> t.put(Sample.RIGHT, sample(2), new byte[Journal.LENGTH + 1]));
      store.write(t -> t.put(Sample.LEFT, sample(3)));
      try (Store after = Store.open(dead(store), Sample.TABLES, List.of())) {
        assertThat(after.state().rows(Sample.LEFT).size()).isEqualTo(2);
        assertThat(after.state().body(Sample.RIGHT, "k2").orElseThrow())
            .hasSize(Journal.LENGTH + 1);
      }
    }
  }
}
