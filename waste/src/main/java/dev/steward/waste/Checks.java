package dev.steward.waste;

import static dev.steward.waste.Verdict.FINE;
import static dev.steward.waste.Verdict.unknown;

import dev.steward.model.Finding.Confidence;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import dev.steward.waste.Verdict.Waste;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every check, as data with its rule. Default thresholds follow what AWS Trusted Advisor, Compute
 * Optimizer and the open tools use; where they differ, the more careful one.
 */
public final class Checks {
  /** Put on a resource, this tag with the value {@code keep} says that it is wanted. */
  public static final String KEEP_TAG = "steward";

  /** How many days of metrics are asked for. */
  public static final int WINDOW_DAYS = 14;

  private static final Threshold MIN_DATAPOINTS =
      new Threshold(
          "min_datapoints",
          7,
          1,
          WINDOW_DAYS,
          "days",
          "with fewer days of data the answer is unknown");

  public static final List<WasteCheck> ALL =
      List.of(
          new WasteCheck(
              "unattached_volume",
              "Volume attached to nothing",
              "ebs_volume",
              1,
              List.of(),
              List.of(),
              List.of(minAge(7, "a younger volume may be about to be attached")),
              List.of("snapshot_and_delete_volume"),
              Checks::unattachedVolume),
          new WasteCheck(
              "old_snapshot",
              "Snapshot that is old and in no image",
              "ebs_snapshot",
              1,
              List.of("ec2_image", "ebs_volume"),
              List.of(),
              List.of(minAge(90, "snapshots are kept for a while on purpose")),
              List.of("delete_snapshot"),
              Checks::oldSnapshot),
          new WasteCheck(
              "orphan_snapshot",
              "Snapshot whose volume is gone",
              "ebs_snapshot",
              1,
              List.of("ec2_image", "ebs_volume"),
              List.of(),
              List.of(minAge(30, "the last copy of a volume is kept for a while")),
              List.of("delete_snapshot"),
              Checks::orphanSnapshot),
          new WasteCheck(
              "unused_image",
              "Image that no instance was made from",
              "ec2_image",
              1,
              List.of("ec2_instance"),
              List.of(),
              List.of(minAge(90, "a younger image may be the next release")),
              List.of("deregister_image"),
              Checks::unusedImage),
          new WasteCheck(
              "idle_instance",
              "Running instance that does nothing",
              "ec2_instance",
              1,
              List.of(),
              List.of("cpu", "cpu_max", "network_in", "network_out"),
              List.of(
                  new Threshold(
                      "max_cpu",
                      5,
                      0,
                      100,
                      "percent",
                      "the mean of every day stays at or below it"),
                  new Threshold(
                      "max_network_mb",
                      5,
                      0,
                      1_000_000,
                      "MB a day",
                      "in and out together stay at or below it"),
                  MIN_DATAPOINTS),
              List.of("stop_instance", "terminate_instance"),
              Checks::idleInstance),
          new WasteCheck(
              "stopped_instance",
              "Stopped instance that pays for storage",
              "ec2_instance",
              1,
              List.of("ebs_volume"),
              List.of(),
              List.of(
                  new Threshold(
                      "min_stopped_days", 30, 1, 3_650, "days", "stopped for at least so long")),
              List.of("terminate_instance"),
              Checks::stoppedInstance),
          new WasteCheck(
              "unattached_address",
              "Elastic IP attached to nothing",
              "elastic_ip",
              1,
              List.of(),
              List.of(),
              List.of(),
              List.of("release_address"),
              Checks::unattachedAddress),
          new WasteCheck(
              "idle_nat_gateway",
              "NAT gateway that passes nothing on",
              "nat_gateway",
              1,
              List.of(),
              List.of("bytes_out", "connections"),
              List.of(minAge(7, "a younger gateway may be being set up"), MIN_DATAPOINTS),
              List.of("delete_nat_gateway"),
              Checks::idleNatGateway),
          new WasteCheck(
              "load_balancer_without_targets",
              "Load balancer with nothing behind it",
              "load_balancer",
              1,
              List.of("target_group"),
              List.of("requests"),
              List.of(minAge(7, "a younger one may be being set up")),
              List.of("delete_load_balancer"),
              Checks::loadBalancerWithoutTargets),
          new WasteCheck(
              "idle_rds_instance",
              "Database that nobody connects to",
              "rds_instance",
              1,
              List.of(),
              List.of("connections"),
              List.of(minAge(7, "a younger one may be being set up"), MIN_DATAPOINTS),
              List.of("stop_rds_instance"),
              Checks::idleDatabase),
          new WasteCheck(
              "gp2_volume",
              "gp2 volume that would be cheaper as gp3",
              "ebs_volume",
              1,
              List.of(),
              List.of(),
              List.of(),
              List.of("volume_to_gp3"),
              Checks::gp2Volume),
          new WasteCheck(
              "log_group_without_retention",
              "Log group that keeps everything for ever",
              "log_group",
              1,
              List.of(),
              List.of(),
              List.of(
                  new Threshold(
                      "min_stored_gb", 1, 0, 1e9, "GB", "smaller groups are not worth a change")),
              List.of("set_log_retention"),
              Checks::logGroupWithoutRetention),
          new WasteCheck(
              "bucket_without_lifecycle",
              "Bucket without a lifecycle rule",
              "s3_bucket",
              1,
              List.of(),
              List.of("size_bytes"),
              List.of(
                  new Threshold(
                      "min_size_gb", 10, 0, 1e9, "GB", "smaller buckets are not worth a change")),
              List.of("set_bucket_lifecycle"),
              Checks::bucketWithoutLifecycle));

