package dev.steward.storage;

import dev.steward.model.OrganizationId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.serializer.reference.Lazy;
import org.jspecify.annotations.Nullable;

/** One consistent, immutable world. Reading it takes no lock and never waits. */
public final class State {
  private final Map<String, Rows<?>> tables;

  State(Map<String, Rows<?>> tables) {
    this.tables = tables;
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

  <V> State with(Table<V> table, Rows<V> rows) {
    Map<String, Rows<?>> next = new HashMap<>(tables);
    next.put(table.name(), rows);
    return new State(next);
  }
}
