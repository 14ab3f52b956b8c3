package dev.steward.ml.forecast;

import dev.steward.ml.torch.NetTraining;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole way to a model, an epoch at a time: learn without the newest horizons, look how well
 * they are forecast and how wide intervals must be, then learn from everything. Between two epochs
 * its state is {@link #checkpoint()}.
 */
public final class ForecastFit implements AutoCloseable {
  private static final double COVERAGE = 0.95;

  private final MlpSettings settings;
  private final List<double[]> series;
  private final List<Backtest.Origin> origins;
  private MlpTraining training;
  private boolean refit;
  private double widening = 1;
  private @Nullable Backtest backtest;

  /**
   * @param series each equally spaced, oldest first, without gaps
   * @param count how many rolling origins are held back
   * @throws IllegalArgumentException if no series is long enough
   */
  public ForecastFit(MlpSettings settings, List<double[]> series, int count) {
    if (!settings.violations().isEmpty())
      throw new IllegalArgumentException(String.join("; ", settings.violations()));
    this.settings = settings;
    this.series = List.copyOf(series);
    origins = settings.origins(series, count);
    int held = count * settings.horizon();
    training =
        new MlpTraining(
            settings,
            series.stream()
                .filter(s -> s.length > held)
                .map(s -> Arrays.copyOf(s, s.length - held))
                .toList());
  }

  public boolean done() {
    return refit && training.done();
  }

  public int epoch() {
    return training.epoch() + (refit ? training.epochs() : 0);
  }

  public int epochs() {
    return 2 * training.epochs();
  }

  /** The next epoch; its loss in steps of a season. */
  public double epoch(NetTraining.Progress progress) {
    double loss = training.epoch(progress);
    if (!refit && training.done()) look();
    return loss;
  }

  private void look() {
    try (QuantileMlp model = training.model()) {
      List<QuantileForecast> plain =
          model.forecast(origins.stream().map(Backtest.Origin::history).toList());
      widening =
          Calibration.widening(
              plain, origins.stream().map(Backtest.Origin::actual).toList(), COVERAGE);
      backtest =
          Backtest.of(
              origins, plain.stream().map(f -> f.widened(widening)).toList(), settings::unit);
    }
    training.close();
    training = new MlpTraining(settings, series);
    refit = true;
  }

  /** How well the held back horizons were forecast; empty until they were. */
  public Optional<Backtest> backtest() {
    return Optional.ofNullable(backtest);
  }

  public List<Backtest.Origin> origins() {
    return origins;
  }

  /** What was learnt so far, with intervals as calibrated so far. */
  public QuantileMlp model() {
    return training.model(widening);
  }

  /** The state between two epochs. */
  public byte[] checkpoint() {
    byte[] state = training.checkpoint();
    int size = backtest == null ? 0 : backtest.mase().length;
    ByteBuffer bytes =
        ByteBuffer.allocate(1 + 8 + 4 + Backtest.SCORES * 8 * size + state.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) (refit ? 1 : 0)).putDouble(widening).putInt(size);
    if (backtest != null)
      for (double[] scores : backtest.all()) for (double score : scores) bytes.putDouble(score);
    return bytes.put(state).array();
  }

  /**
   * Goes on from a state.
   *
   * @throws IllegalArgumentException if it is of other settings or series
   */
  public void restore(byte[] checkpoint) {
    ByteBuffer bytes = ByteBuffer.wrap(checkpoint).order(ByteOrder.LITTLE_ENDIAN);
    boolean later = bytes.get() == 1;
    widening = bytes.getDouble();
    int size = bytes.getInt();
    if (size != 0 && size != origins.size())
      throw new IllegalArgumentException("the checkpoint is of other series");
    if (size > 0)
      backtest =
          new Backtest(
              scores(bytes, size),
              scores(bytes, size),
              scores(bytes, size),
              scores(bytes, size),
              scores(bytes, size));
    if (later && !refit) {
      training.close();
      training = new MlpTraining(settings, series);
      refit = true;
    }
    byte[] state = new byte[bytes.remaining()];
    bytes.get(state);
    training.restore(state);
  }

  private static double[] scores(ByteBuffer bytes, int size) {
    double[] scores = new double[size];
    for (int i = 0; i < size; i++) scores[i] = bytes.getDouble();
    return scores;
  }

  @Override
  public void close() {
    training.close();
  }
}
