package dev.steward.ml.torch;

/**
 * The shape of a {@link QuantileNet}.
 *
 * @param window steps of history that go in
 * @param horizon steps that come out
 * @param quantiles how many values a step
 * @param hidden units of a layer
 * @param blocks residual blocks of two layers each
 */
public record NetShape(int window, int horizon, int quantiles, int hidden, int blocks) {
  /** The lengths of the parameters in the vector, in the order in which the net uses them. */
  int[] lengths() {
    int[] lengths = new int[2 + 4 * blocks + 4];
    int at = 0;
    lengths[at++] = hidden * window;
    lengths[at++] = hidden;
    for (int i = 0; i < 2 * blocks; i++) {
      lengths[at++] = hidden * hidden;
      lengths[at++] = hidden;
    }
    lengths[at++] = horizon * quantiles * hidden;
    lengths[at++] = horizon * quantiles;
    lengths[at++] = horizon * window;
    lengths[at] = horizon;
    return lengths;
  }

  /** How many parameters there are. */
  public int parameters() {
    int sum = 0;
    for (int length : lengths()) sum += length;
    return sum;
  }
}
