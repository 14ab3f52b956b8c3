package dev.steward.api;

import dev.steward.storage.Own;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** A query parameter that leaves rows of a list out. */
public interface ListFilter<R> {
  QueryParameter<?> parameter();

  /** Which rows are left in this call. */
  Predicate<R> of(Own own, Invocation<?> call);

  /**
   * @param keeps whether a row is left where the parameter has this value
   */
  static <R, T> ListFilter<R> by(QueryParameter<T> parameter, BiPredicate<R, T> keeps) {
    return by(parameter, (own, value) -> value, keeps);
  }

  /**
   * @param meant what the value names, looked up once
   */
  static <R, T, K> ListFilter<R> by(
      QueryParameter<T> parameter, BiFunction<Own, T, K> meant, BiPredicate<R, K> keeps) {
    return new ListFilter<>() {
      @Override
      public QueryParameter<?> parameter() {
        return parameter;
      }

      @Override
      public Predicate<R> of(Own own, Invocation<?> call) {
        return call.find(parameter)
            .map(value -> meant.apply(own, value))
            .<Predicate<R>>map(wanted -> row -> keeps.test(row, wanted))
            .orElse(row -> true);
      }
    };
  }
}
