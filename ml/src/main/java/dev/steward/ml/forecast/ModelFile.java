package dev.steward.ml.forecast;

import dev.steward.model.LabProblem;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Models and checkpoints as bytes: a mark, numbers, then floats, little endian. Nothing in them is
 * code, so that a model from elsewhere can be wrong but not harmful.
 */
public final class ModelFile {
  private static final int MODEL = 0x324d5453;
  private static final int CHECKPOINT = 0x31435453;

  private ModelFile() {}

  /** A model, to keep. */
  public static byte[] write(QuantileMlp model) {
    MlpSettings s = model.settings();
    int each = s.shape().parameters();
    ByteBuffer bytes = room(4 + 4 * 11 + 8 * 5 + 4 + model.parameters().size() * 4 * each);
    bytes.putInt(MODEL);
    for (int number :
        new int[] {
          s.problem().ordinal(),
          s.season(),
          s.week(),
          s.window(),
          s.horizon(),
          s.hidden(),
          s.blocks(),
          s.members(),
          s.stride(),
          s.epochs(),
          s.batch()
        }) bytes.putInt(number);
    bytes
        .putDouble(s.learningRate())
        .putDouble(s.weightDecay())
        .putDouble(s.dropout())
        .putLong(s.seed());
    bytes.putDouble(model.widening());
    floats(bytes, model.parameters());
    return bytes.array();
  }

  /**
   * @throws IllegalArgumentException if the bytes are no model
   */
  public static QuantileMlp read(byte[] content) {
    try {
      ByteBuffer bytes = marked(content, MODEL);
      MlpSettings settings =
          new MlpSettings(
              problem(bytes.getInt()),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getDouble(),
              bytes.getDouble(),
              bytes.getDouble(),
              bytes.getLong());
      double widening = bytes.getDouble();
      if (!settings.violations().isEmpty() || !(widening > 0 && widening < 1000))
        throw new IllegalArgumentException("not a model: its settings are impossible");
      List<float[]> parameters = floats(bytes, settings);
      if (parameters.isEmpty() || bytes.hasRemaining())
        throw new IllegalArgumentException("not a model: its length does not fit its settings");
      return new QuantileMlp(settings, widening, parameters);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("not a model: it ends too early", e);
    }
  }

  private static LabProblem problem(int number) {
    if (number < 0 || number >= LabProblem.values().length)
      throw new IllegalArgumentException("not a model: it is for no problem that there is");
    return LabProblem.values()[number];
  }

  static byte[] checkpoint(List<float[]> finished, byte[] current) {
    int floats = finished.stream().mapToInt(f -> f.length).sum();
    ByteBuffer bytes = room(4 + 4 + 4 * floats + current.length);
    bytes.putInt(CHECKPOINT);
    floats(bytes, finished);
    return bytes.put(current).array();
  }

  static Checkpoint checkpoint(byte[] content, MlpSettings settings) {
    try {
      ByteBuffer bytes = marked(content, CHECKPOINT);
      List<float[]> finished = floats(bytes, settings);
      byte[] current = new byte[bytes.remaining()];
      bytes.get(current);
      return new Checkpoint(finished, current);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("not a checkpoint: it ends too early", e);
    }
  }

  private static ByteBuffer room(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer marked(byte[] content, int mark) {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.getInt() != mark)
      throw new IllegalArgumentException("not one of our files: its first bytes are others");
    return bytes;
  }

  private static void floats(ByteBuffer bytes, List<float[]> vectors) {
    bytes.putInt(vectors.size());
    for (float[] vector : vectors) {
      bytes.asFloatBuffer().put(vector);
      bytes.position(bytes.position() + 4 * vector.length);
    }
  }

  private static List<float[]> floats(ByteBuffer bytes, MlpSettings settings) {
    int count = bytes.getInt();
    int each = settings.shape().parameters();
    // Checked before room is made, so that a lying header cannot ask for all memory.
    if (count < 0 || count > settings.members() || (long) count * each * 4 > bytes.remaining())
      throw new IllegalArgumentException("not a file of these settings: its length does not fit");
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] vector = new float[each];
      bytes.asFloatBuffer().get(vector);
      bytes.position(bytes.position() + 4 * each);
      vectors.add(vector);
    }
    return vectors;
  }

  /**
   * @param finished the parameters of members that are done
   * @param current the state of the one that is not; empty if all are
   */
  record Checkpoint(List<float[]> finished, byte[] current) {}
}
