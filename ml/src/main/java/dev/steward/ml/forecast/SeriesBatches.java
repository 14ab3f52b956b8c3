package dev.steward.ml.forecast;

import dev.steward.ml.torch.Batches;
import java.util.Arrays;
import java.util.List;

/** Every window of every series with what came after it. */
final class SeriesBatches implements Batches {
  private final List<double[]> series;
  private final MlpSettings settings;
  private final Centre centre;
  private final int[] which;
  private final int[] origin;

  /**
   * @param series each equally spaced, oldest first, without gaps
   * @throws IllegalArgumentException if none is long enough for one window
   */
  SeriesBatches(List<double[]> series, MlpSettings settings, Centre centre) {
    this.series = series;
    this.settings = settings;
    this.centre = centre;
    int[] numbers = new int[1024];
    int[] origins = new int[1024];
    int size = 0;
    for (int s = 0; s < series.size(); s++) {
      double[] values = series.get(s);
      for (int at = values.length - settings.horizon();
          at >= settings.window();
          at -= settings.stride()) {
        // A constant window teaches nothing: it is answered by its constant.
        if (Scaling.of(values, at, settings, centre).scale() == 0) continue;
        if (size == numbers.length) {
          numbers = Arrays.copyOf(numbers, 2 * size);
          origins = Arrays.copyOf(origins, 2 * size);
        }
        numbers[size] = s;
        origins[size++] = at;
      }
    }
    which = Arrays.copyOf(numbers, size);
    origin = Arrays.copyOf(origins, size);
  }

  @Override
  public int size() {
    return which.length;
  }

  @Override
  public void fill(Buffers buffers, int[] order, int from) {
    buffers.x().clear();
    buffers.base().clear();
    buffers.y().clear();
    for (int i = from; i < from + buffers.batch(); i++) {
      double[] values = series.get(which[order[i]]);
      int at = origin[order[i]];
      Scaling scaling = Scaling.of(values, at, settings, centre);
      for (int t = at - settings.window(); t < at; t++) buffers.x().put(scaling.in(values[t]));
      for (int h = 0; h < settings.horizon(); h++) {
        buffers.base().put(scaling.in(base(values, at, h, settings.week())));
        buffers.y().put(scaling.in(values[at + h]));
      }
    }
    buffers.x().flip();
    buffers.base().flip();
    buffers.y().flip();
  }

  /** The same step of the last whole week. */
  static double base(double[] values, int at, int step, int week) {
    return values[at - week + step % week];
  }
}
