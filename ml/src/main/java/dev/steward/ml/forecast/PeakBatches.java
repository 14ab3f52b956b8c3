package dev.steward.ml.forecast;

import dev.steward.ml.torch.Batches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Windows of hourly maxima with the peak of what came after each. */
final class PeakBatches implements Batches {
  private final List<float[]> seen = new ArrayList<>();
  private final List<Float> peaks = new ArrayList<>();

  /**
   * @param series each hourly, oldest first, without gaps
   */
  PeakBatches(List<double[]> series, MlpSettings settings) {
    for (double[] values : series)
      for (int at = values.length - settings.horizon();
          at >= settings.window();
          at -= settings.stride()) {
        PeakView view = PeakView.of(values, at, settings.window());
        if (!(view.peak() > 0)) continue;
        seen.add(view.x());
        peaks.add(view.in(Peak.of(Arrays.copyOfRange(values, at, at + settings.horizon()))));
      }
  }

  @Override
  public int size() {
    return seen.size();
  }

  @Override
  public void fill(Buffers buffers, int[] order, int from) {
    buffers.x().clear();
    buffers.base().clear();
    buffers.y().clear();
    for (int i = from; i < from + buffers.batch(); i++) {
      buffers.x().put(seen.get(order[i]));
      buffers.base().put(0);
      buffers.y().put(peaks.get(order[i]));
    }
    buffers.x().flip();
    buffers.base().flip();
    buffers.y().flip();
  }
}
