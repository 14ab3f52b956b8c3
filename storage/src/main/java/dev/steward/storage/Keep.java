package dev.steward.storage;

import java.time.Instant;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How long the rows of a table are kept. */
public sealed interface Keep<V> {
  /**
   * What docs/operations.md says.
   *
   * @param owner whose rows are counted together
   */
  String bounds(String owner);

  /** As long as somebody or something needs it; what removes it is code of its own. */
  record Needed<V>(String words) implements Keep<V> {
    @Override
    public String bounds(String owner) {
      return words;
    }
  }

  /**
   * What is over is forgotten when it is old, or one of too many that an owner has: a row that the
   * table hangs on, else an organization.
   *
   * @param age the setting that says how old it may get
   * @param most the setting that says how many an owner may have; null for any number
   * @param over since when nothing more happens to a row; null keeps it
   * @param listed what lists sort it by
   * @param least so many of an owner stay, whatever their age
   * @param needed whether somebody reads it still, whatever its age
   */
  record Forgotten<V>(
      String age,
      @Nullable String most,
      String words,
      Moment<V> over,
      Function<V, Instant> listed,
      int least,
      BiPredicate<State, V> needed)
      implements Keep<V> {
    @Override
    public String bounds(String owner) {
      return "`" + age + "`" + (most == null ? "" : ", `" + most + "` an " + owner) + "; " + words;
    }
  }

  /** A moment of a row; null while it has not come. */
  interface Moment<V> {
    @Nullable Instant of(V row);
  }
}
