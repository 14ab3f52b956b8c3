package dev.steward.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreTest {
  @TempDir Path folder;

  private Store open() {
    return Store.open(folder, Sample.TABLES, List.of());
  }

  @Test
  void keepsRowsIndexesAndBodiesOverReopening() {
    try (Store store = open()) {
      store.write(t -> t.put(Sample.LEFT, new Sample("a", "red", 1)));
      store.write(t -> t.put(Sample.LEFT, new Sample("b", "red", 2)));
      store.write(t -> t.put(Sample.LEFT, new Sample("a", "blue", 3)));
      store.write(t -> t.put(Sample.RIGHT, new Sample("x", "", 1), bytes("first")));
      store.write(t -> t.put(Sample.RIGHT, new Sample("x", "", 2), bytes("second")));
      store.write(t -> t.put(Sample.RIGHT, new Sample("x", "", 3)));
    }
    try (Store store = open()) {
      State state = store.state();
      assertThat(state.rows(Sample.LEFT).where("colour", "red"))
          .extracting(Sample::id)
          .containsExactly("b");
      assertThat(state.rows(Sample.LEFT).where("colour", "blue"))
          .containsExactly(new Sample("a", "blue", 3));
      assertThat(state.find(Sample.RIGHT, "x")).contains(new Sample("x", "", 3));
      assertThat(state.body(Sample.RIGHT, "x").map(String::new)).contains("second");
    }
  }

  /** The writer would wait for another one, and everybody for both. */
  @Test
  void aChangeWritesNothingElse() {
    try (Store store = open();
        Store other = Store.open(folder.resolve("other"), Sample.TABLES, List.of())) {
      for (Store within : List.of(store, other))
        assertThatThrownBy(() ->
                store.write(t -> within.write(u -> u.put(Sample.LEFT, new Sample("a", "", 1)))))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("outside of a write");
      assertThat(other.state().rows(Sample.LEFT).stream()).isEmpty();
    }
  }

  @Test
  void whoWritesWhileItClosesIsAnswered() throws Exception {
    for (int round = 0; round < 10; round++) {
      Store store = Store.open(folder.resolve("closing" + round), Sample.TABLES, List.of());
      CountDownLatch writing = new CountDownLatch(4);
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        for (int i = 0; i < 4; i++) threads.execute(() -> writeUntilClosed(store, writing));
        writing.await();
        store.close();
        threads.shutdown();
        assertThat(threads.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
      }
    }
  }

  private static void writeUntilClosed(Store store, CountDownLatch writing) {
    try {
      while (true) {
        store.write(t -> t.put(Sample.LEFT, new Sample("a", "", 1)));
        writing.countDown();
      }
    } catch (StoreFailedException closed) {
      writing.countDown();
    }
  }

  @Test
  void countsTheRowsOfAValue() {
    try (Store store = open()) {
      for (int i = 0; i < 3; i++) {
        Sample sample = new Sample("k" + i, "red", i);
        store.write(t -> t.put(Sample.LEFT, sample));
      }
      store.write(t -> t.put(Sample.LEFT, new Sample("k0", "blue", 1)));
      store.write(t -> t.remove(Sample.LEFT, "k1"));
      store.write(t -> t.remove(Sample.LEFT, "none"));
    }
    try (Store store = open()) {
      Rows<Sample> rows = store.state().rows(Sample.LEFT);
      assertThat(rows.count("count", "red")).isEqualTo(1);
      assertThat(rows.count("count", "blue")).isEqualTo(1);
      assertThat(rows.count("count", "green")).isZero();
    }
  }

  @Test
  void leavesNoTraceOfAChangeThatThrows() {
    try (Store store = open()) {
      assertThatThrownBy(() ->
              store.write(t -> {
                t.put(Sample.LEFT, new Sample("a", "red", 1));
                throw new IllegalArgumentException("no");
              }))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(store.state().rows(Sample.LEFT).size()).isZero();
    }
    try (Store store = open()) {
      assertThat(store.state().rows(Sample.LEFT).size()).isZero();
    }
  }

  @Test
  void removesRowsAndReclaimsTheirSpace() {
    try (Store store = open()) {
      for (int i = 0; i < 200; i++) {
        Sample sample = new Sample("k" + i, "c", i);
        store.write(t -> t.put(Sample.RIGHT, sample, new byte[10_000]));
      }
      for (int i = 0; i < 199; i++) {
        String key = "k" + i;
        assertThat(store.<Boolean>write(t -> t.remove(Sample.RIGHT, key))).isTrue();
      }
      store.compact();
      assertThat(store.state().body(Sample.RIGHT, "k199"))
          .hasValueSatisfying(b -> assertThat(b).hasSize(10_000));
    }
    try (Store store = open()) {
      assertThat(store.state().rows(Sample.RIGHT).stream())
          .extracting(Sample::id)
          .containsExactly("k199");
      assertThat(store.state().body(Sample.RIGHT, "k199"))
          .hasValueSatisfying(b -> assertThat(b).hasSize(10_000));
    }
  }

  @Test
  void countsEveryOneOfManyConcurrentIncrements() throws Exception {
    try (Store store = open();
        ExecutorService threads = Executors.newFixedThreadPool(16)) {
      var all =
          IntStream.range(0, 400)
              .mapToObj(i ->
                  threads.submit(() ->
                      store.write(t -> {
                        long now = t.find(Sample.LEFT, "n").map(Sample::number).orElse(0L);
                        return t.put(Sample.LEFT, new Sample("n", "", now + 1));
                      })))
              .toList();
      for (var one : all) one.get();
      assertThat(store.state().find(Sample.LEFT, "n").map(Sample::number)).contains(400L);
    }
  }

  @Test
  void showsOneConsistentWorldToAReader() {
    try (Store store = open()) {
      store.write(t -> t.put(Sample.LEFT, new Sample("a", "", 1)));
      State before = store.state();
      store.write(t -> t.put(Sample.LEFT, new Sample("a", "", 2)));
      assertThat(before.find(Sample.LEFT, "a").map(Sample::number)).contains(1L);
    }
  }

  @Test
  void wakesAReaderThatWaitsForAState() throws Exception {
    try (Store store = open();
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      var waiting =
          threads.submit(
              () -> store.await(state -> state.find(Sample.LEFT, "a"), Duration.ofMinutes(5)));
      store.write(t -> t.put(Sample.LEFT, new Sample("a", "", 7)));
      assertThat(waiting.get()).contains(new Sample("a", "", 7));
      assertThat(store.await(state -> Optional.empty(), Duration.ofMillis(1))).isEmpty();
    }
  }

  @Test
  void refusesASecondProcessOnTheFolder() {
    try (Store store = open()) {
      assertThat(store.failure()).isEmpty();
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreOpenException.class)
          .hasMessageContaining("in use by process");
    }
  }

  @Test
  void opensAFolderOfAnOlderSchemaAndRefusesANewerOne() {
    try (Store store = open()) {
      store.write(t -> t.put(Sample.LEFT, new Sample("a", "red", 1)));
      store.write(t -> t.put(Sample.RIGHT, new Sample("b", "red", 1), bytes("kept")));
    }
    List<Migration> steps =
        List.of(
            new Migration(
                2,
                "numbers count from 100",
                Map.of("left", row -> row.put("number", 100 + row.get("number").asLong()))),
            new Migration(
                3, "colours are upper case", Map.of("right", row -> row.put("colour", "RED"))));
    for (int i = 0; i < 2; i++)
      try (Store store = Store.open(folder, Sample.TABLES, steps)) {
        assertThat(store.state().find(Sample.LEFT, "a")).contains(new Sample("a", "red", 101));
        assertThat(store.state().find(Sample.RIGHT, "b")).contains(new Sample("b", "RED", 1));
        assertThat(store.state().body(Sample.RIGHT, "b").map(String::new)).contains("kept");
      }
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreOpenException.class)
        .hasMessageContaining("newer version");
  }

  @Test
  void stopsTakingWritesWhenOneCouldNotBeForced() throws Exception {
    FailingWriter files = new FailingWriter();
    Store store = Store.open(folder, Sample.TABLES, List.of(), files);
    CompletableFuture<String> told = new CompletableFuture<>();
    store.onFailure(failure -> told.complete(failure.getMessage()));
    store.write(t -> t.put(Sample.LEFT, new Sample("a", "", 1)));
    files.broken = true;
    assertThatThrownBy(() -> store.write(t -> t.put(Sample.LEFT, new Sample("a", "", 2))))
        .isInstanceOf(StoreFailedException.class);
    assertThatThrownBy(() -> store.write(t -> t.put(Sample.LEFT, new Sample("b", "", 2))))
        .isInstanceOf(StoreFailedException.class);
    assertThat(store.state().find(Sample.LEFT, "a").map(Sample::number)).contains(1L);
    assertThat(told.get(5, TimeUnit.MINUTES)).contains("could not write");
    store.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A disk that begins to refuse. */
  private static final class FailingWriter extends ForcedFileWriter {
    volatile boolean broken;

    @Override
    void forced(Path file, long length) {
      if (broken) throw new java.io.UncheckedIOException(new java.io.IOException("no space left"));
    }
  }
}
