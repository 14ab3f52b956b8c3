package dev.steward.storage;

import dev.steward.model.SecretId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a table of immutable records: the one place that says whose a row is, what it
 * hangs on, and how long it is kept. What a caller sees, 404, what goes with an account, what is
 * forgotten, docs/operations.md and the test of strangers follow from it.
 */
public final class Table<V> {
  /** Reads the secret off a row that holds one. */
  public interface Holds<V> {
    @Nullable SecretId of(V row);
  }

  /** The index of the rows that say whose they are. */
  static final String ORGANIZATION = "organization";

  private final Declaration<V> said;
  private final Keep<V> keep;
  private final List<Link<V>> parents;
  private final List<Index<V>> indexes;

  private Table(Declaration<V> said, Keep<V> keep) {
    this.said = said;
    this.keep = keep;
    this.parents = said.links.stream().filter(Link::goes).toList();
    this.indexes = List.copyOf(said.indexes);
  }

  /**
   * Begins a declaration, which ends with how long a row is kept.
   *
   * @param name stable: it is the name on disk
   * @param noun what a caller knows a row as
   * @param key what a row is kept under; unique in the table
   */
  public static <V> Unowned<V> named(
      String name, String noun, Class<V> type, Function<V, String> key) {
    return new Unowned<>(name, noun, type, key);
  }

  public String name() {
    return said.begun.name;
  }

  public String noun() {
    return said.begun.noun;
  }

  public Class<V> type() {
    return said.begun.type;
  }

  public Function<V, String> key() {
    return said.begun.key;
  }

  public Owner<V> owner() {
    return said.owner;
  }

  /** What a row hangs on, or is about. */
  public List<Link<V>> links() {
    return List.copyOf(said.links);
  }

  /** What a row goes with. */
  List<Link<V>> parents() {
    return parents;
  }

  public @Nullable Holds<V> holds() {
    return said.holds;
  }

  /** The paths that end with what names a row, as {@code /waste/scans/{id}}. */
  public List<String> paths() {
    return List.copyOf(said.paths);
  }

  /** What keeps it from growing without end, in words. */
  public String bounds() {
    return keep.bounds(parents().isEmpty() ? "organization" : parents().getFirst().parent().noun());
  }

  public Keep<V> keep() {
    return keep;
  }

  public List<Index<V>> indexes() {
    return indexes;
  }

  /** Whether rows are found by this index. */
  boolean isIndexedBy(String index) {
    return indexes.stream().anyMatch(i -> i.name().equals(index) && !i.counts());
  }

  /** Whether each row may have a large body that is loaded only when it is asked for. */
  public boolean bodies() {
    return said.bodies;
  }

  @Override
  public String toString() {
    return name();
  }

  /** A table of which it is not said yet whose its rows are. */
  public static final class Unowned<V> {
    private final String name;
    private final String noun;
    private final Class<V> type;
    private final Function<V, String> key;

    private Unowned(String name, String noun, Class<V> type, Function<V, String> key) {
      this.name = name;
      this.noun = noun;
      this.type = type;
      this.key = key;
    }

    /** A row says whose it is, and is found by that. */
    public Declaration<V> of(Owner.Whose<V> whose) {
      return new Declaration<>(this, new Owner.Said<>(whose, false))
          .index(new Index<>(ORGANIZATION, row -> values(whose.of(row))));
    }

    /** A row says whose it is, and so does its key. */
    public Declaration<V> ofKey(Owner.Whose<V> whose) {
      return new Declaration<>(this, new Owner.Said<>(whose, true));
    }

    /** A row is whose the row is that it goes with; see {@link Declaration#under}. */
    public Declaration<V> under(Table<?> parent, Link.Key<V> of) {
      return inherited(new Link<>(parent, of, false, null));
    }

    /** A row is whose the row is that it goes with; see {@link Declaration#within}. */
    public Declaration<V> within(Table<?> parent, Link.Key<V> of) {
      return inherited(new Link<>(parent, of, true, null));
    }

    private Declaration<V> inherited(Link<V> link) {
      return new Declaration<>(this, new Owner.Inherited<>(link)).link(link);
    }

    /** A row is no organization's. */
    public Declaration<V> global(String why) {
      return new Declaration<>(this, new Owner.Nobodys<>(why));
    }
  }

  /** A table of which it is not said yet how long its rows are kept. */
  public static final class Declaration<V> {
    private final Unowned<V> begun;
    private final Owner<V> owner;
    private final List<Link<V>> links = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private final List<Index<V>> indexes = new ArrayList<>();
    private @Nullable Holds<V> holds;
    private boolean bodies;

    private Declaration(Unowned<V> begun, Owner<V> owner) {
      this.begun = begun;
      this.owner = owner;
    }

    private Declaration<V> link(Link<V> link) {
      links.add(link);
      return link.keyed() || !link.goes()
          ? this
          : index(new Index<>(link.parent().noun(), row -> values(link.key().of(row))));
    }

    /** A row goes with a row of another table, and is found by it. */
    public Declaration<V> under(Table<?> parent, Link.Key<V> key) {
      return link(new Link<>(parent, key, false, null));
    }

    /** The same where the row's own key is that row's, or begins with it and a slash. */
    public Declaration<V> within(Table<?> parent, Link.Key<V> key) {
      return link(new Link<>(parent, key, true, null));
    }

    /** A row names a row of another table, and is still there when that one goes. */
    public Declaration<V> about(Table<?> parent, Link.Key<V> key, String stays) {
      return link(new Link<>(parent, key, false, stays));
    }

    /** A row holds a secret, which is destroyed with the last row that names it. */
    public Declaration<V> holding(Holds<V> secret) {
      holds = secret;
      return this;
    }

    /** A row is named at the end of this path. */
    public Declaration<V> at(String path) {
      paths.add(path);
      return this;
    }

    public Declaration<V> index(Index<V> index) {
      indexes.add(index);
      return this;
    }

    public Declaration<V> withBodies() {
      bodies = true;
      return this;
    }

    /**
     * @param words what keeps it from growing without end, for docs/operations.md
     */
    public Table<V> kept(String words) {
      return kept(new Keep.Needed<>(words));
    }

    public Table<V> kept(Keep<V> keep) {
      return new Table<>(this, keep);
    }
  }

  private static List<String> values(@Nullable Object value) {
    return value == null ? List.of() : List.of(Objects.toString(value));
  }
}
