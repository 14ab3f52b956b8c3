package dev.steward.ml.forecast;

import dev.steward.ml.torch.NetInference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One model for all series of a kind: nets that forecast the quantiles of a scaled window,
 * averaged. Trained by {@link MlpTraining}.
 */
public final class QuantileMlp implements AutoCloseable {
  private final MlpSettings settings;
  private final double widening;
  private final List<float[]> parameters;
  private final List<NetInference> nets = new ArrayList<>();

  /**
   * @param widening how many times as wide as learnt the quantiles are shown; found by {@link
   *     Calibration}
   * @param parameters of each member
   */
  public QuantileMlp(MlpSettings settings, double widening, List<float[]> parameters) {
    this.settings = settings;
    this.widening = widening;
    this.parameters = List.copyOf(parameters);
    for (float[] member : parameters) nets.add(new NetInference(settings.shape(), member));
  }

  public MlpSettings settings() {
    return settings;
  }

  public double widening() {
    return widening;
  }

  List<float[]> parameters() {
    return parameters;
  }

  /** The same nets with other intervals. */
  public QuantileMlp widened(double factor) {
    return new QuantileMlp(settings, factor, parameters);
  }

  /**
   * Forecasts in one batch.
   *
   * @param histories each at least a window long, without gaps, oldest first
   * @throws IllegalArgumentException if one is too short
   */
  public List<QuantileForecast> forecast(List<double[]> histories) {
    int batch = histories.size();
    int levels = QuantileForecast.LEVELS.length;
    int window = settings.shape().window();
    int horizon = settings.shape().horizon();
    double[][][] sums = new double[batch][horizon][levels];
    for (int member = 0; member < nets.size(); member++) {
      List<View> views = new ArrayList<>(batch);
      float[] x = new float[batch * window];
      float[] base = new float[batch * horizon];
      for (int i = 0; i < batch; i++) {
        double[] history = histories.get(i);
        if (history.length < settings.window())
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "a history must have %d steps; this one has %d",
                  settings.window(),
                  history.length));
        View view = View.of(history, settings, member);
        System.arraycopy(view.x(), 0, x, i * window, window);
        System.arraycopy(view.base(), 0, base, i * horizon, horizon);
        views.add(view);
      }
      float[] answer = nets.get(member).answer(batch, x, base);
      float[] row = new float[levels];
      for (int i = 0; i < batch; i++)
        for (int h = 0; h < horizon; h++) {
          System.arraycopy(answer, (i * horizon + h) * levels, row, 0, levels);
          // Quantiles must not cross.
          Arrays.sort(row);
          for (int q = 0; q < levels; q++) sums[i][h][q] += views.get(i).out(row[q]) / nets.size();
        }
    }
    List<QuantileForecast> forecasts = new ArrayList<>(batch);
    for (int i = 0; i < batch; i++)
      forecasts.add(
          new QuantileForecast(QuantileForecast.LEVELS, sums[i])
              .widened(widening)
              .within(histories.get(i)));
    return forecasts;
  }

  @Override
  public void close() {
    nets.forEach(NetInference::close);
  }
}
