package dev.steward.estate.ec2;

import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.MetricSeries;
import dev.steward.estate.Sight;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an instance reads from its disks and writes to them. No source has all of it: {@code Disk…}
 * is of instance stores and zero or missing without them, {@code EBS…} of instances on Nitro, and
 * {@code Volume…} of each volume (EC2 user guide, CloudWatch metrics that are available for your
 * instances; EBS user guide, Amazon CloudWatch metrics for Amazon EBS). So what is missing shows
 * nothing, and the largest that is there counts. Asked only of instances that do nothing else.
 */
final class Disks {
  private static final String BYTES = "bytes";
  private static final String OPERATIONS = "count";

  static final Metric.Row[] OF_AN_INSTANCE =
      Stream.of(
              instance("ebs_read_bytes", "EBSReadBytes", BYTES),
              instance("ebs_write_bytes", "EBSWriteBytes", BYTES),
              instance("ebs_read_ops", "EBSReadOps", OPERATIONS),
              instance("ebs_write_ops", "EBSWriteOps", OPERATIONS),
              instance("store_read_bytes", "DiskReadBytes", BYTES),
              instance("store_write_bytes", "DiskWriteBytes", BYTES),
              instance("store_read_ops", "DiskReadOps", OPERATIONS),
              instance("store_write_ops", "DiskWriteOps", OPERATIONS))
          .toArray(Metric.Row[]::new);

  static final Metric.Row[] OF_A_VOLUME =
      Stream.of(
              volume("read_bytes", "VolumeReadBytes", BYTES),
              volume("write_bytes", "VolumeWriteBytes", BYTES),
              volume("read_ops", "VolumeReadOps", OPERATIONS),
              volume("write_ops", "VolumeWriteOps", OPERATIONS))
          .toArray(Metric.Row[]::new);

  private Disks() {}

  private static Metric.Row instance(String id, String name, String unit) {
    return Metric.of(id, "AWS/EC2", name, "InstanceId", "Sum", unit).whenInDoubt();
  }

  private static Metric.Row volume(String id, String name, String unit) {
    return Metric.of(id, "AWS/EBS", name, "VolumeId", "Sum", unit).whenInDoubt();
  }

  /**
   * The busiest day's, of whatever shows most.
   *
   * @param bytes read and written
   * @param operations the same
   * @param datapoints whether anything showed anything
   */
  record Busiest(double bytes, double operations, boolean datapoints) {}

  /** Empty where something was not answered. */
  static Optional<Busiest> of(Resource instance, List<Resource> volumes, Sight sight) {
    List<Told> own = told(List.of(instance), sight);
    List<Told> theirs = told(volumes, sight);
    if (Stream.concat(own.stream(), theirs.stream()).anyMatch(one -> one.series().isEmpty()))
      return Optional.empty();
    return Optional.of(
        new Busiest(
            Math.max(sum(own, BYTES), sum(theirs, BYTES)),
            Math.max(sum(own, OPERATIONS), sum(theirs, OPERATIONS)),
            Stream.concat(own.stream(), theirs.stream())
                .anyMatch(one -> one.series().orElseThrow().datapoints() > 0)));
  }

  /** A metric, and what was told of it. */
  private record Told(Metric metric, Optional<MetricSeries> series) {}

  private static List<Told> told(List<Resource> all, Sight sight) {
    return all.stream()
        .flatMap(
            one -> metrics(one).map(metric -> new Told(metric, sight.series(one, metric.id()))))
        .toList();
  }

  private static double sum(List<Told> all, String unit) {
    return all.stream()
        .filter(one -> one.metric().unit().equals(unit))
        .mapToDouble(one -> one.series().orElseThrow().max())
        .filter(Double::isFinite)
        .sum();
  }

  private static Stream<Metric> metrics(Resource resource) {
    Kind kind = resource.kind().equals(Volumes.ID) ? Volumes.KIND : Instances.KIND;
    return kind.metrics().stream().filter(Metric::inDoubt);
  }
}
