package dev.steward.domain.holdings;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.steward.model.OrganizationId;
import dev.steward.storage.Own;
import dev.steward.storage.Table;
import java.util.List;
import java.util.function.Function;

/**
 * What is made of an organization's rows: made when it is first asked for, and again when one of
 * them has changed. Whoever asks gets what is true of the state that they hold, whatever others
 * hold.
 *
 * @param <T> small and immutable; the time of day must not matter to it
 */
public final class Derived<T> {
  /** So many organizations' are kept; others' are made anew. */
  private static final int MOST = 10_000;

  private record Made<T>(long stamp, T value) {}

  private final List<Table<?>> of;
  private final Function<Own, T> made;
  private final Cache<OrganizationId, Made<T>> kept =
      Caffeine.newBuilder().maximumSize(MOST).build();

  private Derived(List<Table<?>> of, Function<Own, T> made) {
    this.of = List.copyOf(of);
    this.made = made;
  }

  /**
   * @param of every table that is read to make it
   * @param made makes it of these and nothing else
   */
  public static <T> Derived<T> of(List<Table<?>> of, Function<Own, T> made) {
    return new Derived<>(of, made);
  }

  public T of(Own own) {
    long stamp = own.stamp(of);
    Made<T> before = kept.getIfPresent(own.organization());
    if (before != null && before.stamp() == stamp) return before.value();
    T value = made.apply(own);
    kept.put(own.organization(), new Made<>(stamp, value));
    return value;
  }
}
