package dev.steward.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A store beside a plain map: whatever is written, removed, refused, compacted and opened again,
 * both hold the same.
 */
final class StoreProperties {
  private static final int STEPS = 400;

  /** Few keys that begin alike, so that they meet, and what may part index entries in them. */
  private static final String[] KEYS = {
    "a", "a/b", "a/b/c", "ab", "a b", "b", "ä", "z\u0000", "0", "a\u0001b", "\uD834\uDD1E"
  };

  private static final String[] COLOURS = {"", "red", "red/dark", "re", "d", "r\u0000ed"};

  @TempDir Path folder;

  private final Map<String, Sample> left = new TreeMap<>();
  private final Map<String, Sample> right = new TreeMap<>();
  private final Map<String, String> bodies = new HashMap<>();

  private Store open() {
    return Store.open(folder, Sample.TABLES, List.of());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void holdsWhatAPlainMapHolds(long seed) {
    Random random = new Random(seed);
    Store store = open();
    try {
      for (int step = 0; step < STEPS; step++) {
        one(store, random, step);
        if (random.nextInt(100) == 0) {
          store.close();
          store = open();
        }
        if (random.nextInt(150) == 0) store.compact();
        if (step % 20 == 0) same(store.state(), "seed " + seed + ", step " + step);
      }
      same(store.state(), "seed " + seed + ", at the end");
    } finally {
      store.close();
    }
    try (Store again = open()) {
      same(again.state(), "seed " + seed + ", opened again");
    }
  }

  private static <T> T any(Random random, T[] of) {
    return of[random.nextInt(of.length)];
  }

  /** One transaction of some changes; some of them come to nothing. */
  private void one(Store store, Random random, int step) {
    Map<String, Sample> thenLeft = new TreeMap<>(left);
    Map<String, Sample> thenRight = new TreeMap<>(right);
    Map<String, String> thenBodies = new HashMap<>(bodies);
    boolean fails = random.nextInt(10) == 0;
    List<Predicate<Transaction>> changes = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      String key = any(random, KEYS);
      Sample sample = new Sample(key, any(random, COLOURS), step);
      String body = "body " + step;
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          thenLeft.put(key, sample);
          changes.add(t -> t.put(Sample.LEFT, sample) == sample);
        }
        case 2 -> {
          boolean there = thenLeft.remove(key) != null;
          changes.add(t -> t.remove(Sample.LEFT, key) == there);
        }
        case 3 -> {
          thenRight.put(key, sample);
          thenBodies.put(key, body);
          changes.add(t -> t.put(Sample.RIGHT, sample, bytes(body)) == sample);
        }
        case 4 -> {
          thenRight.put(key, sample);
          changes.add(t -> t.put(Sample.RIGHT, sample) == sample);
        }
        default -> {
          boolean there = thenRight.remove(key) != null;
          thenBodies.remove(key);
          changes.add(t -> t.remove(Sample.RIGHT, key) == there);
        }
      }
    }
    if (fails) {
      assertThatThrownBy(() ->
              store.write(t -> {
                changes.forEach(change -> assertThat(change.test(t)).isTrue());
                throw new IllegalStateException("no");
              }))
          .hasMessage("no");
      return;
    }
    boolean all = store.write(t -> changes.stream().allMatch(change -> change.test(t)));
    assertThat(all).isTrue();
    left.clear();
    left.putAll(thenLeft);
    right.clear();
    right.putAll(thenRight);
    bodies.clear();
    bodies.putAll(thenBodies);
  }

  private void same(State state, String when) {
    Rows<Sample> rows = state.rows(Sample.LEFT);
    assertThat(rows.stream()).as(when).containsExactlyElementsOf(left.values());
    assertThat(rows.size()).as(when).isEqualTo(left.size());
    assertThat(state.rows(Sample.RIGHT).stream())
        .as(when)
        .containsExactlyElementsOf(right.values());
    for (String colour : COLOURS) {
      List<Sample> ofIt = left.values().stream().filter(s -> s.colour().equals(colour)).toList();
      assertThat(rows.where("colour", colour)).as(when).containsExactlyElementsOf(ofIt);
      assertThat(rows.count("count", colour)).as(when).isEqualTo(ofIt.size());
    }
    for (String key : KEYS) {
      assertThat(rows.find(key).orElse(null)).as(when).isEqualTo(left.get(key));
      assertThat(rows.startingWith(key))
          .as(when)
          .containsExactlyElementsOf(
              left.values().stream().filter(s -> s.id().startsWith(key)).toList());
      assertThat(rows.last(key).orElse(null))
          .as(when)
          .isEqualTo(
              left.values().stream()
                  .filter(s -> s.id().startsWith(key))
                  .reduce((a, b) -> b)
                  .orElse(null));
      // Without a body it has an empty one once it lies on disk.
      assertThat(state.body(Sample.RIGHT, key).map(String::new).orElse(""))
          .as(when)
          .isEqualTo(bodies.getOrDefault(key, ""));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  // Parts

  @Test
  void keysAreSortedAsTextWhateverIsInThem() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      Map<String, Integer> map = new HashMap<>();
      for (int i = random.nextInt(60); i > 0; i--) {
        StringBuilder key = new StringBuilder(random.nextBoolean() ? "same/begin/" : "");
        for (int c = random.nextInt(12); c > 0; c--)
          key.append((char) (random.nextInt(4) == 0 ? random.nextInt(0xffff) : random.nextInt(3)));
        map.put(key.toString(), i);
      }
      List<Map.Entry<String, Integer>> entries = new ArrayList<>(map.entrySet());
      List<Map.Entry<String, Integer>> sorted = Sorted.byKey(entries);
      assertThat(sorted).containsExactlyElementsOf(new TreeMap<>(map).entrySet());
      assertThat(Sorted.tree(sorted)).isEqualTo(map);
    }
  }

  @Test
  void aMarkIsReadAsItWasLastWrittenAndNotWhenItIsTorn() throws Exception {
    Path file = folder.resolve("mark");
    assertThat(Mark.read(file)).isEmpty();
    try (Mark mark = Mark.open(file)) {
      assertThat(Mark.read(file)).as("nothing was said").isEmpty();
      for (long i = 1; i <= 5; i++) {
        mark.write(i * 10, i);
        assertThat(Mark.read(file)).contains(new Mark.Reached(i * 10, i, false));
      }
      mark.writeClean(60);
    }
    assertThat(Mark.read(file)).contains(new Mark.Reached(60, 60, true));
    // The one that was written last is torn: the one before it still holds.
    byte[] whole = java.nio.file.Files.readAllBytes(file);
    int other = 0;
    for (int half = 0; half < 2; half++) {
      byte[] torn = whole.clone();
      torn[half * torn.length / 2 + 8] ^= 1;
      java.nio.file.Files.write(file, torn);
      if (Mark.read(file).equals(java.util.Optional.of(new Mark.Reached(50, 5, false)))) other++;
      else assertThat(Mark.read(file)).contains(new Mark.Reached(60, 60, true));
    }
    assertThat(other).isEqualTo(1);
    java.nio.file.Files.write(file, new byte[whole.length]);
    assertThat(Mark.read(file)).isEmpty();
    java.nio.file.Files.write(file, new byte[3]);
    assertThat(Mark.read(file)).isEmpty();
  }

  @Test
  void aWholeFileIsTheOldOneOrTheNewOne() throws Exception {
    Path file = folder.resolve("made/file");
    Durably.write(file, bytes("one"));
    Durably.write(file, bytes("two"));
    assertThat(file).hasContent("two");
    try (var files = java.nio.file.Files.list(folder.resolve("made"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aTallySeesARowThatIsMissingTwiceOrOlder() {
    Tally tally = new Tally("left");
    for (int checksum : new int[] {7, 8, -1}) tally.add(checksum);
    Tally.Kept kept = tally.kept();
    tally.replace(8, 9);
    assertThatThrownBy(() -> tally.compare(kept)).hasMessageContaining("not the newest");
    tally.replace(9, 8);
    tally.compare(kept);
    tally.remove(7);
    assertThatThrownBy(() -> tally.compare(kept)).hasMessageContaining("has 2 rows and should");
    tally.add(6);
    assertThatThrownBy(() -> tally.compare(kept)).isInstanceOf(DamagedException.class);
    assertThat(Tally.of(tally.row, tally.sealed()).kept()).isEqualTo(tally.kept());
  }
}
