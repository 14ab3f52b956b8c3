package dev.steward.estate.catalogue;

import dev.steward.estate.Beside;
import dev.steward.estate.Gp3;
import dev.steward.estate.PriceBook;
import dev.steward.estate.price.Item.Unit;
import dev.steward.estate.price.Quote;
import dev.steward.model.Money;
import dev.steward.model.MoneyPart;
import dev.steward.model.MoneyPart.Role;
import dev.steward.model.Resource;
import java.time.Duration;
import java.time.Instant;
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
  /** An attribute of volumes: whether it is deleted with its instance. */
  private static final String GOES = "delete_on_termination";

  private final PriceBook prices;
  private final Resource resource;
  private final Beside beside;
  private final List<MoneyPart> parts = new ArrayList<>();

  private StepMoney(PriceBook prices, Resource resource, Beside beside) {
    this.prices = prices;
    this.resource = resource;
    this.beside = beside;
  }

  public static List<MoneyPart> parts(
      PriceBook prices,
      String action,
      Resource resource,
      Map<String, String> parameters,
      Beside beside) {
    StepMoney money = new StepMoney(prices, resource, beside);
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
        ends("the volume", monthly(resource));
        begins(
            "a snapshot of it, at most its whole size", prices.sized(resource, Unit.EBS_SNAPSHOT));
      }
      case "volume_to_gp3" -> {
        ends("the volume as it is", monthly(resource));
        begins(
            "the volume as gp3, with the IOPS and throughput it has",
            Gp3.asFastAs(resource).flatMap(like -> monthly(like.of(resource))));
      }
      case "delete_snapshot" -> snapshot(parameters.getOrDefault("copy_region", "none"));
      case "deregister_image" ->
          stays("its snapshots, at most", prices.sized(resource, Unit.EBS_SNAPSHOT));
      case "stop_instance" -> {
        ends("the instance's hours", prices.instanceHours(resource));
        automaticAddress();
        stays("its volumes", volumes().flatMap(all -> Quote.sum(all, this::monthly)));
        stays("its Elastic IP, if it has one", Optional.empty());
      }
      case "start_instance" -> {
        begins("the instance's hours", prices.instanceHours(resource));
        begins(
            "a public address, if AWS gives it one: at most",
            prices.hours(resource, Unit.PUBLIC_IPV4_HOUR));
      }
      case "terminate_instance" -> terminated();
      case "resize_instance" -> resized(parameters.getOrDefault("instance_type", ""));
      case "delete_nat_gateway" -> {
        ends("the gateway's hours", monthly(resource));
        stays("its Elastic IP", prices.hours(resource, Unit.PUBLIC_IPV4_HOUR));
      }
      case "delete_network_interface" -> ends("the interface", Optional.of(Quote.NOTHING));
      case "delete_load_balancer" -> {
        ends("the load balancer's hours", monthly(resource));
        stays("its target groups", Optional.of(Quote.NOTHING));
      }
      case "stop_rds_instance" -> {
        ends("the instance's hours", prices.databaseHours(resource));
        stays("its storage", prices.databaseStorage(resource));
      }
      case "snapshot_and_delete_rds" -> {
        ends("the database", monthly(resource));
        begins(
            "a snapshot of it, at most its whole size", prices.sized(resource, Unit.RDS_SNAPSHOT));
        if (resource.number("backup_days", 0) > 0)
          stays("its automated backups, until they expire", Optional.empty());
      }
      case "set_log_retention" -> retention(parameters.get("days"));
      case "set_bucket_lifecycle" -> {
        ends("the price of objects that move to intelligent tiering", Optional.empty());
        begins(
            "their price there, by how seldom each is read, and the watching of each",
            Optional.empty());
      }
      // An action that nobody priced saves nobody knows what.
      default -> ends("the resource", monthly(resource));
    }
  }

  private void snapshot(String copyRegion) {
    ends("the snapshot, at most its whole size", monthly(resource));
    if (!copyRegion.equals("none"))
      begins(
          "a copy in " + copyRegion + ", at most its whole size",
          prices.sized(resource, copyRegion, Unit.EBS_SNAPSHOT));
  }

  private void terminated() {
    ends(
        "the instance's hours",
        "running".equals(resource.state())
            ? prices.instanceHours(resource)
            : Optional.of(Quote.NOTHING));
    if ("running".equals(resource.state())) automaticAddress();
    List<Resource> volumes = volumes().orElse(null);
    ends(
        "those of its volumes that go with it",
        volumes == null || volumes.stream().anyMatch(v -> v.attribute(GOES) == null)
            ? Optional.empty()
            : Quote.sum(volumes.stream().filter(StepMoney::goes).toList(), this::monthly));
    stays(
        "volumes that survive it",
        volumes == null
            ? Optional.empty()
            : Quote.sum(volumes.stream().filter(v -> !goes(v)).toList(), this::monthly));
    stays("its Elastic IP, if it has one", Optional.empty());
    begins(
        "a snapshot of each volume, at most its whole size",
        volumes == null
            ? Optional.empty()
            : Quote.sum(volumes, volume -> prices.sized(volume, Unit.EBS_SNAPSHOT)));
  }

  private Optional<List<Resource>> volumes() {
    return Optional.ofNullable(beside.volumes());
  }

  /** One that another instance has too stays for it. */
  private static boolean goes(Resource volume) {
    return volume.flag(GOES) && !String.valueOf(volume.attribute("instance")).contains(",");
  }

  /** AWS takes back what it gave by itself, as soon as the instance stops. */
  private void automaticAddress() {
    Optional<Quote> address = prices.automaticAddress(resource);
    if (address.isEmpty()) ends("the public address that AWS gave it, if it did", address);
    else if (!address.get().equals(Quote.NOTHING))
      ends("the public address that AWS gave it", address);
  }

  /** How much comes is not read, so what is stored is taken to have come evenly. */
  private void retention(@Nullable String days) {
    Optional<Double> older = days == null ? Optional.empty() : older(Double.parseDouble(days));
    Optional<Quote> stored = monthly(resource);
    ends(
        "events older than the retention, if as many came every day",
        older.flatMap(share -> stored.map(all -> all.times(share))));
    stays(
        "events that the retention keeps",
        older.flatMap(share -> stored.map(all -> all.times(1 - share))));
  }

  /** The share of what the log group has that is older than this. */
  private Optional<Double> older(double days) {
    Instant created = resource.createdAt();
    Instant seen = beside.at();
    if (created == null || seen == null) return Optional.empty();
    double held =
        Math.min(
            Duration.between(created, seen).toSeconds() / 86_400.0,
            resource.number("retention_days", Double.MAX_VALUE));
    return Optional.of(held <= days ? 0.0 : (held - days) / held);
  }

  private void resized(String type) {
    if (!"running".equals(resource.state())) {
      ends("hours, which a stopped instance does not pay", Optional.of(Quote.NOTHING));
      return;
    }
    ends("hours of " + resource.attribute("instance_type"), prices.instanceHours(resource));
    begins("hours of " + type, prices.instanceHours(as(Map.of("instance_type", type))));
  }

  private Optional<Quote> monthly(Resource one) {
    return Catalogue.monthly(one, prices);
  }

  /** The resource with these attributes. */
  private Resource as(Map<String, String> attributes) {
    Map<String, String> changed = new TreeMap<>(resource.attributes());
    changed.putAll(attributes);
    return resource.with(changed);
  }

  private void ends(String what, Optional<Quote> monthly) {
    parts.add(new MoneyPart(Role.ENDS, what, monthly.map(Quote::money).orElse(null)));
  }

  private void stays(String what, Optional<Quote> monthly) {
    parts.add(new MoneyPart(Role.STAYS, what, monthly.map(Quote::money).orElse(null)));
  }

  private void begins(String what, Optional<Quote> monthly) {
    parts.add(new MoneyPart(Role.BEGINS, what, monthly.map(Quote::money).orElse(null)));
  }
}
