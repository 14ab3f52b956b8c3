package dev.steward.ml.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** A trained net that answers; any thread may ask. */
public final class NetInference implements AutoCloseable {
  private final NetShape shape;
  private final QuantileNet net;
  private final NDManager manager;
  private final NDArray parameters;

  public NetInference(NetShape shape, float[] parameters) {
    if (parameters.length != shape.parameters())
      throw new IllegalArgumentException("the parameters are of another net");
    this.shape = shape;
    net = new QuantileNet(shape);
    manager = Torch.engine().newBaseManager();
    this.parameters = manager.create(parameters);
  }

  /**
   * @param x [batch x window], scaled
   * @param base [batch x horizon], scaled
   * @return [batch x horizon x quantiles], not sorted
   */
  public float[] answer(int batch, float[] x, float[] base) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray window = manager.create(x, new Shape(batch, shape.window()));
      NDArray around = manager.create(base, new Shape(batch, shape.horizon()));
      return net.forward(parameters, window, around, List.of()).toFloatArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
