package dev.steward.waste;

import dev.steward.model.Money;
import dev.steward.model.MoneyPart;
import dev.steward.model.MoneyPart.Role;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each action ends, leaves and begins, at list price. Its saving is what ends less what
 * begins; what stays was paid before and is paid on. A check's figure is never taken over: it may
 * count what the action leaves. Pure.
 */
public final class StepMoney {
  private final PriceBook prices;
  private final Resource resource;
  private final List<MoneyPart> parts = new ArrayList<>();

  private StepMoney(PriceBook prices, Resource resource) {
    this.prices = prices;
    this.resource = resource;
  }

  public static List<MoneyPart> parts(
      PriceBook prices, String action, Resource resource, Map<String, String> parameters) {
    StepMoney money = new StepMoney(prices, resource);
    money.add(action, parameters);
    return List.copyOf(money.parts);
  }

  /** What ends less what begins; null where the price of either is not known. */
  public static @Nullable Money saving(List<MoneyPart> parts) {
    long micros = 0;
    for (MoneyPart part : parts) {
      if (part.role() == Role.STAYS) continue;
      Money monthly = part.monthly();
      if (monthly == null) return null;
      micros += part.role() == Role.ENDS ? monthly.micros() : -monthly.micros();
    }
    return new Money(micros);
  }

  private void add(String action, Map<String, String> parameters) {
    switch (action) {
      case "snapshot_and_delete_volume" -> {
        ends("the volume", prices.monthly(resource));
        begins("a snapshot of it, at most its whole size", prices.sized(resource, "ebs_snapshot"));
      }
      case "volume_to_gp3" -> {
        ends("the volume as it is", prices.monthly(resource));
        begins(
            "the volume as gp3, with the IOPS and throughput it has",
            Gp3.asFastAs(resource).flatMap(like -> prices.monthly(as(like.attributes()))));
      }
      case "delete_snapshot" -> snapshot(parameters.getOrDefault("copy_region", "none"));
      case "deregister_image" ->
          stays("its snapshots, at most", prices.sized(resource, "ebs_snapshot"));
      case "stop_instance" -> {
        ends("the instance's hours", prices.instanceHours(resource));
        stays("its volumes and its Elastic IP, if it has one", Optional.empty());
      }
      case "start_instance" -> begins("the instance's hours", prices.instanceHours(resource));
      case "terminate_instance" -> terminated();
      case "resize_instance" -> resized(parameters.getOrDefault("instance_type", ""));
      case "delete_nat_gateway" -> {
        ends("the gateway's hours", prices.monthly(resource));
        stays("its Elastic IP", Optional.of(prices.hours("public_ipv4_hour")));
      }
      case "delete_network_interface" -> ends("the interface", Optional.of(Money.ZERO));
      case "delete_load_balancer" -> {
        ends("the load balancer's hours", prices.monthly(resource));
        stays("its target groups", Optional.of(Money.ZERO));
      }
      case "stop_rds_instance" -> {
        ends("the instance's hours", prices.databaseHours(resource));
        stays("its storage", prices.databaseStorage(resource));
      }
      case "snapshot_and_delete_rds" -> {
        ends("the database", prices.monthly(resource));
        begins("a snapshot of it, at most its whole size", prices.sized(resource, "rds_snapshot"));
        if (resource.number("backup_days", 0) > 0)
          stays("its automated backups, until they expire", Optional.empty());
      }
      case "set_log_retention" -> {
        ends("events older than the retention", Optional.empty());
        stays("events that the retention keeps", Optional.empty());
      }
      case "set_bucket_lifecycle" -> {
        ends("the price of objects that move to another class", Optional.empty());
        begins("their price there", Optional.empty());
      }
      // An action that nobody priced saves nobody knows what.
      default -> ends("the resource", prices.monthly(resource));
    }
  }

  private void snapshot(String copyRegion) {
    ends("the snapshot, at most its whole size", prices.monthly(resource));
    if (!copyRegion.equals("none"))
      begins(
          "a copy in " + copyRegion + ", at most its whole size",
          prices.sized(resource, "ebs_snapshot"));
  }

  private void terminated() {
    ends(
        "the instance's hours",
        "running".equals(resource.state())
            ? prices.instanceHours(resource)
            : Optional.of(Money.ZERO));
    ends("those of its volumes that go with it", Optional.empty());
    stays("volumes that survive it, and its Elastic IP, if it has one", Optional.empty());
    begins("a snapshot of each volume, at most its whole size", Optional.empty());
  }

  private void resized(String type) {
    if (!"running".equals(resource.state())) {
      ends("hours, which a stopped instance does not pay", Optional.of(Money.ZERO));
      return;
    }
    ends("hours of " + resource.attribute("instance_type"), prices.instanceHours(resource));
    begins("hours of " + type, prices.instanceHours(as(Map.of("instance_type", type))));
  }

  /** The resource with these attributes. */
  private Resource as(Map<String, String> attributes) {
    Map<String, String> changed = new TreeMap<>(resource.attributes());
    changed.putAll(attributes);
    return new Resource(
        resource.id(),
        resource.kind(),
        resource.region(),
        resource.name(),
        resource.state(),
        resource.createdAt(),
        resource.tags(),
        changed);
  }

  private void ends(String what, Optional<Money> monthly) {
    parts.add(new MoneyPart(Role.ENDS, what, monthly.orElse(null)));
  }

  private void stays(String what, Optional<Money> monthly) {
    parts.add(new MoneyPart(Role.STAYS, what, monthly.orElse(null)));
  }

  private void begins(String what, Optional<Money> monthly) {
    parts.add(new MoneyPart(Role.BEGINS, what, monthly.orElse(null)));
  }
}
