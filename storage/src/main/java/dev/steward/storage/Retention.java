package dev.steward.storage;

import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.CostDay;
import dev.steward.model.Delivery;
import dev.steward.model.Event;
import dev.steward.model.Finding;
import dev.steward.model.Forgotten;
import dev.steward.model.Idempotent;
import dev.steward.model.OrganizationId;
import dev.steward.model.Scan;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  /** A limit for each table that has one. */
  public record Limits(
      Limit keys, Limit deliveries, Limit events, Limit scans, Limit resolved, Limit costs) {
    Duration longest() {
      return Stream.of(keys, deliveries, events, scans, resolved, costs)
          .map(Limit::age)
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  /** A moment of a row; null while it has not come. */
  private interface Moment<V> {
    @Nullable Instant of(V row);
  }

  /**
   * A row of the table of what is forgotten.
   *
   * @param owner whose rows are counted together
   * @param over since when nothing more happens to the row; null keeps it
   * @param listed what lists sort it by
   * @param least so many of an owner stay, whatever their age
   */
  private record Rule<V>(
      Table<V> table,
      Limit limit,
      Function<V, String> owner,
      Moment<V> over,
      Function<V, Instant> listed,
      int least) {}

  private final Store store;
  private final ClockLog clock;
  private final Limits limits;
  private final List<Rule<?>> rules;

  public Retention(Store store, ClockLog clock, Limits limits) {
    this.store = store;
    this.clock = clock;
    this.limits = limits;
    this.rules = rules(limits);
  }

  private static List<Rule<?>> rules(Limits limits) {
    return List.of(
        // Within its age a key is never forgotten: too many new ones are refused instead.
        new Rule<>(
            Tables.IDEMPOTENT,
            new Limit(limits.keys().age(), Integer.MAX_VALUE),
            k -> k.key().substring(0, Math.max(0, k.key().indexOf('/'))),
            Idempotent::at,
            Idempotent::at,
            0),
        new Rule<>(
            Tables.DELIVERIES,
            limits.deliveries(),
            d -> d.organization().value(),
            d -> d.status() == Delivery.Status.WAITING ? null : d.endedAt(),
            Delivery::createdAt,
            0),
        new Rule<>(
            Tables.EVENTS, limits.events(), e -> e.organization().value(), Event::at, Event::at, 0),
        // Before the scans that they name.
        new Rule<>(
            Tables.FINDINGS,
            limits.resolved(),
            f -> f.account().value(),
            f -> f.state() == Finding.State.RESOLVED ? f.resolvedAt() : null,
            f -> f.resolvedAt() == null ? f.lastSeen() : f.resolvedAt(),
            0),
        new Rule<>(
            Tables.SCANS,
            limits.scans(),
            s -> s.account().value(),
            s -> s.status().isOver() ? s.finishedAt() : null,
            Scan::startedAt,
            10),
        new Rule<>(
            Tables.COST_DAYS,
            limits.costs(),
            c -> c.account().value(),
            Retention::noon,
            Retention::noon,
            1));
  }

  private static Instant noon(CostDay day) {
    return day.day().atTime(12, 0).toInstant(ZoneOffset.UTC);
  }

  /**
   * Forgets all that is due.
   *
   * @return how many rows
   */
  public int sweep() {
    int gone = 0;
    for (Rule<?> rule : rules) gone += sweep(rule);
    clock.forget(limits.longest());
    return gone;
  }

  private <V> int sweep(Rule<V> rule) {
    int gone = 0;
    State state = store.state();
    Map<String, List<V>> byOwner = new HashMap<>();
    state.rows(rule.table()).stream()
        .filter(row -> rule.over().of(row) != null)
        .forEach(row ->
            byOwner.computeIfAbsent(rule.owner().apply(row), o -> new ArrayList<>()).add(row));
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
    rows.sort(Comparator.comparing(rule.listed()).reversed());
    List<V> due = new ArrayList<>();
    for (int i = rule.least(); i < rows.size(); i++) {
      Instant over = rule.over().of(rows.get(i));
      if (i >= rule.limit().most() || (over != null && over.isBefore(horizon)))
        due.add(rows.get(i));
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
        if (!t.find(rule.table(), key).equals(Optional.of(row)) || isNeeded(t.state(), row))
          continue;
        t.remove(rule.table(), key);
        gone++;
        Instant listed = rule.listed().apply(row);
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

  private static boolean isNeeded(State state, Object row) {
    // It says which number comes next.
    if (row instanceof Event event)
      return state.rows(Tables.EVENTS).last().filter(event::equals).isPresent();
    // It says why the change was asked for.
    if (row instanceof Finding finding)
      return state
          .rows(Tables.CHANGES)
          .where("finding", finding.id().value())
          .findAny()
          .isPresent();
    return row instanceof Scan scan && (isNamed(state, scan) || isRead(state, scan));
  }

  /** It says what was looked at when the finding was made. */
  private static boolean isNamed(State state, Scan scan) {
    return state.rows(Tables.FINDINGS).where("scan", scan.id().value()).findAny().isPresent();
  }

  /** It says from when the metrics are that it fetched, and that are read still. */
  private static boolean isRead(State state, Scan scan) {
    return state
        .rows(Tables.CHUNKS)
        .startingWith(Chunks.metricsPrefix(scan.account()))
        .map(Chunk::run)
        .anyMatch(scan.id().value()::equals);
  }

  /** The account is gone, and what was forgotten of it is of no interest. */
  public static void leave(Transaction t, AccountId account) {
    for (Table<?> table : List.of(Tables.SCANS, Tables.FINDINGS, Tables.COST_DAYS))
      t.remove(Tables.FORGOTTEN, Forgotten.key(table.name(), account.value()));
  }

  /** The youngest of what was forgotten of an organization's deliveries. */
  public static Optional<Instant> deliveriesUntil(State state, OrganizationId organization) {
    return until(state, Tables.DELIVERIES, Stream.of(organization.value()));
  }

  /** The same of the scans of these accounts. */
  public static Optional<Instant> scansUntil(State state, List<Account> accounts) {
    return until(state, Tables.SCANS, accounts.stream().map(Account::id).map(AccountId::value));
  }

  private static Optional<Instant> until(State state, Table<?> table, Stream<String> owners) {
    return owners
        .map(owner -> state.find(Tables.FORGOTTEN, Forgotten.key(table.name(), owner)))
        .flatMap(Optional::stream)
        .map(Forgotten::newest)
        .max(Comparator.naturalOrder());
  }
}