  private Checks() {}

  public static Optional<WasteCheck> find(String id) {
    return ALL.stream().filter(check -> check.id().equals(id)).findFirst();
  }

  /** A resource that its owner marked as wanted is never waste. */
  public static boolean isKept(Resource resource) {
    return "keep".equals(resource.tags().get(KEEP_TAG));
  }

  private static Verdict unattachedVolume(Resource volume, Sight sight) {
    if (!"available".equals(volume.state())) return FINE;
    Instant created = volume.createdAt();
    if (created == null) return unknown("no creation time");
    double age = sight.daysSince(created);
    if (age < sight.threshold("min_age_days")) return FINE;
    return waste(
        sight,
        sight.prices().volume(volume),
        Confidence.HIGH,
        volume,
        "state",
        "available",
        "age_days",
        days(age),
        "size_gb",
        volume.attribute("size_gb"),
        "volume_type",
        volume.attribute("volume_type"));
  }

  private static Verdict oldSnapshot(Resource snapshot, Sight sight) {
    // A snapshot without its volume is the other check's.
    if (!sight.isAnswered(snapshot.region(), "ebs_volume"))
      return unknown("volumes of the region were not answered");
    String volume = snapshot.attribute("volume");
    if (volume == null || sight.find("ebs_volume", snapshot.region(), volume).isEmpty())
      return FINE;
    return snapshot(snapshot, sight, Confidence.MEDIUM);
  }

  private static Verdict orphanSnapshot(Resource snapshot, Sight sight) {
    if (!sight.isAnswered(snapshot.region(), "ebs_volume"))
      return unknown("volumes of the region were not answered");
    String volume = snapshot.attribute("volume");
    if (volume != null && sight.find("ebs_volume", snapshot.region(), volume).isPresent())
      return FINE;
    return snapshot(snapshot, sight, Confidence.MEDIUM);
  }

  private static Verdict snapshot(Resource snapshot, Sight sight, Confidence confidence) {
    if (isBackup(snapshot)) return FINE;
    if (!sight.isAnswered(snapshot.region(), "ec2_image"))
      return unknown("images of the region were not answered");
    if (!sight.referring("ec2_image", "snapshots", snapshot.region(), snapshot.id()).isEmpty())
      return FINE;
    Instant created = snapshot.createdAt();
    if (created == null) return unknown("no creation time");
    double age = sight.daysSince(created);
    if (age < sight.threshold("min_age_days")) return FINE;
    double rate =
        sight
            .prices()
            .price(
                "archive".equals(snapshot.attribute("tier"))
                    ? "ebs_snapshot_archive"
                    : "ebs_snapshot");
    return waste(
        sight,
        Money.usd(snapshot.number("size_gb", 0) * rate),
        confidence,
        snapshot,
        "age_days",
        days(age),
        "size_gb",
        snapshot.attribute("size_gb"),
        "source_volume",
        snapshot.attribute("volume"),
        "saving_is",
        "an upper bound: snapshots are incremental");
  }

