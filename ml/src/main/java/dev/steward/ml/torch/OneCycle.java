package dev.steward.ml.torch;

/**
 * The one-cycle schedule (Smith and Topin 2019, "Super-convergence"): the rate rises for a fifth of
 * the steps and falls for the rest, each along a cosine, while momentum does the opposite.
 *
 * @param peak the highest rate
 * @param steps of the whole training
 */
record OneCycle(double peak, int steps) {
  private static final double RISE = 0.2;
  private static final double START = 1 / 25.0;
  private static final double END = START / 10_000;

  /**
   * @param step from 0
   */
  double rate(int step) {
    return peak * along(step, START, 1, END);
  }

  double momentum(int step) {
    return along(step, 0.95, 0.85, 0.95);
  }

  private double along(int step, double start, double middle, double end) {
    double top = Math.max(1, RISE * steps - 1);
    return step <= top
        ? cosine(start, middle, step / top)
        : cosine(middle, end, Math.min(1, (step - top) / Math.max(1, steps - 1 - top)));
  }

  private static double cosine(double from, double to, double share) {
    return to + (from - to) / 2 * (1 + Math.cos(Math.PI * share));
  }
}
