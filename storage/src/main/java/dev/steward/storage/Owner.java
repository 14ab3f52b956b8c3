package dev.steward.storage;

import dev.steward.model.OrganizationId;
import org.jspecify.annotations.Nullable;

/** Whose the rows of a table are. */
public sealed interface Owner<V> {
  /** Reads the organization off a row. */
  interface Whose<V> {
    /** Null where a row is nobody's, as what a switch of the whole installation is. */
    @Nullable OrganizationId of(V row);
  }

  /**
   * The row says so.
   *
   * @param keyed whether its key begins with the organization, so that no index is needed
   */
  record Said<V>(Whose<V> whose, boolean keyed) implements Owner<V> {}

  /** It is whose the row is that it hangs on. */
  record Inherited<V>(Link<V> link) implements Owner<V> {}

  /**
   * No organization's: nobody is shown it.
   *
   * @param why nobody needs to be
   */
  record Nobodys<V>(String why) implements Owner<V> {}
}