  /** Snapshots of AWS Backup and of Data Lifecycle Manager have their own expiry. */
  private static boolean isBackup(Resource snapshot) {
    String description = Optional.ofNullable(snapshot.attribute("description")).orElse("");
    return description.contains("AWS Backup")
        || snapshot.tags().keySet().stream()
            .anyMatch(t -> t.startsWith("aws:backup") || t.startsWith("aws:dlm"));
  }

  private static Verdict unusedImage(Resource image, Sight sight) {
    if (!sight.isAnswered(image.region(), "ec2_instance"))
      return unknown("instances of the region were not answered");
    if (!sight.referring("ec2_instance", "image", image.region(), image.id()).isEmpty())
      return FINE;
    if (image.flag("public")) return FINE;
    Instant created = image.createdAt();
    if (created == null) return unknown("no creation time");
    Instant launched = time(image.attribute("last_launched"));
    double age =
        sight.daysSince(launched != null && launched.isAfter(created) ? launched : created);
    if (age < sight.threshold("min_age_days")) return FINE;
    return waste(
        sight,
        Money.usd(image.number("size_gb", 0) * sight.prices().price("ebs_snapshot")),
        Confidence.LOW,
        image,
        "age_days",
        days(age),
        "snapshots",
        image.attribute("snapshots"),
        "size_gb",
        image.attribute("size_gb"),
        "not_checked",
        "launch templates, Auto Scaling groups and other accounts may still name it",
        "saving_is",
        "an upper bound: snapshots are incremental");
  }

  private static Verdict idleInstance(Resource instance, Sight sight) {
    if (!"running".equals(instance.state())) return FINE;
    Instant launched = instance.createdAt();
    if (launched != null && sight.daysSince(launched) < sight.threshold("min_datapoints"))
      return FINE;
    Optional<Series> cpu = sight.series(instance, "cpu");
    Optional<Series> in = sight.series(instance, "network_in");
    Optional<Series> out = sight.series(instance, "network_out");
    if (cpu.isEmpty() || in.isEmpty() || out.isEmpty()) return unknown("metrics were not answered");
    int datapoints =
        Math.min(cpu.get().datapoints(), Math.min(in.get().datapoints(), out.get().datapoints()));
    if (datapoints < sight.threshold("min_datapoints"))
      return unknown(datapoints == 0 ? "no datapoints" : "too few datapoints");
    double busiest = cpu.get().max();
    double traffic = in.get().max() + out.get().max();
    if (busiest > sight.threshold("max_cpu") || traffic > sight.threshold("max_network_mb") * 1e6)
      return FINE;
    Optional<Money> cost = sight.prices().monthly(instance);
    if (cost.isEmpty()) return unknown("no price for " + instance.attribute("instance_type"));
    return waste(
        sight,
        cost.get(),
        datapoints >= WINDOW_DAYS - 1 ? Confidence.HIGH : Confidence.MEDIUM,
        instance,
        "cpu_busiest_day_percent",
        number(busiest),
        "network_busiest_day_bytes",
        number(traffic),
        "datapoints",
        Integer.toString(datapoints),
        "window_days",
        Integer.toString(cpu.get().days()),
        "instance_type",
        instance.attribute("instance_type"));
  }

