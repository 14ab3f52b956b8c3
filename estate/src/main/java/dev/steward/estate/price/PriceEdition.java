package dev.steward.estate.price;

import dev.steward.estate.price.Item.Family;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Prices that were asked of AWS, which lie over the book that comes with the product. As text it is
 * that book's files, each below a line that names it.
 */
public final class PriceEdition {
  public static final PriceEdition EMPTY = new PriceEdition(Map.of());
  private static final String FILE = "@ ";

  private final Map<PriceLine, PriceEntry> entries;
  private final Map<Family, PriceTable> tables = new EnumMap<>(Family.class);

  public PriceEdition(Map<PriceLine, PriceEntry> entries) {
    this.entries = new TreeMap<>(entries);
    Map<Family, List<String>> files = files();
    files.forEach((family, lines) -> tables.put(family, PriceTable.of(lines)));
  }

  public static PriceEdition read(String text) {
    Map<PriceLine, PriceEntry> entries = new TreeMap<>();
    List<String> lines = text.lines().toList();
    int from = 0;
    while (from < lines.size()) {
      int to = from + 1;
      while (to < lines.size() && !lines.get(to).startsWith(FILE)) to++;
      Family family = Family.named(lines.get(from).substring(FILE.length()));
      PriceTable.of(lines.subList(from + 1, to))
          .each((key, region, entry) -> entries.put(new PriceLine(family, key, region), entry));
      from = to;
    }
    return new PriceEdition(entries);
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    files()
        .forEach((family, lines) -> {
          text.append(FILE).append(family.id()).append('\n');
          lines.forEach(line -> text.append(line).append('\n'));
        });
    return text.toString();
  }

  private Map<Family, List<String>> files() {
    Map<Family, Map<Head, Map<String, Map<String, String>>>> blocks = new EnumMap<>(Family.class);
    entries.forEach((line, entry) ->
        blocks
            .computeIfAbsent(line.family(), f -> new TreeMap<>())
            .computeIfAbsent(new Head(entry.date(), entry.source()), h -> new TreeMap<>())
            .computeIfAbsent(line.key(), k -> new TreeMap<>())
            .put(line.region(), entry.usd().stripTrailingZeros().toPlainString()));
    Map<Family, List<String>> files = new EnumMap<>(Family.class);
    blocks.forEach((family, of) -> {
      List<String> lines = new ArrayList<>();
      of.forEach((head, cells) -> block(head, cells, lines));
      files.put(family, lines);
    });
    return files;
  }

  private static void block(Head head, Map<String, Map<String, String>> cells, List<String> lines) {
    TreeSet<String> regions = new TreeSet<>();
    cells.values().forEach(row -> regions.addAll(row.keySet()));
    lines.add("= " + head.date() + " | " + head.source() + " | facts | asked of AWS");
    lines.add("," + String.join(",", regions));
    cells.forEach((key, row) -> {
      List<String> values = new ArrayList<>(List.of(key));
      regions.forEach(region -> values.add(row.getOrDefault(region, "")));
      lines.add(String.join(",", values));
    });
  }

  /** The newest block comes first. */
  private record Head(LocalDate date, String source) implements Comparable<Head> {
    @Override
    public int compareTo(Head other) {
      int newer = other.date.compareTo(date);
      return newer == 0 ? source.compareTo(other.source) : newer;
    }
  }

  public Optional<Price> find(Item item, String region) {
    PriceTable table = tables.get(item.family());
    return table == null ? Optional.empty() : table.find(item, region);
  }

  /** Where its prices are from. */
  public List<PriceSource> sources() {
    return tables.entrySet().stream()
        .flatMap(table -> table.getValue().sources(table.getKey()).stream())
        .toList();
  }

  public Map<PriceLine, PriceEntry> entries() {
    return Map.copyOf(entries);
  }

  public int size() {
    return entries.size();
  }
}
