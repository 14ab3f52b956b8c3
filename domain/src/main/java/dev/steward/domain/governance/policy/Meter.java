package dev.steward.domain.governance.policy;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what an evaluation costs, and ends it when that is too much. CEL's library for Java has no
 * cost limit of its own; but it tells each value before anything is made of it.
 */
final class Meter implements CelEvaluationListener {
  /** The deadline is looked at once in so many values. */
  private static final int LOOK = 64;

  private final Lookups reading;
  private final Budget budget;
  private final Map<Long, Integer> searched = new HashMap<>();
  private long spent;
  private int values;

  Meter(Lookups reading, Budget budget) {
    this.reading = reading;
    this.budget = budget;
  }

  /**
   * Ends an evaluation. An error and no exception: CEL takes an exception in {@code a || b} or in a
   * loop for the value of that part, and goes on.
   */
  static final class SpentError extends Error {
    private static final long serialVersionUID = 1;

    SpentError(String why) {
      super(why, null, false, false);
    }
  }

  @Override
  public void callback(CelExpr expr, Object value) {
    if (++values % LOOK == 0 && budget.isSpent()) throw outOfTime();
    Lookups.Sought sought = reading.sought().get(expr.id());
    if (value instanceof String text) {
      searched.put(expr.id(), text.length());
      if (sought != null) search(sought, text);
    }
    spend(1);
    if (!reading.isLookedInto(expr.id(), value)) walk(value);
  }

  static SpentError outOfTime() {
    return new SpentError("the policies took too long, and what was not judged is denied");
  }

  /** Told of what is sought, before it is. */
  private void search(Lookups.Sought sought, String what) {
    if (sought.regex())
      Patterns.wrong(what)
          .ifPresent(why -> {
            throw new SpentError(why);
          });
    long size = sought.regex() ? Patterns.size(what) : what.length();
    long characters = searched.getOrDefault(sought.in(), 0) + 1L;
    spend(ValueSize.times(size + 1, characters) / ValueSize.CHARACTERS);
  }

  private void walk(Object value) {
    switch (value) {
      case String text -> spend(text.length() / ValueSize.CHARACTERS);
      case CelByteString bytes -> spend(bytes.size() / ValueSize.CHARACTERS);
      case Map<?, ?> map ->
          map.forEach((k, v) -> {
            spend(1);
            walk(k);
            walk(v);
          });
      case Iterable<?> list -> {
        for (Object one : list) {
          spend(1);
          walk(one);
        }
      }
      case null, default -> {}
    }
  }

  private void spend(long units) {
    spent += units;
    budget.spend(units);
    if (spent > Budget.CONDITION)
      throw new SpentError(
          "it takes more than the "
              + Budget.CONDITION
              + " units that a condition may; loop over less, or in fewer loops within each other");
    if (budget.isSpentOfUnits()) throw outOfTime();
  }
}
