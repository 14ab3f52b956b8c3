package dev.steward.ml.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Trains one {@link QuantileNet}, an epoch at a time, with AdamW (Loshchilov and Hutter 2019) on
 * the pinball loss. Between epochs its whole state is {@link #checkpoint()}: going on from there
 * ends at the same bits as never having stopped, on the same machine, with the same build and as
 * many threads.
 */
public final class NetTraining implements AutoCloseable {
  private static final double DECAY_2 = 0.999;
  private static final double EPSILON = 1e-8;
  private static final double LARGEST_NORM = 1;

  /** The engine collects one gradient at a time in a process, so trainings take turns by step. */
  private static final ReentrantLock GRADIENT = new ReentrantLock(true);

  private final NetShape shape;
  private final NetSettings settings;
  private final QuantileNet net;
  private final Batches batches;
  private final OneCycle cycle;
  private final int stepsPerEpoch;
  private final NDManager manager;
  private final NDArray parameters;
  private final NDArray mean;
  private final NDArray variance;
  private final NDArray above;
  private final NDArray below;
  private int epoch;

  /**
   * @param batches what to learn
   * @param seed of the first parameters and of the order of the windows
   */
  public NetTraining(NetShape shape, NetSettings settings, double[] levels, Batches batches) {
    this.shape = shape;
    this.settings = settings;
    this.batches = batches;
    if (levels.length != shape.quantiles())
      throw new IllegalArgumentException("as many levels as quantiles, please");
    if (batches.size() == 0) throw new IllegalArgumentException("there is nothing to learn");
    net = new QuantileNet(shape);
    stepsPerEpoch = Math.max(1, batches.size() / settings.batch());
    cycle = new OneCycle(settings.learningRate(), stepsPerEpoch * settings.epochs());
    manager = Torch.engine().newBaseManager();
    parameters = manager.create(net.initial(settings.seed()));
    parameters.setRequiresGradient(true);
    mean = manager.zeros(parameters.getShape());
    variance = manager.zeros(parameters.getShape());
    float[] q = new float[levels.length];
    for (int i = 0; i < q.length; i++) q[i] = (float) levels[i];
    above = manager.create(q, new Shape(1, 1, q.length));
    below = above.sub(1);
  }

  /** How many epochs are done. */
  public int epoch() {
    return epoch;
  }

  public boolean done() {
    return epoch >= settings.epochs();
  }

  /**
   * One pass over everything there is to learn, in an order of its own.
   *
   * @param afterStep called with the share of the epoch that is done; what it throws ends the
   *     epoch, which then has to be repeated from a checkpoint
   * @return the mean loss, in steps of a series' season
   * @throws ArithmeticException if the loss is no number any more
   */
  public double epoch(Progress afterStep) {
    int[] order = order(settings.seed() * 1_000_003L + epoch, batches.size());
    int batch = Math.min(settings.batch(), order.length);
    Batches.Buffers buffers = new Batches.Buffers(batch, shape.window(), shape.horizon());
    double sum = 0;
    for (int step = 0; step < stepsPerEpoch; step++) {
      batches.fill(buffers, order, step * batch);
      sum += step(buffers, batch, epoch * stepsPerEpoch + step);
      afterStep.at((step + 1.0) / stepsPerEpoch);
    }
    double loss = sum / stepsPerEpoch;
    if (!Double.isFinite(loss))
      throw new ArithmeticException("the loss is no number any more; try a lower learning rate");
    epoch++;
    return loss;
  }

  private float step(Batches.Buffers buffers, int batch, int step) {
    GRADIENT.lock();
    // A scope closes whatever the engine made for this step.
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray loss;
      try (GradientCollector collector = Torch.engine().newGradientCollector()) {
        NDArray x = manager.create(buffers.x(), new Shape(batch, shape.window()));
        NDArray base = manager.create(buffers.base(), new Shape(batch, shape.horizon()));
        NDArray y = manager.create(buffers.y(), new Shape(batch, shape.horizon()));
        NDArray error = y.expandDims(2).sub(net.forward(parameters, x, base, masks(batch, step)));
        loss = NDArrays.maximum(error.mul(above), error.mul(below)).mean();
        collector.backward(loss);
      }
      adamW(parameters.getGradient(), step);
      return loss.getFloat();
    } finally {
      GRADIENT.unlock();
    }
  }

  /** Made here and not by the engine, whose one generator all trainings of a process share. */
  private List<NDArray> masks(int batch, int step) {
    if (settings.dropout() == 0) return List.of();
    SplittableRandom random = new SplittableRandom(settings.seed() * 7_368_787 + step);
    float kept = (float) (1 / (1 - settings.dropout()));
    List<NDArray> masks = new ArrayList<>();
    for (int block = 0; block < shape.blocks(); block++) {
      float[] mask = new float[batch * shape.hidden()];
      for (int i = 0; i < mask.length; i++)
        mask[i] = random.nextDouble() < settings.dropout() ? 0 : kept;
      masks.add(manager.create(mask, new Shape(batch, shape.hidden())));
    }
    return masks;
  }

  private void adamW(NDArray gradient, int step) {
    double norm = gradient.norm().getFloat();
    double rescale = Math.min(1, LARGEST_NORM / (norm + 1e-6));
    double rate = cycle.rate(step);
    double momentum = cycle.momentum(step);
    double corrected =
        rate * Math.sqrt(1 - Math.pow(DECAY_2, step + 1)) / (1 - Math.pow(momentum, step + 1));
    parameters
        .getNDArrayInternal()
        .adamUpdate(
            new NDList(parameters, gradient, mean, variance),
            new NDList(parameters),
            (float) rate,
            (float) corrected,
            (float) settings.weightDecay(),
            (float) rescale,
            -1,
            (float) momentum,
            (float) DECAY_2,
            (float) EPSILON,
            false,
            true);
    // The engine adds gradients up.
    gradient.subi(gradient);
  }

  /** A permutation that depends on the seed only (Fisher and Yates). */
  private static int[] order(long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** What was learnt so far. */
  public float[] parameters() {
    return parameters.toFloatArray();
  }

  /** The state between two epochs, to go on from. */
  public byte[] checkpoint() {
    int length = shape.parameters();
    ByteBuffer bytes = ByteBuffer.allocate(4 + 12 * length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(epoch);
    for (NDArray array : new NDArray[] {parameters, mean, variance})
      for (float value : array.toFloatArray()) bytes.putFloat(value);
    return bytes.array();
  }

  /**
   * Goes on from a state.
   *
   * @throws IllegalArgumentException if it is of another net
   */
  public void restore(byte[] checkpoint) {
    int length = shape.parameters();
    if (checkpoint.length != 4 + 12 * length)
      throw new IllegalArgumentException("the checkpoint is of another net");
    ByteBuffer bytes = ByteBuffer.wrap(checkpoint).order(ByteOrder.LITTLE_ENDIAN);
    epoch = bytes.getInt();
    float[] values = new float[length];
    for (NDArray array : new NDArray[] {parameters, mean, variance}) {
      bytes.asFloatBuffer().get(values);
      bytes.position(bytes.position() + 4 * length);
      array.set(values);
    }
  }

  @Override
  public void close() {
    manager.close();
  }

  /** Is told how far an epoch is. */
  @FunctionalInterface
  public interface Progress {
    void at(double share);
  }
}
