package dev.steward.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/** The immutable rows of one table, in the order of their keys, with their indexes. */
public final class Rows<V> {
  /** Parts the value from the key in an index entry; sorts before everything that ids contain. */
  private static final char SEPARATOR = '\u0000';

  private static final char AFTER_SEPARATOR = '\u0001';

  private final Table<V> table;
  private final TreePMap<String, Entry<V>> rows;
  private final Map<String, TreePMap<String, Entry<V>>> indexes;
  private final Map<String, TreePMap<String, Integer>> counts;

  private Rows(
      Table<V> table,
      TreePMap<String, Entry<V>> rows,
      Map<String, TreePMap<String, Entry<V>>> indexes,
      Map<String, TreePMap<String, Integer>> counts) {
    this.table = table;
    this.rows = rows;
    this.indexes = indexes;
    this.counts = counts;
  }

  static <V> Rows<V> empty(Table<V> table) {
    Map<String, TreePMap<String, Entry<V>>> none = new HashMap<>();
    Map<String, TreePMap<String, Integer>> nothing = new HashMap<>();
    for (Index<V> index : table.indexes())
      if (index.counts()) nothing.put(index.name(), TreePMap.empty());
      else none.put(index.name(), TreePMap.empty());
    return new Rows<>(table, TreePMap.empty(), none, nothing);
  }

  /** The rows of a table that is read whole; much faster than one after the other. */
  static <V> Rows<V> of(Table<V> table, List<Entry<V>> entries) {
    List<Map.Entry<String, Entry<V>>> rows =
        Sorted.byKey(
            entries.parallelStream()
                .map(entry -> Map.entry(table.key().apply(entry.value()), entry))
                .toList());
    Map<String, TreePMap<String, Entry<V>>> indexes = new HashMap<>();
    Map<String, TreePMap<String, Integer>> counts = new HashMap<>();
    for (Index<V> index : table.indexes())
      if (index.counts()) counts.put(index.name(), counted(index, entries));
      else indexes.put(index.name(), Sorted.tree(indexed(index, rows)));
    return new Rows<>(table, Sorted.tree(rows), indexes, counts);
  }

  /** By value, and of one value in the order of the keys, in which the rows come. */
  private static <V> List<Map.Entry<String, Entry<V>>> indexed(
      Index<V> index, List<Map.Entry<String, Entry<V>>> rows) {
    Map<String, List<Map.Entry<String, Entry<V>>>> byValue = new HashMap<>();
    for (Map.Entry<String, Entry<V>> row : rows)
      for (String value : index.values().apply(row.getValue().value()))
        byValue
            .computeIfAbsent(value, v -> new ArrayList<>())
            .add(Map.entry(value + SEPARATOR + row.getKey(), row.getValue()));
    return new TreeMap<>(byValue).values().stream().flatMap(List::stream).toList();
  }

