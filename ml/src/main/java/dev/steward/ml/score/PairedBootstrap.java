package dev.steward.ml.score;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Whether one method is better than another on the same cases (Efron and Tibshirani 1993, chapter
 * 16): the differences are drawn anew, with replacement, many times.
 */
public final class PairedBootstrap {
  /** So many draws by default. */
  public static final int DRAWS = 10_000;

  private PairedBootstrap() {}

  /**
   * What came out; differences are first minus second, so below zero the first has less.
   *
   * @param difference of the means
   * @param low and {@code high} of its 95 % interval
   * @param p how often chance alone would make as large a difference, two-sided
   */
  public record Result(int cases, double difference, double low, double high, double p) {
    /** Whether zero lies within the interval. */
    public boolean tie() {
      return !(low > 0 || high < 0);
    }
  }

  /**
   * @param first and {@code second} a score a case; a case where either is no number is left out
   * @throws IllegalArgumentException if they are not as long as each other
   */
  public static Result of(double[] first, double[] second, int draws, long seed) {
    if (first.length != second.length)
      throw new IllegalArgumentException("the two must have the same cases");
    double[] differences = new double[first.length];
    int size = 0;
    for (int i = 0; i < first.length; i++) {
      double difference = first[i] - second[i];
      if (Double.isFinite(difference)) differences[size++] = difference;
    }
    if (size == 0) return new Result(0, 0, 0, 0, 1);
    double mean = Arrays.stream(differences, 0, size).average().orElse(0);
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[draws];
    int beyond = 0;
    for (int draw = 0; draw < draws; draw++) {
      double sum = 0;
      for (int i = 0; i < size; i++) sum += differences[random.nextInt(size)];
      means[draw] = sum / size;
      // Moved so that there is no difference, it would be as far away this often.
      if (Math.abs(means[draw] - mean) >= Math.abs(mean)) beyond++;
    }
    Arrays.sort(means);
    return new Result(
        size,
        mean,
        means[(int) (0.025 * (draws - 1))],
        means[(int) Math.ceil(0.975 * (draws - 1))],
        (beyond + 1.0) / (draws + 1));
  }

  /** Adjusts p-values of several comparisons (Holm 1979), in the order in which they were given. */
  public static double[] holm(double[] p) {
    Integer[] order = new Integer[p.length];
    for (int i = 0; i < p.length; i++) order[i] = i;
    Arrays.sort(order, (a, b) -> Double.compare(p[a], p[b]));
    double[] adjusted = new double[p.length];
    double most = 0;
    for (int rank = 0; rank < p.length; rank++) {
      most = Math.max(most, Math.min(1, (p.length - rank) * p[order[rank]]));
      adjusted[order[rank]] = most;
    }
    return adjusted;
  }
}
