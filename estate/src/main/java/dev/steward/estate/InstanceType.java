package dev.steward.estate;

import dev.steward.estate.price.InstanceTypes;
import dev.steward.estate.price.InstanceTypes.Facts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an EC2 instance type has that rightsizing goes by.
 *
 * @param memoryGib GiB
 * @param baseline the share of its CPU that it has all the time; 1 but for burstable and flex types
 * @param group types whose cores are alike and that an instance can change between
 */
public record InstanceType(
    String name, int vcpus, double memoryGib, double baseline, String group) {
  /** Family letter, and what stands behind it: the generation, with who made the processor. */
  private static final Pattern NAME = Pattern.compile("([cmrt])(\\d[a-z0-9-]*)\\.(.+)");

  /** T3, T3a and T4g; of all vCPUs (EC2 user guide, burstable performance instances). */
  private static final Map<String, Double> BURSTABLE =
      Map.of(
          "nano", 0.05, "micro", 0.1, "small", 0.2, "medium", 0.2, "large", 0.3, "xlarge", 0.4,
          "2xlarge", 0.4);

  /** T2 differs where it is larger. */
  private static final Map<String, Double> T2 = Map.of("xlarge", 0.225, "2xlarge", 0.169);

  /** EC2 user guide, flex instances: 40 percent all the time, more most of it. */
  private static final double FLEX = 0.4;

  private record Sizes(Map<String, List<InstanceType>> groups) {
    static final Sizes ALL =
        new Sizes(
            InstanceTypes.all().stream()
                .flatMap(facts -> of(facts).stream())
                .collect(Collectors.groupingBy(InstanceType::group)));
  }

  /**
   * Empty for a type that is not known, and for one whose instance needs more than CPU and memory
   * of it: disks, accelerators, the bare machine. What they need nobody measures.
   */
  public static Optional<InstanceType> of(String name) {
    return InstanceTypes.find(name).flatMap(InstanceType::of);
  }

  private static Optional<InstanceType> of(Facts facts) {
    Matcher named = NAME.matcher(facts.name());
    if (!named.matches() || facts.mayHaveDisks() || facts.bareMetal()) return Optional.empty();
    boolean bursts = named.group(1).equals("t");
    String generation = named.group(2);
    Double baseline = bursts ? baseline(generation, named.group(3)) : Double.valueOf(1);
    if (baseline == null || bursts != facts.burstable()) return Optional.empty();
    return Optional.of(
        new InstanceType(
            facts.name(),
            facts.vcpus(),
            facts.memoryMib() / 1024.0,
            generation.endsWith("-flex") ? FLEX : baseline,
            bursts ? "t" + generation : generation));
  }

  private static @Nullable Double baseline(String generation, String size) {
    Double usual = BURSTABLE.get(size);
    return switch (generation) {
      case "2" -> T2.getOrDefault(size, usual);
      case "3", "3a", "4g" -> usual;
      default -> null;
    };
  }

  /** The types that an instance of this one can change to and that have a price; not itself. */
  public List<InstanceType> alternatives(String region, PriceBook prices) {
    return Sizes.ALL.groups().getOrDefault(group, List.of()).stream()
        .filter(other -> !other.name.equals(name))
        .filter(other -> prices.instanceHour(region, other.name).isPresent())
        .toList();
  }
}
