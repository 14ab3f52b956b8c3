package dev.steward.storage;

import static dev.steward.storage.Tables.ACCOUNTS;
import static dev.steward.storage.Tables.APPROVALS;
import static dev.steward.storage.Tables.ARTIFACTS;
import static dev.steward.storage.Tables.AUDIT_ANCHORS;
import static dev.steward.storage.Tables.CHANGES;
import static dev.steward.storage.Tables.DATA_SETS;
import static dev.steward.storage.Tables.DISCONNECTIONS;
import static dev.steward.storage.Tables.FINDINGS;
import static dev.steward.storage.Tables.FORGOTTEN;
import static dev.steward.storage.Tables.MODELS;
import static dev.steward.storage.Tables.MODEL_VERSIONS;
import static dev.steward.storage.Tables.ONBOARDINGS;
import static dev.steward.storage.Tables.ORGANIZATIONS;
import static dev.steward.storage.Tables.POLICIES;
import static dev.steward.storage.Tables.POLICY_VERSIONS;
import static dev.steward.storage.Tables.PREDICTIONS;
import static dev.steward.storage.Tables.PRICE_BOOKS;
import static dev.steward.storage.Tables.PROMOTIONS;
import static dev.steward.storage.Tables.RUNS;
import static dev.steward.storage.Tables.SAVINGS;
import static dev.steward.storage.Tables.SCANS;
import static dev.steward.storage.Tables.SEARCHES;
import static dev.steward.storage.Tables.SECRETS;
import static dev.steward.storage.Tables.TRAININGS;
import static dev.steward.storage.Tables.USERS;
import static dev.steward.storage.Tables.WATCHES;

import dev.steward.model.Approval;
import dev.steward.model.Change;
import dev.steward.model.Finding;
import dev.steward.model.Forgotten;
import dev.steward.model.ModelVersion;
import dev.steward.model.PlanStep;
import dev.steward.model.RegisteredModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which rows name which others and which blobs, and which of those are not there. */
final class Integrity {
  /**
   * Rows of one table name rows of another.
   *
   * @param names the keys that a row names
   * @param excused whether what a row names may be gone
   */
  record Reference<V>(
      Table<V> from,
      Table<?> to,
      Function<V, Stream<String>> names,
      BiPredicate<State, V> excused) {}

  /** Rows of a table name blobs. */
  record Content<V>(Table<V> from, Function<V, @Nullable String> digest) {}

  /**
   * What the rows of {@link Tables} do not say: they say what goes with what, and who holds what.
   */
  private static final List<Reference<?>> BESIDE =
      List.of(
          one(ACCOUNTS, ONBOARDINGS, a -> a.onboarding().value()),
          one(ONBOARDINGS, ACCOUNTS, o -> o.account() == null ? null : o.account().value()),
          new Reference<>(
              FINDINGS, SCANS, f -> Stream.of(f.scan().value()), Integrity::mayHaveLostItsScan),
          one(POLICIES, POLICY_VERSIONS, p -> p.versionKey()),
          one(CHANGES, APPROVALS, c -> c.approval() == null ? null : c.approval().value()),
          new Reference<>(CHANGES, FINDINGS, Integrity::findings, Integrity::mayHaveLostFindings),
          one(SAVINGS, CHANGES, s -> s.change().value()),
          one(APPROVALS, CHANGES, a -> a.kind() == Approval.Kind.CHANGE ? a.subject() : null),
          one(APPROVALS, PROMOTIONS, a -> a.kind() == Approval.Kind.PROMOTION ? a.subject() : null),
          one(PROMOTIONS, APPROVALS, p -> p.approval().value()),
          one(RUNS, RUNS, r -> r.parent() == null ? null : r.parent().value()),
          one(TRAININGS, DATA_SETS, t -> t.dataSet().value()),
          one(SEARCHES, DATA_SETS, s -> s.dataSet().value()),
          many(SEARCHES, RUNS, s -> s.trials().stream().map(t -> t.run().value())),
          one(PREDICTIONS, DATA_SETS, p -> p.dataSet().value()),
          one(MODEL_VERSIONS, RUNS, v -> v.run() == null ? null : v.run().value()),
          many(MODELS, MODEL_VERSIONS, Integrity::aliased));

  /** Whose organization is asked for: what else is an organization's goes back to one of these. */
  private static final List<Table<?>> OWNED = List.of(USERS, ACCOUNTS, ONBOARDINGS, CHANGES);

  static final List<Reference<?>> ROWS =
      Stream.concat(Tables.ALL.stream().flatMap(Integrity::said), BESIDE.stream()).toList();

  static final List<Content<?>> BLOBS =
      List.of(
          new Content<>(DATA_SETS, d -> d.digest()),
          new Content<>(ARTIFACTS, a -> a.sha256()),
          new Content<>(TRAININGS, t -> t.checkpoint()),
          new Content<>(PREDICTIONS, p -> p.result()),
          new Content<>(WATCHES, w -> w.pending()),
          new Content<>(AUDIT_ANCHORS, a -> a.blob()),
          new Content<>(PRICE_BOOKS, b -> b.content()));

