package dev.steward.estate;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** What became of asking for one series. No answer is never an empty answer. */
public sealed interface Reading {
  /**
   * Everything that there is in the window; no values where the metric was silent.
   *
   * @param times of the values, in the same order
   */
  record Answered(List<Instant> times, List<Double> values) implements Reading {
    public Answered {
      times = List.copyOf(times);
      values = List.copyOf(values);
    }

    public double sum() {
      return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    public double maximum() {
      return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /** Whether every value is a number that a metric can have. */
    boolean isSensible() {
      return values.stream().allMatch(v -> Double.isFinite(v) && v >= 0);
    }

    public static Answered of(double... values) {
      return new Answered(
          Arrays.stream(values).mapToObj(v -> Instant.EPOCH).toList(),
          Arrays.stream(values).boxed().toList());
    }
  }

  /** Nobody knows the series, and why; with the name of what AWS said, and nothing else of it. */
  record Unanswered(String why) implements Reading {}
}
