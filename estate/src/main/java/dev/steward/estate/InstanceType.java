package dev.steward.estate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an EC2 instance type has (Amazon EC2 instance types guide, general, compute and memory
 * optimized and burstable instances).
 *
 * @param memoryGib GiB
 * @param baseline the share of its CPU that a burstable type has all the time; 1 for the others
 * @param group types whose cores are alike and that an instance can change between
 */
public record InstanceType(
    String name, int vcpus, double memoryGib, double baseline, String group) {
  /** GiB a vCPU; the third character of a family is its generation, with who made the processor. */
  private static final Map<Character, Integer> GIB = Map.of('c', 2, 'm', 4, 'r', 8);

  private static final List<String> GENERATIONS = List.of("4", "5", "6i", "6g", "7i", "7g");

  private record Burstable(int vcpus, double memory, double baseline) {}

  /** T3, T3a and T4g; a baseline is a share of all vCPUs. */
  private static final Map<String, Burstable> BURSTABLE =
      Map.of(
          "nano", new Burstable(2, 0.5, 0.05),
          "micro", new Burstable(2, 1, 0.1),
          "small", new Burstable(2, 2, 0.2),
          "medium", new Burstable(2, 4, 0.2),
          "large", new Burstable(2, 8, 0.3),
          "xlarge", new Burstable(4, 16, 0.4),
          "2xlarge", new Burstable(8, 32, 0.4));

  /** T2 differs where it is older. */
  private static final Map<String, Burstable> T2 =
      Map.of(
          "nano", new Burstable(1, 0.5, 0.05),
          "micro", new Burstable(1, 1, 0.1),
          "small", new Burstable(1, 2, 0.2),
          "medium", new Burstable(2, 4, 0.2),
          "large", new Burstable(2, 8, 0.3),
          "xlarge", new Burstable(4, 16, 0.225),
          "2xlarge", new Burstable(8, 32, 0.169));

  /** Empty for a type that is not known. */
  public static Optional<InstanceType> of(String name) {
    int dot = name.indexOf('.');
    if (dot < 2) return Optional.empty();
    String family = name.substring(0, dot);
    String size = name.substring(dot + 1);
    if (family.startsWith("t")) {
      if (!List.of("t2", "t3", "t3a", "t4g").contains(family)) return Optional.empty();
      return Optional.ofNullable((family.equals("t2") ? T2 : BURSTABLE).get(size))
          .map(b -> new InstanceType(name, b.vcpus(), b.memory(), b.baseline(), family));
    }
    Integer gib = GIB.get(family.charAt(0));
    String generation = family.substring(1);
    int vcpus = vcpus(size);
    if (gib == null || vcpus == 0 || !GENERATIONS.contains(generation)) return Optional.empty();
    return Optional.of(new InstanceType(name, vcpus, gib * vcpus, 1, generation));
  }

  /** Two for large, four for xlarge, and as many times four as stand before it. */
  private static int vcpus(String size) {
    if (size.equals("large")) return 2;
    if (!size.matches("\\d{0,2}xlarge")) return 0;
    String times = size.substring(0, size.length() - "xlarge".length());
    return 4 * (times.isEmpty() ? 1 : Integer.parseInt(times));
  }

  /** The types that an instance of this one can change to and that have a price; not itself. */
  public List<InstanceType> alternatives(PriceBook prices) {
    List<InstanceType> others = new ArrayList<>();
    for (String other : prices.instanceTypes())
      of(other).filter(t -> t.group.equals(group) && !other.equals(name)).ifPresent(others::add);
    return others;
  }
}
