package dev.steward.api;

import dev.steward.storage.Own;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** A query parameter that leaves rows of a list out. */
public interface ListFilter<R> {
  QueryParameter<?> parameter();

  /** What is left in this call; empty where the parameter is not given. */
  Optional<Left<R>> of(Own own, Invocation<?> call);

  /**
   * @param meant the name of the parameter and what its value means: the same rows are left where
   *     this is the same
   */
  record Left<R>(Meant meant, Predicate<R> keeps) {}

  record Meant(String parameter, Object value) {}

  /**
   * @param keeps whether a row is left where the parameter has this value; of nothing else than
   *     these two
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
      public Optional<Left<R>> of(Own own, Invocation<?> call) {
        return call.find(parameter)
            .map(value -> meant.apply(own, value))
            .map(wanted ->
                new Left<>(new Meant(parameter.name(), wanted), row -> keeps.test(row, wanted)));
      }
    };
  }
}
