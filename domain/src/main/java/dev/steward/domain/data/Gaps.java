package dev.steward.domain.data;

/** Fills what is missing, where there is enough to fill it from. */
public final class Gaps {
  /** Above this share a series says too little to be filled. */
  public static final double MOST = 0.2;

  private Gaps() {}

  /** Whether a series has so few gaps that it can be filled. */
  public static boolean fillable(double[] values) {
    int missing = 0;
    for (double value : values) if (!Double.isFinite(value)) missing++;
    return missing < values.length && missing <= MOST * values.length;
  }

  /**
   * The series with each missing value replaced by the one a week before it, or after it at the
   * start, or else the one before it.
   *
   * @param week steps of a week
   */
  public static double[] filled(double[] values, int week) {
    double[] filled = values.clone();
    for (int i = 0; i < filled.length; i++)
      if (!Double.isFinite(filled[i]) && i >= week) filled[i] = filled[i - week];
    for (int i = filled.length - 1; i >= 0; i--)
      if (!Double.isFinite(filled[i]) && i + week < filled.length) filled[i] = filled[i + week];
    for (int i = 1; i < filled.length; i++)
      if (!Double.isFinite(filled[i])) filled[i] = filled[i - 1];
    for (int i = filled.length - 2; i >= 0; i--)
      if (!Double.isFinite(filled[i])) filled[i] = filled[i + 1];
    return filled;
  }
}