  private static <V> TreePMap<String, Integer> counted(Index<V> index, List<Entry<V>> entries) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    for (Entry<V> entry : entries)
      for (String value : index.values().apply(entry.value())) counts.merge(value, 1, Integer::sum);
    return TreePMap.fromSortedMap(counts);
  }

  public Optional<V> find(String key) {
    Entry<V> entry = rows.get(key);
    return entry == null ? Optional.empty() : Optional.of(entry.value());
  }

  public int size() {
    return rows.size();
  }

  /** Every row, in the order of the keys. */
  public Stream<V> stream() {
    return rows.values().stream().map(Entry::value);
  }

  /** The rows whose keys begin with the prefix, in the order of the keys. */
  public Stream<V> startingWith(String prefix) {
    return range(rows, prefix, prefix + Character.MAX_VALUE);
  }

  /** The row of this key, and those whose keys begin with it and a slash. */
  Stream<V> within(String key) {
    return Stream.concat(find(key).stream(), startingWith(key + "/"));
  }

  /** The rows that hang on that one. */
  Stream<V> under(Link<V> link, String key) {
    return link.keyed() ? within(key) : where(link.parent().noun(), key);
  }

  /** The last row in the order of the keys. */
  public Optional<V> last() {
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.lastEntry().getValue().value());
  }

  /** The last row whose key begins with the prefix. */
  public Optional<V> last(String prefix) {
    var entry = rows.lowerEntry(prefix + Character.MAX_VALUE);
    return entry == null || !entry.getKey().startsWith(prefix)
        ? Optional.empty()
        : Optional.of(entry.getValue().value());
  }

  /** The rows that the index finds by the value, in the order of the keys. */
  public Stream<V> where(String index, String value) {
    return range(indexed(index), value + SEPARATOR, value + AFTER_SEPARATOR);
  }

  /** The same from the last key to the first. */
  Stream<V> latest(String index, String value) {
    return indexed(index)
        .subMap(value + SEPARATOR, true, value + AFTER_SEPARATOR, false)
        .descendingMap()
        .values()
        .stream()
        .map(Entry::value);
  }

  /** How many rows the counting index has of the value; it walks none of them. */
  public int count(String index, String value) {
    return counted(index).getOrDefault(value, 0);
  }

  private TreePMap<String, Integer> counted(String index) {
    TreePMap<String, Integer> found = counts.get(index);
    if (found == null)
      throw new IllegalArgumentException("table " + table.name() + " counts by no index " + index);
    return found;
  }

  private TreePMap<String, Entry<V>> indexed(String index) {
    TreePMap<String, Entry<V>> found = indexes.get(index);
    if (found == null)
      throw new IllegalArgumentException("table " + table.name() + " has no index " + index);
    return found;
  }

  private Stream<V> range(TreePMap<String, Entry<V>> map, String from, String to) {
    return map.subMap(from, true, to, false).values().stream().map(Entry::value);
  }

  @Nullable Entry<V> entry(String key) {
    return rows.get(key);
  }

  Rows<V> with(Entry<V> entry) {
    String key = table.key().apply(entry.value());
    Entry<V> old = rows.get(key);
    return new Rows<>(
        table, rows.plus(key, entry), reindexed(key, old, entry), recounted(old, entry));
  }

  Rows<V> without(String key) {
    Entry<V> old = rows.get(key);
    return old == null
        ? this
        : new Rows<>(table, rows.minus(key), reindexed(key, old, null), recounted(old, null));
  }

  private Map<String, TreePMap<String, Entry<V>>> reindexed(
      String key, @Nullable Entry<V> old, @Nullable Entry<V> now) {
    if (table.indexes().isEmpty()) return indexes;
    Map<String, TreePMap<String, Entry<V>>> next = new HashMap<>(indexes);
    for (Index<V> index : table.indexes()) {
      if (index.counts()) continue;
      TreePMap<String, Entry<V>> map = indexed(index.name());
      if (old != null)
        for (String value : index.values().apply(old.value()))
          map = map.minus(value + SEPARATOR + key);
      if (now != null)
        for (String value : index.values().apply(now.value()))
          map = map.plus(value + SEPARATOR + key, now);
      next.put(index.name(), map);
    }
    return next;
  }

  private Map<String, TreePMap<String, Integer>> recounted(
      @Nullable Entry<V> old, @Nullable Entry<V> now) {
    if (counts.isEmpty()) return counts;
    Map<String, TreePMap<String, Integer>> next = new HashMap<>(counts);
    for (Index<V> index : table.indexes()) {
      if (!index.counts()) continue;
      TreePMap<String, Integer> map = counted(index.name());
      if (old != null)
        for (String value : index.values().apply(old.value())) map = plus(map, value, -1);
      if (now != null)
        for (String value : index.values().apply(now.value())) map = plus(map, value, 1);
      next.put(index.name(), map);
    }
    return next;
  }

  private static TreePMap<String, Integer> plus(
      TreePMap<String, Integer> map, String value, int more) {
    int count = map.getOrDefault(value, 0) + more;
    return count == 0 ? map.minus(value) : map.plus(value, count);
  }

  List<V> list() {
    return new ArrayList<>(stream().toList());
  }
}
