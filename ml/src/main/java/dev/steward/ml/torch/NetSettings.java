package dev.steward.ml.torch;

/**
 * How a net is trained.
 *
 * @param epochs passes over the data
 * @param batch windows a step
 * @param learningRate the peak of the one-cycle schedule
 * @param weightDecay of AdamW
 * @param dropout share of a block's units that are silent at each step (Srivastava et al. 2014)
 * @param seed of the first parameters and of the order of the windows
 */
public record NetSettings(
    int epochs, int batch, double learningRate, double weightDecay, double dropout, long seed) {}
