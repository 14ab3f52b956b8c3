package dev.steward.domain.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a Parquet file before it is read: a page may claim to become any size, and a reader
 * makes room for what is claimed. Every page of every column is looked at, by the numbers of
 * parquet.thrift (Apache Parquet format 2.11).
 */
final class ParquetGuard {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_COLUMNS = 100;
  private static final int MOST_GROUPS = 10_000;
  private static final long MOST_ROWS = 1_000_000;
  private static final long LARGEST_PAGE = 16 << 20;
  private static final long LARGEST_FILE = 256L << 20;

  /** Of a value whose length its type says; a reader makes room for many of them at once. */
  private static final long WIDEST = 1_000;

  private static final long SNAPPY = 1;

  /** The type whose values say their length. */
  private static final long BYTES = 6;

  /** Fields of a column's description. */
  private static final int TYPE = 1;

  private static final int WIDTH = 2;
  private static final int NAME = 4;
  private static final int CHILDREN = 5;

  /** The field of a page's header that makes it a dictionary. */
  private static final int DICTIONARY = 7;

  /** None, Snappy and gzip. */
  private static final Set<Long> CODECS = Set.of(0L, SNAPPY, 2L);

  /** Plain, plain dictionary, RLE, bit-packed and RLE dictionary. */
  private static final Set<Long> ENCODINGS = Set.of(0L, 2L, 3L, 4L, 8L);

  private final byte[] file;
  private long uncompressed;

  private ParquetGuard(byte[] file) {
    this.file = file;
  }

  /**
   * @throws IllegalArgumentException with why the file is not taken
   */
  static void check(byte[] file) {
    new ParquetGuard(file).check();
  }

  private void check() {
    if (file.length < 12 || !isMagic(0) || !isMagic(file.length - 4))
      throw no("it is no Parquet file");
    int length = Integer.reverseBytes(ByteBuffer.wrap(file, file.length - 8, 4).getInt());
    if (length < 0 || length > file.length - 12) throw no("its footer is longer than the file");
    int start = file.length - 8 - length;
    Map<Integer, Object> footer = new ThriftReader(ByteBuffer.wrap(file, start, length)).struct();
    if (number(footer, 3) < 0 || number(footer, 3) > MOST_ROWS)
      throw no("it has more than " + MOST_ROWS + " rows");
    if (list(footer, 2).size() > MOST_COLUMNS + 1)
      throw no("it has more than " + MOST_COLUMNS + " columns");
    List<Map<Integer, Object>> leaves = leaves(list(footer, 2));
    List<?> groups = list(footer, 4);
    if (groups.size() > MOST_GROUPS) throw no("it has too many row groups");
    long rows = 0;
    for (Object group : groups) {
      long own = number(struct(group), 3);
      if (own < 0 || own > MOST_ROWS) throw no("a row group has an impossible number of rows");
      rows += own;
      List<?> columns = list(struct(group), 1);
      if (columns.size() != leaves.size()) throw no("a row group has other columns than it has");
      for (int i = 0; i < leaves.size(); i++)
        column(struct(columns.get(i)), leaves.get(i), own, start);
    }
    if (rows != number(footer, 3)) throw no("its row groups have other rows than it has");
  }

  private boolean isMagic(int at) {
    for (int i = 0; i < MAGIC.length; i++) if (file[at + i] != MAGIC[i]) return false;
    return true;
  }

  /** Where values are, in the order of each row group's columns. */
  private static List<Map<Integer, Object>> leaves(List<?> schema) {
    List<Map<Integer, Object>> leaves = new ArrayList<>();
    for (Object one : schema) {
      Map<Integer, Object> element = struct(one);
      // What has a type has no children, and nobody need guess which of the two is meant.
      if (element.containsKey(TYPE) == element.containsKey(CHILDREN))
        throw no("a column is neither values nor made of columns");
      if (element.containsKey(TYPE)) leaves.add(element);
    }
    return leaves;
  }

  private void column(Map<Integer, Object> chunk, Map<Integer, Object> leaf, long rows, int end) {
    if (chunk.containsKey(1)) throw no("it refers to another file");
    if (chunk.containsKey(8) || chunk.containsKey(9)) throw no("it is encrypted");
    Map<Integer, Object> meta = struct(chunk.get(3));
    if (!CODECS.contains(number(meta, 4)))
      throw no("it is compressed in a way that is not taken; write it with snappy, gzip or none");
    if (number(meta, 5) != rows)
      throw no("a column has another number of values than there are rows: lists are not taken");
    long first = number(meta, 9);
    long dictionary = meta.containsKey(11) ? number(meta, 11) : first;
    long from = dictionary > 0 ? Math.min(dictionary, first) : first;
    long length = number(meta, 7);
    if (from < 4 || length < 0 || from + length > end) throw no("a column lies outside of it");
    boolean read = isRead(leaf.get(NAME)) || isRead(list(meta, 3).getLast());
    if (read && leaf.containsKey(WIDTH) && number(leaf, WIDTH) > WIDEST)
      throw no("a value has more than " + WIDEST + " bytes");
    boolean texts = number(leaf, TYPE) == BYTES || number(meta, 1) == BYTES;
    Column column = new Column(rows, number(meta, 4), read && texts);
    Set<Long> pages = pages((int) from, (int) (from + length), column);
    if (!pages.contains(first) && rows > 0) throw no("a column begins within a page");
    index(chunk, 4, end)
        .forEach(location -> {
          if (!pages.contains(number(struct(location), 1))) throw no("its index names no page");
        });
    index(chunk, 6, end);
  }

