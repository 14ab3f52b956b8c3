package dev.steward.bench;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads gzipped CSV with a header. */
final class SeriesFile {
  private SeriesFile() {}

  /** A series a row: its id, then its values. */
  static Map<String, double[]> read(Path file) throws IOException {
    Map<String, double[]> series = new LinkedHashMap<>();
    for (String[] cells : rows(file))
      series.put(
          cells[0],
          Arrays.stream(cells, 1, cells.length)
              .filter(c -> !c.isEmpty())
              .mapToDouble(Double::parseDouble)
              .toArray());
    return series;
  }

  /** The cells of each row below the header. */
  static List<String[]> rows(Path file) throws IOException {
    try (CSVParser rows =
        CSVFormat.DEFAULT.parse(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return rows.stream().skip(1).map(CSVRecord::values).toList();
    }
  }
}
