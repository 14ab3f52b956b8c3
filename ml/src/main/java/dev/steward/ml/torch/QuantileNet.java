package dev.steward.ml.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A multilayer perceptron of residual blocks that says, for every step ahead, how far each quantile
 * lies from a base: {@code base + skip(x) + out(blocks(in(squash(x))))}.
 *
 * <p>All parameters are one vector. So an optimizer has one array to step, and a checkpoint or a
 * model file is a header and some floats.
 */
final class QuantileNet {
  private final NetShape shape;
  private final long[] cuts;

  QuantileNet(NetShape shape) {
    this.shape = shape;
    int[] lengths = shape.lengths();
    cuts = new long[lengths.length - 1];
    for (int i = 0; i < cuts.length; i++) cuts[i] = lengths[i] + (i == 0 ? 0 : cuts[i - 1]);
  }

  /**
   * Parameters to start from: uniform within one over the root of a layer's inputs (LeCun 1998),
   * and zero where they would disturb the base.
   */
  float[] initial(long seed) {
    float[] vector = new float[shape.parameters()];
    SplittableRandom random = new SplittableRandom(seed);
    int at = uniform(vector, 0, shape.hidden() * (shape.window() + 1), shape.window(), random);
    for (int i = 0; i < 2 * shape.blocks(); i++)
      at = uniform(vector, at, shape.hidden() * (shape.hidden() + 1), shape.hidden(), random);
    int out = shape.horizon() * shape.quantiles();
    uniform(vector, at + out * shape.hidden(), out, shape.hidden(), random);
    return vector;
  }

  private static int uniform(
      float[] vector, int from, int length, int inputs, SplittableRandom random) {
    double bound = 1 / Math.sqrt(inputs);
    for (int i = from; i < from + length; i++) vector[i] = (float) random.nextDouble(-bound, bound);
    return from + length;
  }

  /**
   * @param parameters the vector
   * @param x [batch, window], scaled
   * @param base [batch, horizon], scaled
   * @param masks what each block's result is multiplied by, [batch, hidden]; empty for nothing
   * @return [batch, horizon, quantiles], not sorted
   */
  NDArray forward(NDArray parameters, NDArray x, NDArray base, List<NDArray> masks) {
    NDList p = parameters.split(cuts);
    // The logarithm keeps a single spike from drowning the rest of a window.
    NDArray squashed = x.sign().mul(x.abs().add(1).log());
    NDArray h = linear(squashed, p, 0, shape.hidden(), shape.window()).getNDArrayInternal().gelu();
    int at = 2;
    for (int block = 0; block < shape.blocks(); block++, at += 4) {
      NDArray inner = linear(h, p, at, shape.hidden(), shape.hidden()).getNDArrayInternal().gelu();
      NDArray result = linear(inner, p, at + 2, shape.hidden(), shape.hidden());
      h = h.add(masks.isEmpty() ? result : result.mul(masks.get(block)));
    }
    NDArray out = linear(h, p, at, shape.horizon() * shape.quantiles(), shape.hidden());
    NDArray middle = base.add(linear(x, p, at + 2, shape.horizon(), shape.window()));
    return out.reshape(-1, shape.horizon(), shape.quantiles()).add(middle.expandDims(2));
  }

  private static NDArray linear(NDArray x, NDList p, int at, int outputs, int inputs) {
    NDArray weight = p.get(at).reshape(new Shape(outputs, inputs));
    return x.getNDArrayInternal().linear(x, weight, p.get(at + 1)).singletonOrThrow();
  }
}
