package dev.steward.ml.forecast;

import dev.steward.ml.torch.NetTraining;
import dev.steward.model.LabProblem;
import java.util.ArrayList;
import java.util.List;

/** Trains the members of a {@link QuantileMlp} one after the other, an epoch at a time. */
public final class MlpTraining implements AutoCloseable {
  private final MlpSettings settings;
  private final List<double[]> series;
  private final List<float[]> finished = new ArrayList<>();
  private NetTraining current;

  /**
   * @param series each equally spaced, oldest first, without gaps
   * @throws IllegalArgumentException if no series is as long as a window and a horizon
   */
  public MlpTraining(MlpSettings settings, List<double[]> series) {
    this.settings = settings;
    this.series = series;
    current = member(0);
  }

  private NetTraining member(int number) {
    return new NetTraining(
        settings.shape(),
        settings.net(number),
        QuantileForecast.LEVELS,
        settings.problem() == LabProblem.RIGHTSIZING
            ? new PeakBatches(series, settings)
            : new SeriesBatches(series, settings, settings.centre(number)));
  }

  public boolean done() {
    return finished.size() == settings.members();
  }

  /** How many epochs of all members are done. */
  public int epoch() {
    return finished.size() * settings.epochs() + (done() ? 0 : current.epoch());
  }

  /** How many epochs all members have. */
  public int epochs() {
    return settings.members() * settings.epochs();
  }

  /**
   * The next epoch.
   *
   * @return its mean loss, in steps of a season
   */
  public double epoch(NetTraining.Progress progress) {
    if (done()) throw new IllegalStateException("the training is done");
    double loss = current.epoch(progress);
    if (current.done()) {
      finished.add(current.parameters());
      current.close();
      if (!done()) current = member(finished.size());
    }
    return loss;
  }

  /** What was learnt so far: the finished members, or the unfinished one if it is the only one. */
  public QuantileMlp model() {
    return model(1);
  }

  QuantileMlp model(double widening) {
    return new QuantileMlp(
        settings, widening, finished.isEmpty() ? List.of(current.parameters()) : finished);
  }

  /** The state between two epochs. */
  public byte[] checkpoint() {
    return ModelFile.checkpoint(finished, done() ? new byte[0] : current.checkpoint());
  }

  /**
   * Goes on from a state.
   *
   * @throws IllegalArgumentException if it is of other settings
   */
  public void restore(byte[] checkpoint) {
    ModelFile.Checkpoint state = ModelFile.checkpoint(checkpoint, settings);
    finished.clear();
    finished.addAll(state.finished());
    current.close();
    if (!done()) {
      current = member(finished.size());
      current.restore(state.current());
    }
  }

  @Override
  public void close() {
    current.close();
  }
}
