package dev.steward.estate.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.price.Item.DatabaseHour;
import dev.steward.estate.price.Item.Deployment;
import dev.steward.estate.price.Item.Family;
import dev.steward.estate.price.Item.LinuxHour;
import dev.steward.estate.price.Item.NodeHour;
import dev.steward.estate.price.Item.NodeService;
import dev.steward.estate.price.Item.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is asked is what the files say, and nothing else. */
final class PriceFilesTest {
  private static final List<Family> SHIPPED =
      Arrays.stream(Family.values()).filter(Family::isShipped).toList();

  private static byte[] bytes(String file) {
    try (InputStream in = PriceTable.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Cell(Item item, String region, double usd, LocalDate date, String source) {}

  /** Read another way than the product does: cell by cell, of the whole file. */
  private static List<Cell> cells(Family family) {
    List<Cell> cells = new ArrayList<>();
    LocalDate date = LocalDate.EPOCH;
    String source = "";
    List<String> regions = List.of();
    for (String line :
        new String(bytes(family.id() + ".csv"), StandardCharsets.UTF_8).split("\n", -1)) {
      if (line.startsWith("#") || line.isEmpty()) continue;
      if (line.startsWith("= ")) {
        String[] head = line.substring(2).split(" \\| ", -1);
        assertThat(head).as("date, source, licence, how").hasSize(4);
        date = LocalDate.parse(head[0]);
        source = head[1];
        assertThat(head[2]).isIn("MIT", "Apache-2.0", "facts");
      } else if (line.startsWith(",")) regions = Arrays.asList(line.substring(1).split(",", -1));
      else {
        List<String> values = Arrays.asList(line.split(",", -1));
        for (int i = 1; i < values.size(); i++)
          if (!values.get(i).isEmpty())
            cells.add(
                new Cell(
                    item(family, values.getFirst()),
                    regions.get(i - 1),
                    Double.parseDouble(values.get(i)),
                    date,
                    source));
      }
    }
    return cells;
  }

  private static Item item(Family family, String key) {
    String[] words = key.split(" ", -1);
    return switch (family) {
      case EC2_LINUX_HOUR -> new LinuxHour(key);
      case EC2_LICENSED_HOUR ->
          throw new AssertionError("the product comes without prices of licences");
      case UNIT -> Unit.valueOf(key.toUpperCase(Locale.ROOT));
      case NODE_HOUR ->
          new NodeHour(NodeService.valueOf(words[0].toUpperCase(Locale.ROOT)), words[1]);
      case RDS_HOUR ->
          new DatabaseHour(
              words[0],
              words[1].equals("multi-az") ? Deployment.MULTI_AZ : Deployment.SINGLE_AZ,
              words[2]);
    };
  }

  @Test
  void anyCellIsThePriceOfItsItemInItsRegionWithItsSource() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (Family family : SHIPPED) {
      List<Cell> cells = cells(family);
      assertThat(cells).hasSizeGreaterThan(500);
      for (int i = 0; i < 500; i++) {
        Cell cell = cells.get(random.nextInt(cells.size()));
        assertThat(Prices.find(cell.item(), cell.region()))
            .as(cell + ", seed " + seed)
            .contains(
                new Price(cell.item(), cell.region(), cell.usd(), cell.date(), cell.source()));
        assertThat(cell.item().key()).isIn(Prices.keys(family, cell.region()));
      }
    }
  }

  @Test
  void noThingHasTwoPricesAndNoneIsFree() {
    for (Family family : SHIPPED) {
      List<Cell> cells = cells(family);
      assertThat(cells).allMatch(cell -> cell.usd() > 0);
      assertThat(cells.stream().map(cell -> cell.item().key() + cell.region()))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void everyLineIsOfSomethingThatCanBeAskedFor() {
    assertThat(Prices.keys(Family.UNIT))
        .isSubsetOf(
            Arrays.stream(Unit.values())
                .map(Item::key)
                .collect(Collectors.toCollection(TreeSet::new)));
    assertThat(Prices.keys(Family.NODE_HOUR))
        .allMatch(key ->
            Arrays.stream(NodeService.values())
                .anyMatch(service -> key.startsWith(new NodeHour(service, "").key())));
  }

  @Test
  void whatIsInNoFileHasNoPrice() {
    assertThat(Prices.find(new LinuxHour("q9.large"), "us-east-1")).isEmpty();
    assertThat(Prices.find(new LinuxHour("m5.large"), "cn-north-1")).isEmpty();
    assertThat(Prices.find(new LinuxHour("m5.large"), "")).isEmpty();
    // Blank cells: a region of the file that does not have the type.
    Set<String> there = Prices.keys(Family.EC2_LINUX_HOUR, "eu-central-1");
    Optional<String> only =
        Prices.keys(Family.EC2_LINUX_HOUR, "us-east-1").stream()
            .filter(type -> !there.contains(type))
            .findFirst();
    assertThat(Prices.find(new LinuxHour(only.orElseThrow()), "eu-central-1")).isEmpty();
  }

  /** A price is never changed under the same version: what names a book must go on being true. */
  @Test
  void theFilesAreThoseOfTheBooksVersion() throws Exception {
    List<String> book = PriceTable.lines("book.csv");
    assertThat(book.getFirst()).isEqualTo(Prices.VERSION);
    assertThat(book).hasSize(2 + SHIPPED.size());
    for (String line : book.subList(1, book.size())) {
      String[] sum = line.split(",", -1);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(sum[0]));
      assertThat(HexFormat.of().formatHex(digest))
          .as(sum[0] + " was changed: give the book another version (docs/prices.md)")
          .isEqualTo(sum[1]);
    }
  }
}
