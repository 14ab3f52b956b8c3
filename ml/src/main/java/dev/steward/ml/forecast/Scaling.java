package dev.steward.ml.forecast;

/**
 * How one window becomes numbers that are alike for all series.
 *
 * @param centre what is taken off
 * @param scale what is divided by: the mean absolute change over a season; 0 for a constant window
 */
record Scaling(double centre, double scale) {
  /** A change smaller than this share of the window's spread is noise of the arithmetic. */
  private static final double LEAST = 1e-3;

  static Scaling of(double[] series, int end, MlpSettings settings, Centre centre) {
    int start = end - settings.window();
    int newest =
        switch (centre) {
          case LAST -> 1;
          case SEASON -> settings.season();
          case WEEK -> settings.week();
        };
    double middle = 0;
    for (int i = end - newest; i < end; i++) middle += series[i];
    middle /= newest;
    double steps = 0;
    for (int i = start + settings.season(); i < end; i++)
      steps += Math.abs(series[i] - series[i - settings.season()]);
    double spread = 0;
    for (int i = start; i < end; i++) spread += Math.abs(series[i] - middle);
    return new Scaling(
        middle,
        Math.max(
            steps / (settings.window() - settings.season()), LEAST * spread / settings.window()));
  }

  float in(double value) {
    return scale == 0 ? 0 : (float) ((value - centre) / scale);
  }

  double out(double value) {
    return centre + scale * value;
  }
}