  private static boolean isRead(@Nullable Object name) {
    return name instanceof byte[] bytes
        && SeriesParquet.COLUMNS.contains(new String(bytes, StandardCharsets.UTF_8));
  }

  /**
   * @param texts whether values are read from it that may have any length
   */
  private record Column(long rows, long codec, boolean texts) {}

  /** The pages of a column, each looked at; where each begins. */
  private Set<Long> pages(int from, int to, Column column) {
    Set<Long> pages = new HashSet<>();
    long values = 0;
    int at = from;
    while (at < to) {
      pages.add((long) at);
      ThriftReader reader = new ThriftReader(ByteBuffer.wrap(file, at, to - at));
      Map<Integer, Object> header = reader.struct();
      long claimed = number(header, 2);
      long held = number(header, 3);
      if (claimed < 0 || claimed > LARGEST_PAGE)
        throw no("a page would become larger than " + LARGEST_PAGE + " bytes");
      grow(claimed);
      if (held < 0 || held > to - reader.position()) throw no("a page is longer than its column");
      values += values(header, column.rows(), held);
      if (column.codec() == SNAPPY) snappy(header, reader.position(), held, claimed);
      // Each row may be the longest of them, and the reader writes each out.
      if (column.texts() && header.containsKey(DICTIONARY))
        grow(
            column.rows()
                * new ParquetDictionary(file, reader.position(), (int) held, (int) claimed)
                    .longest(column.codec()));
      at = reader.position() + (int) held;
    }
    if (values != column.rows()) throw no("a column has other values than it claims");
    return pages;
  }

  private void grow(long bytes) {
    uncompressed += bytes;
    if (uncompressed > LARGEST_FILE)
      throw no("it would become larger than " + LARGEST_FILE + " bytes");
  }

  /**
   * The first bytes of what Snappy compressed say how long it was. Its native code writes as much
   * as they say, wherever that ends.
   */
  private void snappy(Map<Integer, Object> header, int at, long held, long claimed) {
    Map<Integer, Object> second = header.containsKey(8) ? struct(header.get(8)) : Map.of();
    if (second.containsKey(7) && number(second, 7) == 0) return;
    long levels = second.isEmpty() ? 0 : number(second, 5) + number(second, 6);
    // A page of the second version without values may have nothing that is compressed.
    if (!second.isEmpty() && claimed == levels) return;
    long said = 0;
    for (int i = 0; i < 5 && levels + i < held; i++) {
      byte next = file[(int) (at + levels + i)];
      said |= (long) (next & 0x7f) << 7 * i;
      if (next >= 0) {
        if (said != claimed - levels) throw no("a page says two lengths of itself");
        return;
      }
    }
    throw no("a page ends too early");
  }

  /** How many values of the column a page has that is so long. */
  private static long values(Map<Integer, Object> header, long rows, long held) {
    for (int kind : new int[] {5, 8, DICTIONARY}) {
      if (!header.containsKey(kind)) continue;
      Map<Integer, Object> page = struct(header.get(kind));
      long values = number(page, 1);
      // Levels lie before the values, uncompressed, in a page of the second version.
      if (kind == 8
          && (number(page, 5) < 0
              || number(page, 6) < 0
              || number(page, 5) + number(page, 6) > held))
        throw no("a page has more levels than it holds");
      if (values < 0 || values > rows) throw no("a page has more values than there are rows");
      // The encoding is the second field, and the fourth of a page of the second version.
      if (!ENCODINGS.contains(number(page, kind == 8 ? 4 : 2)))
        throw no(
            "it is encoded in a way that is not taken; write it with plain or dictionary pages");
      return kind == DICTIONARY ? 0 : values;
    }
    throw no("it has a page of no kind");
  }

  /**
   * The first list of an index.
   *
   * @param field of its offset; the next one is of its length
   */
  private List<?> index(Map<Integer, Object> chunk, int field, int end) {
    if (!chunk.containsKey(field)) return List.of();
    long from = number(chunk, field);
    long length = number(chunk, field + 1);
    if (from < 4 || length < 0 || from + length > end) throw no("its index lies outside of it");
    return list(new ThriftReader(ByteBuffer.wrap(file, (int) from, (int) length)).struct(), 1);
  }

  private static long number(Map<Integer, Object> struct, int field) {
    if (struct.get(field) instanceof Long number) return number;
    throw no("a number is missing in it");
  }

  private static List<?> list(Map<Integer, Object> struct, int field) {
    if (struct.get(field) instanceof List<?> list) return list;
    throw no("a list is missing in it");
  }

  @SuppressWarnings("unchecked")
  private static Map<Integer, Object> struct(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) return (Map<Integer, Object>) map;
    throw no("a part is missing in it");
  }

  private static IllegalArgumentException no(String why) {
    return new IllegalArgumentException(why);
  }
}
