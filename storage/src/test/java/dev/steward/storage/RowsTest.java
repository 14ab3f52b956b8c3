package dev.steward.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A table that is read whole is what it would be if its rows had come one after the other. */
final class RowsTest {
  private record Word(String key, List<String> letters) {}

  private static final Table<Word> WORDS =
      Table.named("words", "word", Word.class, Word::key)
          .global("a test's")
          .index(new Index<>("letter", Word::letters))
          .index(Index.counting("first", word -> word.key().substring(0, 1)))
          .kept("as long as the test");

  /** Keys that begin alike, that end early, that are of two bytes a letter and of two letters. */
  private static final String ALPHABET = "ab/\u00e9\u0142\u4e2d\ud83d\ude00";

  private static Word word(Random random) {
    StringBuilder key = new StringBuilder(random.nextBoolean() ? "a" : "abababab/abababab");
    for (int i = random.nextInt(14); i > 0; i--)
      key.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    return new Word(
        key.toString(), Arrays.stream(key.toString().split("")).distinct().limit(3).toList());
  }

  @Test
  void isTheSameHoweverItWasRead() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Map<String, Entry<Word>> words = new LinkedHashMap<>();
      for (int i = random.nextInt(60); i > 0; i--) {
        Word word = word(random);
        words.put(word.key(), new Entry<>(word, null, null));
      }
      List<Entry<Word>> entries = new ArrayList<>(words.values());
      Rows<Word> oneByOne = Rows.empty(WORDS);
      for (Entry<Word> entry : entries) oneByOne = oneByOne.with(entry);
      Collections.shuffle(entries, random);
      same(Rows.of(WORDS, entries), oneByOne);
      if (entries.isEmpty()) continue;
      // And it goes on as one.
      String gone = entries.getFirst().value().key();
      Entry<Word> more = new Entry<>(word(random), null, null);
      same(Rows.of(WORDS, entries).without(gone).with(more), oneByOne.without(gone).with(more));
    }
  }

  private static void same(Rows<Word> whole, Rows<Word> oneByOne) {
    assertThat(whole.list()).isEqualTo(oneByOne.list());
    assertThat(whole.size()).isEqualTo(oneByOne.size());
    assertThat(whole.last()).isEqualTo(oneByOne.last());
    assertThat(whole.startingWith("abababab").toList())
        .isEqualTo(oneByOne.startingWith("abababab").toList());
    for (String letter : ALPHABET.split("")) {
      assertThat(whole.where("letter", letter).toList())
          .isEqualTo(oneByOne.where("letter", letter).toList());
      assertThat(whole.count("first", letter)).isEqualTo(oneByOne.count("first", letter));
    }
    for (Word word : oneByOne.list()) assertThat(whole.find(word.key())).hasValue(word);
  }
}
