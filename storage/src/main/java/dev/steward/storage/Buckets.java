package dev.steward.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A table on disk: 64 groups of 64 buckets, each a list of rows and an entity of its own, made when
 * first needed. A new row stores itself and its bucket; a changed row only itself. So a put costs
 * nearly the same in a table of ten and of a million.
 */
final class Buckets {
  static final int WIDTH = 64;

  /**
   * Groups of buckets of rows; lists, because EclipseStore stores a list's references inside the
   * list's own entity.
   */
  final ArrayList<@Nullable ArrayList<@Nullable ArrayList<Object>>> groups =
      new ArrayList<>(Collections.nCopies(WIDTH, null));

  final String table;

  Buckets(String table) {
    this.table = table;
  }

  void add(String key, Object slot, Set<Object> dirty) {
    int hash = hash(key);
    ArrayList<@Nullable ArrayList<Object>> group = groups.get(hash / WIDTH);
    if (group == null) {
      group = new ArrayList<>(Collections.nCopies(WIDTH, null));
      groups.set(hash / WIDTH, group);
      dirty.add(groups);
    }
    ArrayList<Object> bucket = group.get(hash % WIDTH);
    if (bucket == null) {
      bucket = new ArrayList<>();
      group.set(hash % WIDTH, bucket);
      dirty.add(group);
    }
    bucket.add(slot);
    dirty.add(bucket);
  }

  void remove(String key, Object slot, Set<Object> dirty) {
    int hash = hash(key);
    ArrayList<@Nullable ArrayList<Object>> group = groups.get(hash / WIDTH);
    List<Object> bucket = group == null ? null : group.get(hash % WIDTH);
    if (bucket == null) throw new IllegalStateException("a row of " + table + " has no bucket");
    for (int i = 0; i < bucket.size(); i++)
      if (bucket.get(i) == slot) {
        bucket.set(i, bucket.getLast());
        bucket.removeLast();
        dirty.add(bucket);
        return;
      }
    throw new IllegalStateException("a row of " + table + " is not in its bucket");
  }

  void forEach(Consumer<Object> visitor) {
    for (ArrayList<@Nullable ArrayList<Object>> group : groups)
      if (group != null)
        for (ArrayList<Object> bucket : group) if (bucket != null) bucket.forEach(visitor);
  }

  private static int hash(String key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return (hash >>> 16) % (WIDTH * WIDTH);
  }
}
