package dev.steward.storage;

import dev.steward.model.OrganizationId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.serializer.reference.Lazy;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;

/** One consistent, immutable world. Reading it takes no lock and never waits. */
public final class State {
  /** A number is given once, so that no state that a failing change made has another's. */
  private static final AtomicLong STAMPS = new AtomicLong();

  private final Map<String, Rows<?>> tables;

  /** The stamp of what was not changed since it was read. */
  private final long read;

  /** When what an organization has in a table was changed last. */
  private final HashPMap<String, Long> stamps;

  State(Map<String, Rows<?>> tables) {
    this(tables, STAMPS.incrementAndGet(), HashTreePMap.empty());
  }

  private State(Map<String, Rows<?>> tables, long read, HashPMap<String, Long> stamps) {
    this.tables = tables;
    this.read = read;
    this.stamps = stamps;
  }

  @SuppressWarnings("unchecked")
  public <V> Rows<V> rows(Table<V> table) {
    Rows<?> rows = tables.get(table.name());
    if (rows == null) throw new IllegalArgumentException("the store has no table " + table.name());
    return (Rows<V>) rows;
  }

  public <V> Optional<V> find(Table<V> table, String key) {
    return rows(table).find(key);
  }

  /** What the organization sees. */
  public Own own(OrganizationId organization) {
    return new Own(this, organization);
  }

  /** Whose a row is; empty if it is nobody's, or what it hangs on is gone. */
  public <V> Optional<OrganizationId> owner(Table<V> table, V row) {
    return switch (table.owner()) {
      case Owner.Said<V> said -> Optional.ofNullable(said.whose().of(row));
      case Owner.Inherited<V> inherited ->
          Optional.ofNullable(inherited.link().key().of(row))
              .flatMap(key -> owner(inherited.link().parent(), key));
      case Owner.Nobodys<V> _ -> Optional.empty();
    };
  }

  private <P> Optional<OrganizationId> owner(Table<P> table, String key) {
    return find(table, key).flatMap(row -> owner(table, row));
  }

  /**
   * The large body of a row, loaded from disk if it is not in memory.
   *
   * @throws DamagedException if it is not what was written
   */
  public <V> Optional<byte[]> body(Table<V> table, String key) {
    Entry<V> entry = rows(table).entry(key);
    return entry == null ? Optional.empty() : Optional.ofNullable(body(entry, table, key));
  }

  private static byte @Nullable [] body(Entry<?> entry, Table<?> table, String key) {
    if (entry.body() != null) return entry.body();
    if (!(entry.slot() instanceof Row.WithBody slot)) return null;
    String what = "the body of " + key + " in table " + table.name();
    byte[] body;
    try {
      Row loaded = Lazy.get(slot.body);
      body = loaded == null ? null : loaded.bytes;
    } catch (RuntimeException e) {
      throw new DamagedException(what + " cannot be read", e);
    }
    if (body == null || Checksums.ofBody(body) != slot.sum)
      throw new DamagedException(what + " does not match its checksum");
    return body;
  }

  /**
   * Of two states, one made of the other, whether the organization's rows of these tables are the
   * same: if and only if this is. It means nothing to another process, or after a start.
   */
  long stamp(OrganizationId organization, List<Table<?>> of) {
    long last = read;
    for (Table<?> table : of) {
      last = Math.max(last, stamps.getOrDefault(stamped(table, organization), read));
      // Whose a row is says the row that it hangs on.
      if (table.owner() instanceof Owner.Inherited<?> inherited)
        last = Math.max(last, stamp(organization, List.of(inherited.link().parent())));
    }
    return last;
  }

  private static String stamped(Table<?> table, OrganizationId organization) {
    return table.name() + "/" + organization.value();
  }

  /** With the rows, of which this one is new, changed or gone. */
  <V> State changed(Table<V> table, Rows<V> rows, V row) {
    State next = with(table, rows);
    return owner(table, row)
        .map(whose ->
            new State(
                next.tables, read, stamps.plus(stamped(table, whose), STAMPS.incrementAndGet())))
        .orElse(next);
  }

  /** With the same rows, told otherwise. */
  <V> State with(Table<V> table, Rows<V> rows) {
    Map<String, Rows<?>> next = new HashMap<>(tables);
    next.put(table.name(), rows);
    return new State(next, read, stamps);
  }
}
