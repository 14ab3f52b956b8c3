package dev.steward.ml.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** What a net learns from: examples by number, made when they are asked for. */
public interface Batches {
  int size();

  /**
   * Puts the examples {@code order[from]} and following, as many as the buffers hold, into them.
   */
  void fill(Buffers buffers, int[] order, int from);

  /**
   * Room for a batch, off the heap so that the engine copies it once.
   *
   * @param x [batch, window]
   * @param base [batch, horizon]
   * @param y [batch, horizon]
   */
  record Buffers(int batch, FloatBuffer x, FloatBuffer base, FloatBuffer y) {
    Buffers(int batch, int window, int horizon) {
      this(batch, floats(batch * window), floats(batch * horizon), floats(batch * horizon));
    }

    private static FloatBuffer floats(int length) {
      return ByteBuffer.allocateDirect(4 * length).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
  }
}
