package dev.steward.domain.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Successive halving by thirds: of n candidates the better third goes on to the next rung, which
 * trains three times as long; the last rung trains as long as a whole training.
 */
final class Halving {
  static final int FACTOR = 3;

  private Halving() {}

  /** How many rungs there are above the first. */
  static int top(int candidates) {
    int top = 0;
    for (int left = candidates; left >= FACTOR; left = survivors(left)) top++;
    return top;
  }

  static int survivors(int candidates) {
    return Math.max(1, candidates / FACTOR);
  }

  /** How long a rung trains, in epochs; at least one. */
  static int epochs(int whole, int rung, int top) {
    double share = Math.pow(FACTOR, rung - top);
    return (int) Math.max(1, Math.round(whole * share));
  }

  /** Who goes on: the better third, those without a score last. */
  static <T> List<T> best(List<T> rung, ToDoubleFunction<T> error) {
    List<T> sorted = new ArrayList<>(rung);
    sorted.sort(Comparator.comparingDouble(error));
    return sorted.subList(0, survivors(rung.size()));
  }
}
