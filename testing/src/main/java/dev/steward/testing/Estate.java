package dev.steward.testing;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a customer has built up over the years, with the waste in it labelled.
 *
 * @param resources how many of the catalogue's resources were made
 * @param waste what a good scan finds, as {@code check/region/resource}
 * @param unknown what it must not judge for want of data
 */
public record Estate(int resources, Set<String> waste, Set<String> unknown) {
  public Estate {
    waste = Set.copyOf(waste);
    unknown = Set.copyOf(unknown);
  }

  /** Regions that the estate lies in; the other enabled ones are empty. */
  public static final List<String> REGIONS = List.of("us-east-1", "eu-west-1", "eu-central-1");

  /**
   * Builds the estate.
   *
   * @param scale how many times each thing is there; 1 makes about 300 resources
   * @param progress told what is being built
   */
  public static Estate build(Customer customer, Instant now, int scale, Runnable progress) {
    Labels labels = new Labels();
    for (String region : REGIONS) {
      new EstateCompute(customer, region, now, scale, labels).build();
      progress.run();
      new EstateNetwork(customer, region, now, scale, labels).build();
      progress.run();
      new EstateStores(customer, region, now, scale, labels).build();
      progress.run();
    }
    customer.at(null);
    return new Estate(labels.resources, labels.waste, labels.unknown);
  }

  /** Gathers what is made and what should be said of it. */
  static final class Labels {
    private final Set<String> waste = new TreeSet<>();
    private final Set<String> unknown = new TreeSet<>();
    private int resources;

    void made(int count) {
      resources += count;
    }

    void waste(String check, String region, String resource) {
      waste.add(check + "/" + region + "/" + resource);
    }

    void unknown(String check, String region, String resource) {
      unknown.add(check + "/" + region + "/" + resource);
    }
  }
}
