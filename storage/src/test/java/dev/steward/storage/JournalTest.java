package dev.steward.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    assertThat(running.failure()).isEmpty();
    return Dead.copy(folder.resolve("live"), folder.resolve("dead"));
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
      Path dead = dead(store);
      // The machine died while the second was written: the disk had part of it, and nobody an
      // answer.
      byte[] mark = Files.readAllBytes(dead.resolve("state/journal.mark"));
      store.write(t -> t.put(Sample.LEFT, sample(2)));
      Path journal = folder.resolve("live/state/journal");
      Files.copy(journal, dead.resolve("state/journal"), StandardCopyOption.REPLACE_EXISTING);
      Files.write(dead.resolve("state/journal.mark"), mark);
      int first = ByteBuffer.wrap(Files.readAllBytes(journal)).getInt();
      Dead.flip(dead.resolve("state/journal"), 16L + first + 16 + 10, 0x7f);
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
