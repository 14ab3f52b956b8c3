package dev.steward.domain.jobs;

import dev.steward.model.AccountId;
import dev.steward.storage.State;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How unfinished work looks to whoever waits for it; nothing where nobody does. */
public interface Look<R> {
  Optional<Seen> of(State state, R row);

  /** Whether any row is ever shown; if not, nobody need look for them. */
  default boolean shows() {
    return true;
  }

  /** Whether this row may be; what may not is not asked whether it is under way. */
  default boolean shows(R row) {
    return shows();
  }

  /** Of these rows alone. */
  static <R> Look<R> only(Predicate<R> shown, Look<R> look) {
    return new Look<>() {
      @Override
      public Optional<Seen> of(State state, R row) {
        return look.of(state, row);
      }

      @Override
      public boolean shows(R row) {
        return shown.test(row);
      }
    };
  }

  /**
   * @param work what it is called
   * @param account null for what concerns the whole organization
   * @param progress in percent
   */
  record Seen(String work, String id, @Nullable AccountId account, Enum<?> status, int progress) {
    static Seen of(
        String work, Object id, @Nullable AccountId account, Enum<?> status, long done, long of) {
      return new Seen(work, id.toString(), account, status, (int) (done * 100 / Math.max(1, of)));
    }
  }

  /** For what is seen elsewhere, as approvals, or is no work that ends. */
  static <R> Look<R> none() {
    return new Look<>() {
      @Override
      public Optional<Seen> of(State state, R row) {
        return Optional.empty();
      }

      @Override
      public boolean shows() {
        return false;
      }
    };
  }
}
