package dev.steward.estate.price;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file of the book: blocks, the newest first, each of one date and source. A block is a line that
 * says them, one with its regions, and a line of prices for each item; an empty cell is no price.
 */
final class PriceTable {
  private final List<Block> blocks;

  private PriceTable(List<Block> blocks) {
    this.blocks = blocks;
  }

  /**
   * @param cells prices by line and region; NaN where there is none
   */
  private record Block(
      LocalDate date,
      String source,
      Map<String, Integer> regions,
      Map<String, Integer> lines,
      double[] cells) {
    double at(String key, String region) {
      Integer line = lines.get(key);
      Integer column = regions.get(region);
      return line == null || column == null ? Double.NaN : cells[line * regions.size() + column];
    }
  }

  static PriceTable read(Item.Family family) {
    return of(family.isShipped() ? lines(family.id() + ".csv") : List.of());
  }

  /**
   * @param lines without remarks
   */
  static PriceTable of(List<String> lines) {
    List<Block> blocks = new ArrayList<>();
    int from = 0;
    while (from < lines.size()) {
      int to = from + 1;
      while (to < lines.size() && !lines.get(to).startsWith("=")) to++;
      blocks.add(block(lines.subList(from, to)));
      from = to;
    }
    return new PriceTable(List.copyOf(blocks));
  }

  /** The lines of a file of the book, without remarks. */
  static List<String> lines(String file) {
    try (InputStream in = PriceTable.class.getResourceAsStream(file)) {
      if (in == null) throw new IllegalStateException(file + " is missing from the build");
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Block block(List<String> lines) {
    // = date | source | licence | how it got them
    String[] head = lines.getFirst().substring(1).split("\\|", -1);
    String[] regions = lines.get(1).split(",", -1);
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 1; i < regions.length; i++) columns.put(regions[i], i - 1);
    Map<String, Integer> keys = new HashMap<>();
    double[] cells = new double[(lines.size() - 2) * columns.size()];
    Arrays.fill(cells, Double.NaN);
    for (int line = 0; line < lines.size() - 2; line++) {
      String[] values = lines.get(line + 2).split(",", -1);
      keys.put(values[0], line);
      for (int i = 1; i < values.length; i++)
        if (!values[i].isEmpty())
          cells[line * columns.size() + i - 1] = Double.parseDouble(values[i]);
    }
    return new Block(LocalDate.parse(head[0].strip()), head[1].strip(), columns, keys, cells);
  }

  /** Where its prices are from, the newest first. */
  List<PriceSource> sources(Item.Family family) {
    return blocks.stream()
        .map(block ->
            new PriceSource(
                family,
                block.date(),
                block.source(),
                (int) Arrays.stream(block.cells()).filter(usd -> !Double.isNaN(usd)).count()))
        .toList();
  }

  /** Takes a cell. */
  interface Cell {
    void is(String key, String region, PriceEntry entry);
  }

  /** Every price, the older ones first, so that of two of one thing the newer comes last. */
  void each(Cell cell) {
    for (Block block : blocks.reversed())
      for (String key : block.lines().keySet())
        for (String region : block.regions().keySet()) {
          double usd = block.at(key, region);
          if (!Double.isNaN(usd))
            cell.is(
                key, region, new PriceEntry(BigDecimal.valueOf(usd), block.date(), block.source()));
        }
  }

  /** The newest price of the item in the region. */
  Optional<Price> find(Item item, String region) {
    for (Block block : blocks) {
      double usd = block.at(item.key(), region);
      if (!Double.isNaN(usd))
        return Optional.of(new Price(item, region, usd, block.date(), block.source()));
    }
    return Optional.empty();
  }

  /** What has a price in the region, by its line. */
  Set<String> keys(String region) {
    Set<String> keys = new TreeSet<>();
    for (Block block : blocks)
      for (String key : block.lines().keySet())
        if (!Double.isNaN(block.at(key, region))) keys.add(key);
    return keys;
  }

  /** Every line, in whatever region. */
  Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    blocks.forEach(block -> keys.addAll(block.lines().keySet()));
    return keys;
  }

  /** Every region that some item has a price in. */
  Set<String> regions() {
    Set<String> regions = new TreeSet<>();
    blocks.forEach(block -> regions.addAll(block.regions().keySet()));
    return regions;
  }
}
