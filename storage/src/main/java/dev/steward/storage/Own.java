package dev.steward.storage;

import dev.steward.model.OrganizationId;
import dev.steward.model.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What one organization sees of a state: what is another one's is not there. */
public final class Own {
  private final State state;
  private final OrganizationId organization;

  Own(State state, OrganizationId organization) {
    this.state = state;
    this.organization = organization;
  }

  public OrganizationId organization() {
    return organization;
  }

  /** The whole state, for rules of the domain that look beyond one organization. */
  public State state() {
    return state;
  }

  /**
   * Changes whenever a row of the organization in one of these tables does; what was made of them
   * before is as good as new while it does not. Only for what this process made since its start.
   */
  public long stamp(List<Table<?>> tables) {
    return state.stamp(organization, tables);
  }

  public <V> Optional<V> find(Table<V> table, String key) {
    return state.find(table, key).filter(row -> isOwn(table, row));
  }

  /**
   * @throws dev.steward.model.ProblemException NOT_FOUND, also when it is another organization's
   */
  public <V> V get(Table<V> table, String key) {
    return find(table, key).orElseThrow(() -> Problem.notFound(table.noun()));
  }

  /**
   * Every row, in the order of the keys within what it hangs on, or in that of all keys where the
   * table has an index by organization: with many parents that have few rows it is worth one.
   */
  public <V> Stream<V> all(Table<V> table) {
    boolean indexed = table.isIndexedBy(Table.ORGANIZATION);
    return switch (table.owner()) {
      // The index is made of what the rows say.
      case Owner.Said<V> _ when indexed ->
          state.rows(table).where(Table.ORGANIZATION, organization.value());
      case Owner.Said<V> _ ->
          state.rows(table).within(organization.value()).filter(row -> isOwn(table, row));
      case Owner.Inherited<V> inherited ->
          indexed
              ? where(table, Table.ORGANIZATION, organization.value())
              : below(table, inherited.link(), inherited.link().parent());
      case Owner.Nobodys<V> _ -> Stream.empty();
    };
  }

  private <V, P> Stream<V> below(Table<V> table, Link<V> link, Table<P> parent) {
    return all(parent).flatMap(p -> state.rows(table).under(link, parent.key().apply(p)));
  }

  /** The rows with the last keys, the last one first. */
  public <V> Stream<V> latest(Table<V> table) {
    if (table.owner() instanceof Owner.Said<V> && table.isIndexedBy(Table.ORGANIZATION))
      return state.rows(table).latest(Table.ORGANIZATION, organization.value());
    throw new IllegalArgumentException(table + " has no index by organization");
  }

  /** The rows that the index finds by the value. */
  public <V> Stream<V> where(Table<V> table, String index, String value) {
    return state.rows(table).where(index, value).filter(row -> isOwn(table, row));
  }

  /** The rows that hang on a row of another table; none if that one is somebody else's. */
  public <V> Stream<V> under(Table<?> parent, String key, Table<V> table) {
    Link<V> link =
        table.parents().stream()
            .filter(l -> l.parent() == parent)
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(table + " does not say that it goes with " + parent));
    return find(parent, key).isEmpty() ? Stream.empty() : state.rows(table).under(link, key);
  }

  private <V> boolean isOwn(Table<V> table, V row) {
    return state.owner(table, row).filter(organization::equals).isPresent();
  }
}
