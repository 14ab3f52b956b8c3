package dev.steward.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** Repeated measurements of one thing. */
record Measurements(double[] values) {
  Measurements {
    values = values.clone();
    Arrays.sort(values);
  }

  double median() {
    return quantile(0.5);
  }

  double quantile(double q) {
    return values[(int) Math.min(values.length - 1, Math.floor(q * values.length))];
  }

  /** The median with the smallest and the largest. */
  String shown(String unit) {
    return shown("%,.1f %s (%,.1f to %,.1f)", unit);
  }

  /** The same with a digit more, where a tenth is much. */
  String shownFinely(String unit) {
    return shown("%,.2f %s (%,.2f to %,.2f)", unit);
  }

  private String shown(String format, String unit) {
    return String.format(Locale.ROOT, format, median(), unit, values[0], values[values.length - 1]);
  }

  /**
   * Ratios of pairs that were measured one after the other, so that a slow moment of the machine
   * hits both.
   */
  static Measurements ratios(double[] of, double[] to) {
    double[] ratios = new double[of.length];
    for (int i = 0; i < ratios.length; i++) ratios[i] = of[i] / to[i];
    return new Measurements(ratios);
  }

  static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
