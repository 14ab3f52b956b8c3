package dev.steward.ml.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The network against the same arithmetic written out, and its training schedule. */
final class NetTest {
  private static final NetShape SHAPE = new NetShape(3, 2, 3, 4, 1);

  @Test
  void countsItsParameters() {
    // in 4x3+4, a block of two layers 2 x (4x4+4), out 6x4+6, skip 2x3+2
    assertThat(SHAPE.parameters()).isEqualTo(16 + 40 + 30 + 8);
  }

  /** Abramowitz and Stegun 7.1.26 is good to 1.5e-7. */
  private static double gelu(double x) {
    double z = Math.abs(x) / Math.sqrt(2);
    double t = 1 / (1 + 0.3275911 * z);
    double erf =
        1
            - (((((1.061405429 * t - 1.453152027) * t) + 1.421413741) * t - 0.284496736) * t
                    + 0.254829592)
                * t
                * Math.exp(-z * z);
    return x * 0.5 * (1 + Math.signum(x) * erf);
  }

  private static double[] linear(float[] p, int at, double[] x, int outputs) {
    double[] y = new double[outputs];
    for (int o = 0; o < outputs; o++) {
      y[o] = p[at + outputs * x.length + o];
      for (int i = 0; i < x.length; i++) y[o] += p[at + o * x.length + i] * x[i];
    }
    return y;
  }

  private static double[] map(double[] x, java.util.function.DoubleUnaryOperator f) {
    return java.util.Arrays.stream(x).map(f).toArray();
  }

  @Test
  void computesWhatItSays() {
    SplittableRandom random = new SplittableRandom(4);
    float[] p = new float[SHAPE.parameters()];
    for (int i = 0; i < p.length; i++) p[i] = (float) random.nextDouble(-1, 1);
    double[] x = {0.5, -2, 3};
    double[] base = {10, 20};
    double[] h =
        map(linear(p, 0, map(x, v -> Math.signum(v) * Math.log1p(Math.abs(v))), 4), NetTest::gelu);
    double[] block = linear(p, 36, map(linear(p, 16, h, 4), NetTest::gelu), 4);
    for (int i = 0; i < 4; i++) h[i] += block[i];
    double[] out = linear(p, 56, h, 6);
    double[] skip = linear(p, 86, x, 2);
    float[] answer;
    try (NetInference net = new NetInference(SHAPE, p)) {
      answer = net.answer(1, new float[] {0.5f, -2, 3}, new float[] {10, 20});
    }
    for (int step = 0; step < 2; step++)
      for (int q = 0; q < 3; q++)
        assertThat((double) answer[step * 3 + q])
            .isCloseTo(base[step] + skip[step] + out[step * 3 + q], within(1e-4));
  }

  @Test
  void aNewNetSaysItsBase() {
    float[] start = new QuantileNet(SHAPE).initial(1);
    assertThat(new QuantileNet(SHAPE).initial(1)).isEqualTo(start);
    assertThat(new QuantileNet(SHAPE).initial(2)).isNotEqualTo(start);
    try (NetInference net = new NetInference(SHAPE, start)) {
      float[] answer = net.answer(1, new float[] {1, 2, 3}, new float[] {10, 20});
      // But for the biases of the last layer, which are at most one over the root of its inputs.
      assertThat(answer[0]).isCloseTo(10, within(0.51f));
      assertThat(answer[3]).isCloseTo(20, within(0.51f));
    }
  }

  @Test
  void refusesParametersOfAnotherNet() {
    assertThatThrownBy(() -> new NetInference(SHAPE, new float[3]))
        .hasMessageContaining("another net");
  }

  @Test
  void ratesGoUpAndDown() {
    OneCycle cycle = new OneCycle(1e-3, 100);
    assertThat(cycle.rate(0)).isCloseTo(1e-3 / 25, within(1e-12));
    assertThat(cycle.rate(19)).isCloseTo(1e-3, within(1e-12));
    assertThat(cycle.rate(99)).isCloseTo(1e-3 / 25 / 10_000, within(1e-12));
    assertThat(cycle.rate(59)).isCloseTo(1e-3 / 2, within(1e-6));
    assertThat(cycle.momentum(0)).isCloseTo(0.95, within(1e-12));
    assertThat(cycle.momentum(19)).isCloseTo(0.85, within(1e-12));
  }

  /** One step of AdamW on one example, computed by hand from the gradient of the bias. */
  @Test
  void stepsAsAdamWDoes() {
    NetShape one = new NetShape(1, 1, 1, 1, 0);
    Batches example =
        new Batches() {
          @Override
          public int size() {
            return 1;
          }

          @Override
          public void fill(Buffers buffers, int[] order, int from) {
            buffers.x().put(0, 0);
            buffers.base().put(0, 0);
            buffers.y().put(0, 5);
          }
        };
    NetSettings settings = new NetSettings(1, 1, 0.01, 0.1, 0, 3);
    float[] before = new QuantileNet(one).initial(3);
    try (NetTraining training = new NetTraining(one, settings, new double[] {0.5}, example)) {
      double loss = training.epoch(share -> {});
      // Half of how far five is from the only bias that counts, the last layer's (index 3).
      assertThat(loss).isCloseTo((5 - before[3]) / 2, within(0.3));
      float[] after = training.parameters();
      // The first step of Adam is its rate, whatever the gradient; the decay is the weight's share.
      double rate = new OneCycle(0.01, 1).rate(0);
      assertThat((double) after[3] - before[3])
          .isCloseTo(rate - rate * 0.1 * before[3], within(rate * 0.02));
    }
  }

  @Test
  void saysWhatItRunsOn() {
    assertThat(Torch.version()).contains("pytorch 2.7.1");
  }
}
