package dev.steward.storage;

import dev.steward.model.Forgotten;
import dev.steward.model.OrganizationId;
import dev.steward.model.SecretId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a change may do. Reads see the transaction's own writes. */
public final class Transaction {
  /** A row that the transaction wrote or removed. */
  record Touch(Table<?> table, String key) {}

  private State state;
  private final Map<Touch, Touch> touched = new LinkedHashMap<>();

  Transaction(State state) {
    this.state = state;
  }

  public State state() {
    return state;
  }

  /** What the organization sees, with the transaction's own writes so far. */
  public Own own(OrganizationId organization) {
    return state.own(organization);
  }

  public <V> Rows<V> rows(Table<V> table) {
    return state.rows(table);
  }

  public <V> Optional<V> find(Table<V> table, String key) {
    return state.find(table, key);
  }

  /** Writes the row; a row with a body keeps the body it has. */
  public <V> V put(Table<V> table, V value) {
    String key = table.key().apply(value);
    Entry<V> old = state.rows(table).entry(key);
    put(
        table,
        key,
        new Entry<>(value, old == null ? null : old.slot(), old == null ? null : old.body()));
    return value;
  }

  /** Writes the row with a new large body. */
  public <V> V put(Table<V> table, V value, byte[] body) {
    if (!table.bodies()) throw new IllegalArgumentException(table.name() + " has no bodies");
    put(table, table.key().apply(value), new Entry<>(value, null, body));
    return value;
  }

  /** Removes the row; false if there was none. */
  public <V> boolean remove(Table<V> table, String key) {
    Rows<V> rows = state.rows(table);
    Entry<V> old = rows.entry(key);
    if (old == null) return false;
    state = state.changed(table, rows.without(key), old.value());
    touch(table, key);
    return true;
  }

  /**
   * Removes the row with all that goes with it, and what was counted of it, whether the row is
   * still there or not.
   *
   * @return how many rows of each table went
   */
  public Map<Table<?>, Integer> uproot(Table<?> table, String key) {
    Map<Table<?>, Integer> gone = new LinkedHashMap<>();
    uproot(table, key, gone);
    return gone;
  }

  private <V> void uproot(Table<V> table, String key, Map<Table<?>, Integer> gone) {
    for (Table<?> child : Tables.under(table)) uprootUnder(table, key, child, gone);
    Optional<V> row = find(table, key);
    if (row.isEmpty()) return;
    remove(table, key);
    gone.merge(table, 1, Integer::sum);
    Table.Holds<V> holds = table.holds();
    SecretId secret = holds == null ? null : holds.of(row.get());
    if (secret != null && Secrets.isOrphan(state, secret) && remove(Tables.SECRETS, secret.value()))
      gone.merge(Tables.SECRETS, 1, Integer::sum);
  }

  private <V> void uprootUnder(
      Table<?> parent, String key, Table<V> table, Map<Table<?>, Integer> gone) {
    for (Link<V> link : table.parents())
      if (link.parent() == parent)
        for (V row : rows(table).under(link, key).toList())
          uproot(table, table.key().apply(row), gone);
    remove(Tables.FORGOTTEN, Forgotten.key(table.name(), key));
  }

  private <V> void put(Table<V> table, String key, Entry<V> entry) {
    state = state.changed(table, state.rows(table).with(entry), entry.value());
    touch(table, key);
  }

  private void touch(Table<?> table, String key) {
    Touch touch = new Touch(table, key);
    touched.put(touch, touch);
  }

  Iterable<Touch> touched() {
    return touched.keySet();
  }

  /** Takes over what a later transaction, begun on this one's state, did. */
  void adopt(Transaction later) {
    state = later.state;
    touched.putAll(later.touched);
  }

  boolean isReadOnly() {
    return touched.isEmpty();
  }
}
