package dev.steward.estate.price;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What EC2 instance types have, as AWS describes them. */
public final class InstanceTypes {
  private static final Map<String, Facts> ALL = read();

  /**
   * @param architectures of images that start on it, e.g. {@code x86_64}
   * @param burstable whether it saves credits for bursts
   * @param mayHaveDisks whether it has disks of its own, which are lost when an instance stops
   * @param ebsMbps what it passes to volumes all the time; null where AWS does not say
   * @param networkGbps the same of its network
   */
  public record Facts(
      String name,
      int vcpus,
      int memoryMib,
      Set<String> architectures,
      boolean burstable,
      boolean bareMetal,
      boolean mayHaveDisks,
      boolean currentGeneration,
      @Nullable Double ebsMbps,
      @Nullable Double networkGbps) {}

  private InstanceTypes() {}

  private static Map<String, Facts> read() {
    Map<String, Facts> all = new TreeMap<>();
    List<String> lines = PriceTable.lines("instance-types.csv");
    // The first two say the source and the columns.
    for (String line : lines.subList(2, lines.size())) {
      String[] cells = line.split(",", -1);
      all.put(
          cells[0],
          new Facts(
              cells[0],
              Integer.parseInt(cells[1]),
              Integer.parseInt(cells[2]),
              Set.of(cells[3].split("\\+", -1)),
              cells[4].equals("1"),
              cells[5].equals("1"),
              cells[6].equals("1"),
              cells[7].equals("1"),
              number(cells[8]),
              number(cells[9])));
    }
    return all;
  }

  private static @Nullable Double number(String cell) {
    return cell.isEmpty() ? null : Double.valueOf(cell);
  }

  /** Empty for a type that AWS did not have when they were read. */
  public static Optional<Facts> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** Whether it is of the families T with a number; trn1 is none of them. */
  public static boolean isBurstable(@Nullable String name) {
    return name != null && name.matches("t\\d.*");
  }

  /** Whether an instance of it may lose disks when it stops: of a type that is not known it may. */
  public static boolean mayHaveDisks(String name) {
    return find(name).map(Facts::mayHaveDisks).orElse(true);
  }

  /** Who made the processors of the one decides which images start; empty where nobody can tell. */
  public static Optional<Boolean> startTheSameImages(String one, String other) {
    return find(one)
        .flatMap(a ->
            find(other).map(b -> a.architectures().stream().anyMatch(b.architectures()::contains)));
  }

  public static Collection<Facts> all() {
    return ALL.values();
  }
}
