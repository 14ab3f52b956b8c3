package dev.steward.storage;

import dev.steward.model.Forgotten;
import dev.steward.model.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Forgets what would grow without end: what is over, and older than its age or beyond the number
 * that an owner may have of it. It may stop at any moment and goes on where it was, for all it
 * knows it reads from the rows.
 */
public final class Retention {
  /** Rows that one write removes: others do not wait long for it. */
  private static final int AT_ONCE = 200;

  /**
   * What is kept of a table.
   *
   * @param most rows of one owner
   */
  public record Limit(Duration age, int most) {}

  /** The limit of each table that has one. */
  public interface Limits {
    Limit of(Table<?> table, Keep.Forgotten<?> keep);
  }

  private record Rule<V>(Table<V> table, Keep.Forgotten<V> keep, Limit limit) {
    static <V> Stream<Rule<?>> of(Table<V> table, Limits limits) {
      return table.keep() instanceof Keep.Forgotten<V> keep
          ? Stream.of(new Rule<>(table, keep, limit(limits.of(table, keep), keep)))
          : Stream.of();
    }

    private static Limit limit(Limit limit, Keep.Forgotten<?> keep) {
      return keep.most() == null ? new Limit(limit.age(), Integer.MAX_VALUE) : limit;
    }

    /** Whose rows are counted together. */
    String owner(State state, V row) {
      List<Link<V>> parents = table.parents();
      String parent = parents.isEmpty() ? null : parents.getFirst().key().of(row);
      return parent == null
          ? state.owner(table, row).map(OrganizationId::value).orElse("")
          : parent;
    }
  }

  private final Store store;
  private final ClockLog clock;
  private final List<Rule<?>> rules;

  public Retention(Store store, ClockLog clock, Limits limits) {
    this.store = store;
    this.clock = clock;
    this.rules = Tables.ALL.stream().<Rule<?>>flatMap(table -> Rule.of(table, limits)).toList();
  }

  /**
   * Forgets all that is due.
   *
   * @return how many rows
   */
  public int sweep() {
    int gone = 0;
    for (Rule<?> rule : rules) gone += sweep(rule);
    clock.forget(
        rules.stream()
            .map(rule -> rule.limit().age())
            .max(Comparator.naturalOrder())
            .orElseThrow());
    return gone;
  }

  private <V> int sweep(Rule<V> rule) {
    int gone = 0;
    State state = store.state();
    Map<String, List<V>> byOwner = new HashMap<>();
    state.rows(rule.table()).stream()
        .filter(row -> rule.keep().over().of(row) != null)
        .forEach(row ->
            byOwner.computeIfAbsent(rule.owner(state, row), o -> new ArrayList<>()).add(row));
    for (Map.Entry<String, List<V>> owned : byOwner.entrySet()) {
      List<V> due = due(state, rule, owned.getValue());
      for (int from = 0; from < due.size(); from += AT_ONCE)
        gone +=
            forget(rule, owned.getKey(), due.subList(from, Math.min(due.size(), from + AT_ONCE)));
    }
    return gone;
  }

  /** The oldest first. */
  private static <V> List<V> due(State state, Rule<V> rule, List<V> rows) {
    Instant horizon = ClockLog.horizon(state, rule.limit().age()).orElse(Instant.MIN);
    // Of one moment the last by key is the newest: the sort keeps that order.
    Collections.reverse(rows);
    rows.sort(Comparator.comparing(rule.keep().listed()).reversed());
    List<V> due = new ArrayList<>();
    for (int i = rule.keep().least(); i < rows.size(); i++) {
      Instant over = rule.keep().over().of(rows.get(i));
      boolean isDue = i >= rule.limit().most() || (over != null && over.isBefore(horizon));
      // What is needed for good would else take a turn of the writer each time.
      if (isDue && !rule.keep().needed().test(state, rows.get(i))) due.add(rows.get(i));
    }
    return due.reversed();
  }

  private <V> int forget(Rule<V> rule, String owner, List<V> due) {
    return store.write(t -> {
      int gone = 0;
      Instant newest = Instant.MIN;
      for (V row : due) {
        String key = rule.table().key().apply(row);
        // What happened to it meanwhile, as a delivery that is sent again, counts.
        if (!t.find(rule.table(), key).equals(Optional.of(row))
            || rule.keep().needed().test(t.state(), row)) continue;
        t.remove(rule.table(), key);
        gone++;
        Instant listed = rule.keep().listed().apply(row);
        if (listed.isAfter(newest)) newest = listed;
      }
      if (gone > 0) {
        Forgotten before =
            t.find(Tables.FORGOTTEN, Forgotten.key(rule.table().name(), owner))
                .orElse(new Forgotten(rule.table().name(), owner, 0, newest));
        t.put(Tables.FORGOTTEN, before.and(gone, newest));
      }
      return gone;
    });
  }

  /** The youngest of what was forgotten of these owners; see {@link Keep.Forgotten}. */
  public static Optional<Instant> until(State state, Table<?> table, Stream<String> owners) {
    return owners
        .map(owner -> state.find(Tables.FORGOTTEN, Forgotten.key(table.name(), owner)))
        .flatMap(Optional::stream)
        .map(Forgotten::newest)
        .max(Comparator.naturalOrder());
  }
}
