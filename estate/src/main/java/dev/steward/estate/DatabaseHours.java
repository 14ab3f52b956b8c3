package dev.steward.estate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an hour of a database costs by engine, class and deployment; sources in the file. */
final class DatabaseHours {
  private static final String FILE = "rds-hours-2025-04-04.csv";

  /** Two zones have a price of their own, which is not always twice that of one. */
  private record Hour(double single, double multi) {}

  private static final Map<String, Hour> HOURS = read();

  private DatabaseHours() {}

  private static Map<String, Hour> read() {
    try (InputStream in = DatabaseHours.class.getResourceAsStream(FILE)) {
      if (in == null) throw new IllegalStateException(FILE + " is missing from the build");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(",", -1))
          .collect(
              Collectors.toUnmodifiableMap(
                  cells -> cells[0] + "/" + cells[1],
                  cells -> new Hour(Double.parseDouble(cells[2]), Double.parseDouble(cells[3]))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Dollars; empty for an engine or a class that the file does not have. */
  static Optional<Double> of(String engine, String instanceClass, boolean multiAz) {
    return Optional.ofNullable(HOURS.get(engine + "/" + instanceClass))
        .map(hour -> multiAz ? hour.multi() : hour.single());
  }
}