  private static Verdict stoppedInstance(Resource instance, Sight sight) {
    if (!"stopped".equals(instance.state())) return FINE;
    Instant stopped = time(instance.attribute("stopped_at"));
    if (stopped == null) return unknown("no time of stopping");
    double age = sight.daysSince(stopped);
    if (age < sight.threshold("min_stopped_days")) return FINE;
    if (!sight.isAnswered(instance.region(), "ebs_volume"))
      return unknown("volumes of the region were not answered");
    List<Resource> volumes =
        sight.referring("ebs_volume", "instance", instance.region(), instance.id());
    Money storage = volumes.stream().map(sight.prices()::volume).reduce(Money.ZERO, Money::plus);
    if (storage.equals(Money.ZERO)) return FINE;
    return waste(
        sight,
        storage,
        Confidence.MEDIUM,
        instance,
        "stopped_days",
        days(age),
        "volumes",
        volumes.stream().map(Resource::id).sorted().reduce((a, b) -> a + "," + b).orElse(""),
        "size_gb",
        number(volumes.stream().mapToDouble(v -> v.number("size_gb", 0)).sum()));
  }

  private static Verdict unattachedAddress(Resource address, Sight sight) {
    if (address.attribute("association") != null
        || address.attribute("instance") != null
        || address.attribute("interface") != null) return FINE;
    return waste(
        sight,
        Money.usd(sight.prices().price("public_ipv4_hour") * PriceBook.HOURS),
        Confidence.HIGH,
        address,
        "association",
        "none",
        "address",
        address.attribute("address"));
  }

  private static Verdict idleNatGateway(Resource gateway, Sight sight) {
    if (!"available".equals(gateway.state())) return FINE;
    Instant created = gateway.createdAt();
    if (created != null && sight.daysSince(created) < sight.threshold("min_age_days")) return FINE;
    Optional<Series> bytes = sight.series(gateway, "bytes_out");
    if (bytes.isEmpty()) return unknown("metrics were not answered");
    if (bytes.get().datapoints() < sight.threshold("min_datapoints"))
      return unknown(bytes.get().datapoints() == 0 ? "no datapoints" : "too few datapoints");
    if (bytes.get().max() > 0) return FINE;
    return waste(
        sight,
        Money.usd(sight.prices().price("nat_gateway_hour") * PriceBook.HOURS),
        Confidence.HIGH,
        gateway,
        "bytes_out",
        "0",
        "datapoints",
        Integer.toString(bytes.get().datapoints()),
        "window_days",
        Integer.toString(bytes.get().days()));
  }

  private static Verdict loadBalancerWithoutTargets(Resource balancer, Sight sight) {
    Instant created = balancer.createdAt();
    if (created != null && sight.daysSince(created) < sight.threshold("min_age_days")) return FINE;
    // One that redirects or answers by itself needs no targets.
    if (balancer.flag("redirects")) return FINE;
    if (!sight.isAnswered(balancer.region(), "target_group"))
      return unknown("target groups of the region were not answered");
    List<Resource> groups =
        sight.referring("target_group", "load_balancers", balancer.region(), balancer.id());
    for (Resource group : groups) {
      if (group.attribute("targets") == null) return unknown("targets were not answered");
      if (group.number("targets", 0) > 0) return FINE;
    }
    double requests = sight.series(balancer, "requests").map(Series::sum).orElse(Double.NaN);
    return waste(
        sight,
        Money.usd(sight.prices().price("load_balancer_hour") * PriceBook.HOURS),
        Confidence.HIGH,
        balancer,
        "target_groups",
        Integer.toString(groups.size()),
        "targets",
        "0",
        "requests",
        Double.isNaN(requests) ? "not answered" : number(requests));
  }

  private static Verdict idleDatabase(Resource database, Sight sight) {
    if (!"available".equals(database.state())) return FINE;
    // A replica that nobody reads may still be the plan for a disaster.
    if (database.attribute("replica_of") != null) return FINE;
    Instant created = database.createdAt();
    if (created != null && sight.daysSince(created) < sight.threshold("min_age_days")) return FINE;
    Optional<Series> connections = sight.series(database, "connections");
    if (connections.isEmpty()) return unknown("metrics were not answered");
    if (connections.get().datapoints() < sight.threshold("min_datapoints"))
      return unknown(connections.get().datapoints() == 0 ? "no datapoints" : "too few datapoints");
    if (connections.get().max() > 0) return FINE;
    Optional<Money> cost =
        sight
            .prices()
            .databaseHour(Optional.ofNullable(database.attribute("instance_class")).orElse(""))
            .map(hour -> Money.usd(hour * PriceBook.HOURS * (database.flag("multi_az") ? 2 : 1)));
    if (cost.isEmpty()) return unknown("no price for " + database.attribute("instance_class"));
    return waste(
        sight,
        cost.get(),
        Confidence.HIGH,
        database,
        "connections_max",
        "0",
        "datapoints",
        Integer.toString(connections.get().datapoints()),
        "window_days",
        Integer.toString(connections.get().days()),
        "instance_class",
        database.attribute("instance_class"),
        "saving_is",
        "of the instance; its storage is paid while it is stopped");
  }

