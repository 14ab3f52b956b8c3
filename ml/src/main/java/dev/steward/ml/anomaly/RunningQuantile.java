package dev.steward.ml.anomaly;

/**
 * A high quantile of what came so far, where older values count less. It holds a histogram whose
 * bins are an eighth of a natural logarithm wide, so the answer is at most 13 % too high, for any
 * unit from 1e-11 to 1e10.
 */
final class RunningQuantile {
  private static final int BINS = 400;
  private static final double PER_BIN = 8;
  private static final double LARGEST = 1e100;

  private final double[] bins = new double[BINS];
  private final double level;
  private final double growth;
  private double weight = 1;
  private double total;
  private long count;

  /**
   * @param level 0 to 1
   * @param keep how much of its weight a value keeps at each further one, 0 to 1
   */
  RunningQuantile(double level, double keep) {
    this.level = level;
    growth = 1 / keep;
  }

  /**
   * @param value not negative
   */
  void add(double value) {
    int bin =
        value <= 0
            ? 0
            : (int) Math.clamp(BINS / 2 + Math.floor(Math.log(value) * PER_BIN), 1, BINS - 1);
    count++;
    weight *= growth;
    bins[bin] += weight;
    total += weight;
    // New values weigh more instead of old ones less; now and then all are made lighter.
    if (weight > LARGEST) {
      for (int i = 0; i < BINS; i++) bins[i] /= weight;
      total /= weight;
      weight = 1;
    }
  }

  /** How many values came. */
  long count() {
    return count;
  }

  /** The upper end of the quantile's bin; 0 while it is zero. */
  double value() {
    double beyond = (1 - level) * total;
    double sum = 0;
    for (int bin = BINS - 1; bin > 0; bin--) {
      sum += bins[bin];
      if (sum > beyond) return Math.exp((bin - BINS / 2 + 1) / PER_BIN);
    }
    return 0;
  }
}