  private Integrity() {}

  /** What a table's own row says: whose a row is, what it goes with, and which secret it holds. */
  private static <V> Stream<Reference<?>> said(Table<V> table) {
    Stream.Builder<Reference<?>> said = Stream.builder();
    if (OWNED.contains(table) && table.owner() instanceof Owner.Said<V>(var whose, boolean keyed))
      said.add(one(table, ORGANIZATIONS, row -> text(whose.of(row))));
    for (Link<V> link : table.parents())
      said.add(
          new Reference<>(
              table,
              link.parent(),
              row -> Stream.ofNullable(link.key().of(row)),
              (state, row) -> isDisconnecting(state, link, row)));
    Table.Holds<V> holds = table.holds();
    if (holds != null) said.add(one(table, SECRETS, row -> text(holds.of(row))));
    return said.build();
  }

  private static @Nullable String text(@Nullable Object id) {
    return id == null ? null : id.toString();
  }

  private static <V> Reference<V> one(
      Table<V> from, Table<?> to, Function<V, @Nullable String> name) {
    return many(from, to, row -> Optional.ofNullable(name.apply(row)).stream());
  }

  private static <V> Reference<V> many(
      Table<V> from, Table<?> to, Function<V, Stream<String>> names) {
    return new Reference<>(from, to, names, (state, row) -> false);
  }

  /** What hangs on an account goes with it, some of it when its disconnection gets there. */
  private static <V> boolean isDisconnecting(State state, Link<V> link, V row) {
    String account = link.key().of(row);
    return link.parent() == ACCOUNTS
        && account != null
        && state.find(DISCONNECTIONS, account).isPresent();
  }

  /**
   * A dismissal of before the account was connected anew, or a scan that an older version forgot
   * although it was named.
   */
  private static boolean mayHaveLostItsScan(State state, Finding finding) {
    String account = finding.account().value();
    return state.find(FORGOTTEN, Forgotten.key(SCANS.name(), account)).isPresent()
        || state
            .find(ACCOUNTS, account)
            .filter(a -> finding.lastSeen().isBefore(a.connectedAt()))
            .isPresent();
  }

  private static Stream<String> findings(Change change) {
    return change.plan().steps().stream()
        .map(PlanStep::finding)
        .flatMap(f -> Optional.ofNullable(f).stream())
        .map(f -> f.value());
  }

  /** They went with their account, or an older version forgot them after they were resolved. */
  private static boolean mayHaveLostFindings(State state, Change change) {
    String account = change.account().value();
    Instant forgotten =
        state
            .find(FORGOTTEN, Forgotten.key(FINDINGS.name(), account))
            .map(Forgotten::newest)
            .orElse(Instant.MIN);
    return state.find(ACCOUNTS, account).isEmpty() || forgotten.isAfter(change.createdAt());
  }

  private static Stream<String> aliased(RegisteredModel model) {
    return model.aliases().values().stream()
        .map(version -> ModelVersion.key(model.organization(), model.name(), version));
  }

  /** Each row that names one which is not there. */
  static List<String> faults(State state) {
    List<String> faults = new ArrayList<>();
    for (Reference<?> reference : ROWS) check(state, reference, faults);
    return faults;
  }

  private static <V> void check(State state, Reference<V> reference, List<String> faults) {
    Rows<?> named = state.rows(reference.to());
    state.rows(reference.from()).stream()
        .forEach(row ->
            reference
                .names()
                .apply(row)
                .filter(key -> named.find(key).isEmpty() && !reference.excused().test(state, row))
                .forEach(key ->
                    faults.add(
                        says(reference.from(), row)
                            + shown(key)
                            + " of "
                            + reference.to().name())));
  }

  /**
   * Each row that names a blob which is not there.
   *
   * @param left the digests of the blobs that there are; what is named is taken out of it
   */
  static List<String> blobs(State state, Set<String> left) {
    Set<String> there = Set.copyOf(left);
    List<String> faults = new ArrayList<>();
    for (Content<?> content : BLOBS) check(state, content, there, left, faults);
    return faults;
  }

  private static <V> void check(
      State state, Content<V> content, Set<String> there, Set<String> left, List<String> faults) {
    for (V row : (Iterable<V>) state.rows(content.from()).stream()::iterator) {
      String digest = content.digest().apply(row);
      if (digest == null) continue;
      left.remove(digest);
      if (!there.contains(digest)) faults.add(says(content.from(), row) + "the blob " + digest);
    }
  }

  private static <V> String says(Table<V> table, V row) {
    return table.name() + " " + shown(table.key().apply(row)) + " names what is not there: ";
  }

  /** Some keys have a line break in them. */
  private static String shown(String key) {
    return key.replace('\n', '/');
  }
}
