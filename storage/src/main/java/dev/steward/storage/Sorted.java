package dev.steward.storage;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/**
 * Entries in the order of their keys, to make a persistent tree of in one pass: adding them one by
 * one makes and drops a path of the tree for each.
 */
final class Sorted<V> extends AbstractMap<String, V> implements SortedMap<String, V> {
  private final List<Map.Entry<String, V>> entries;

  private Sorted(List<Map.Entry<String, V>> entries) {
    this.entries = entries;
  }

  /**
   * @param entries in the order of their keys, each key once
   */
  static <V> TreePMap<String, V> tree(List<Map.Entry<String, V>> entries) {
    return TreePMap.fromSortedMap(new Sorted<>(entries));
  }

  /**
   * An entry with the first characters of its key in which keys differ. Most comparisons are over
   * with these, and need not look for the key elsewhere in memory.
   */
  private record Led<V>(long lead, Map.Entry<String, V> entry) implements Comparable<Led<V>> {
    private static final int CHARACTERS = Long.BYTES;
    private static final int LARGE = 0xff;

    static <V> Led<V> of(Map.Entry<String, V> entry, int from) {
      String key = entry.getKey();
      long lead = 0;
      for (int i = 0; i < CHARACTERS; i++) {
        int c = from + i < key.length() ? key.charAt(from + i) : 0;
        // What does not fit a byte is only said to be larger than what does, and ends the lead.
        if (c >= LARGE) {
          lead = (lead << Byte.SIZE | LARGE) << Byte.SIZE * (CHARACTERS - 1 - i);
          break;
        }
        lead = lead << Byte.SIZE | c;
      }
      return new Led<>(lead ^ Long.MIN_VALUE, entry);
    }

    @Override
    public int compareTo(Led<V> other) {
      int first = Long.compare(lead, other.lead);
      return first != 0 ? first : entry.getKey().compareTo(other.entry.getKey());
    }
  }

  /** In the order of the keys. */
  static <V> List<Map.Entry<String, V>> byKey(List<Map.Entry<String, V>> entries) {
    int same = common(entries);
    return entries.parallelStream()
        .map(entry -> Led.of(entry, same))
        .sorted()
        .map(Led::entry)
        .toList();
  }

  /** How many characters all keys begin with. */
  private static int common(List<? extends Map.Entry<String, ?>> entries) {
    if (entries.isEmpty()) return 0;
    String first = entries.getFirst().getKey();
    int same = first.length();
    for (Map.Entry<String, ?> entry : entries) {
      String key = entry.getKey();
      int length = Math.min(same, key.length());
      same = 0;
      while (same < length && key.charAt(same) == first.charAt(same)) same++;
    }
    return same;
  }

  @Override
  public Set<Map.Entry<String, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, V>> iterator() {
        return entries.iterator();
      }

      @Override
      public int size() {
        return entries.size();
      }
    };
  }

  @Override
  public @Nullable Comparator<? super String> comparator() {
    return null;
  }

  @Override
  public String firstKey() {
    return entries.getFirst().getKey();
  }

  @Override
  public String lastKey() {
    return entries.getLast().getKey();
  }

  @Override
  public SortedMap<String, V> subMap(String from, String to) {
    throw new UnsupportedOperationException("it is only read from its beginning to its end");
  }

  @Override
  public SortedMap<String, V> headMap(String to) {
    throw new UnsupportedOperationException("it is only read from its beginning to its end");
  }

  @Override
  public SortedMap<String, V> tailMap(String from) {
    throw new UnsupportedOperationException("it is only read from its beginning to its end");
  }
}