  /**
   * gp3 includes 3,000 IOPS and 125 MiB/s; gp2 has 3 IOPS per GiB up to 16,000, and up to 250 MiB/s
   * from 334 GiB (AWS, EBS volume types).
   */
  private static Verdict gp2Volume(Resource volume, Sight sight) {
    if (!"gp2".equals(volume.attribute("volume_type"))) return FINE;
    double size = volume.number("size_gb", 0);
    double iops = Math.min(16_000, Math.max(100, 3 * size));
    double throughput = size >= 334 ? 250 : 128;
    double extra =
        Math.max(0, iops - 3_000) * sight.prices().price("gp3_iops")
            + Math.max(0, throughput - 125) * sight.prices().price("gp3_throughput");
    double saving =
        size * (sight.prices().price("ebs_gp2") - sight.prices().price("ebs_gp3")) - extra;
    if (saving <= 0) return FINE;
    return waste(
        sight,
        Money.usd(saving),
        Confidence.HIGH,
        volume,
        "size_gb",
        number(size),
        "gp3_iops",
        number(Math.max(3_000, iops)),
        "gp3_throughput_mibs",
        number(Math.max(125, throughput)));
  }

  private static Verdict logGroupWithoutRetention(Resource group, Sight sight) {
    if (group.attribute("retention_days") != null) return FINE;
    if (group.attribute("stored_bytes") == null) return unknown("no stored size");
    double stored = group.number("stored_bytes", 0) / 1e9;
    if (stored < sight.threshold("min_stored_gb")) return FINE;
    return waste(
        sight,
        Money.usd(stored * sight.prices().price("logs_storage")),
        Confidence.LOW,
        group,
        "retention",
        "for ever",
        "stored_gb",
        number(stored),
        "saving_is",
        "an upper bound: what the retention keeps is still paid");
  }

  private static Verdict bucketWithoutLifecycle(Resource bucket, Sight sight) {
    if (bucket.flag("lifecycle_unknown")) return unknown("the lifecycle could not be read");
    if (bucket.number("lifecycle_rules", 0) > 0) return FINE;
    Optional<Series> size = sight.series(bucket, "size_bytes");
    if (size.isEmpty()) return unknown("metrics were not answered");
    if (size.get().datapoints() == 0) return unknown("no datapoints");
    double gigabytes = size.get().latest() / 1e9;
    if (gigabytes < sight.threshold("min_size_gb")) return FINE;
    double difference = sight.prices().price("s3_standard") - sight.prices().price("s3_infrequent");
    return waste(
        sight,
        Money.usd(gigabytes * difference),
        Confidence.LOW,
        bucket,
        "lifecycle_rules",
        "0",
        "size_gb",
        number(gigabytes),
        "saving_is",
        "an upper bound: if all of it is read seldom enough for infrequent access");
  }

  private static Threshold minAge(double days, String meaning) {
    return new Threshold("min_age_days", days, 0, 3_650, "days", meaning);
  }

  private static Verdict waste(
      Sight sight,
      Money saving,
      Confidence confidence,
      Resource resource,
      @Nullable String... evidence) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (int i = 0; i < evidence.length; i += 2) {
      String name = evidence[i];
      String value = evidence[i + 1];
      if (name != null && value != null) facts.put(name, value);
    }
    if (!resource.region().equals(sight.prices().priceRegion()))
      facts.put("priced_as", sight.prices().priceRegion());
    return new Waste(saving, confidence, facts);
  }

  private static @Nullable Instant time(@Nullable String text) {
    if (text == null) return null;
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static String days(double days) {
    return Long.toString((long) days);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3f", value);
  }
}
