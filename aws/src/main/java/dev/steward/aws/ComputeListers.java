package dev.steward.aws;

import dev.steward.model.Resource;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.OperatorResponse;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/** Instances, volumes, snapshots and images. */
final class ComputeListers {
  /**
   * "User initiated (2026-10-01 09:12:33 GMT)": the only place that says when an instance was
   * stopped.
   */
  private static final Pattern STOPPED =
      Pattern.compile("\\((\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2})[^)]*\\)");

  private static final DateTimeFormatter STOP_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", java.util.Locale.ROOT);

  private ComputeListers() {}

  static Page instances(RegionClients clients, @Nullable String token) {
    DescribeInstancesResponse page =
        clients.ec2().describeInstances(r -> r.maxResults(clients.page(1_000)).nextToken(token));
    return new Page(
        page.reservations().stream()
            .flatMap(reservation -> reservation.instances().stream())
            .filter(instance -> !"terminated".equals(instance.state().nameAsString()))
            .map(instance -> instance(clients.region(), instance))
            .toList(),
        next(page.nextToken()));
  }

  static Resource instance(String region, Instance i) {
    return new Described("ec2_instance", region, i.instanceId())
        .state(i.state().nameAsString())
        .created(i.launchTime())
        .tags(i.tags(), Tag::key, Tag::value)
        .with("instance_type", i.instanceTypeAsString())
        .with("platform", i.platformDetails())
        .with("tenancy", i.placement() == null ? null : i.placement().tenancyAsString())
        .with("image", i.imageId())
        .with("stopped_at", stopTime(i.stateTransitionReason()))
        .with(
            "lifecycle",
            i.instanceLifecycleAsString() == null ? "on-demand" : i.instanceLifecycleAsString())
        .with("operator", operator(i.operator()))
        .with("spot_request", i.spotInstanceRequestId())
        .with("zone", i.placement() == null ? null : i.placement().availabilityZone())
        .with("root_device", i.rootDeviceTypeAsString())
        .with("automatic_address", automaticAddress(i))
        .with(
            "autoscaling_group",
            i.tags().stream()
                .filter(t -> t.key().equals("aws:autoscaling:groupName"))
                .map(Tag::value)
                .findFirst()
                .orElse(null))
        .resource();
  }

  /**
   * The public address that AWS gave it by itself, or {@code none}. An address whose owner AWS does
   * not name may be one (EC2 API reference, InstanceNetworkInterfaceAssociation: ipOwnerId).
   */
  private static String automaticAddress(Instance i) {
    List<String> elastic =
        i.networkInterfaces().stream()
            .map(InstanceNetworkInterface::association)
            .filter(Objects::nonNull)
            .filter(a -> a.ipOwnerId() != null && a.ipOwnerId().matches("\\d{12}"))
            .map(InstanceNetworkInterfaceAssociation::publicIp)
            .toList();
    String address = i.publicIpAddress();
    return address == null || address.isEmpty() || elastic.contains(address) ? "none" : address;
  }

  /** The AWS service that looks after it; null where none does. */
  static @Nullable String operator(@Nullable OperatorResponse operator) {
    if (operator == null || !Boolean.TRUE.equals(operator.managed())) return null;
    return operator.principal() == null ? "unnamed" : operator.principal();
  }

  static @Nullable Instant stopTime(@Nullable String reason) {
    Matcher matcher = STOPPED.matcher(reason == null ? "" : reason);
    if (!matcher.find()) return null;
    try {
      return LocalDateTime.parse(matcher.group(1), STOP_TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  static Page volumes(RegionClients clients, @Nullable String token) {
    DescribeVolumesResponse page =
        clients.ec2().describeVolumes(r -> r.maxResults(clients.page(1_000)).nextToken(token));
    return new Page(
        page.volumes().stream().map(v -> volume(clients.region(), v)).toList(),
        next(page.nextToken()));
  }

  static Resource volume(String region, Volume v) {
    return new Described("ebs_volume", region, v.volumeId())
        .state(v.stateAsString())
        .created(v.createTime())
        .tags(v.tags(), Tag::key, Tag::value)
        .with("size_gb", v.size())
        .with("volume_type", v.volumeTypeAsString())
        .with("iops", v.iops())
        .with("throughput", v.throughput())
        .with("operator", operator(v.operator()))
        .with("zone", v.availabilityZone())
        .with("snapshot", v.snapshotId())
        .with("multi_attach", Boolean.TRUE.equals(v.multiAttachEnabled()))
        .with("encrypted", v.encrypted())
        .with("kms_key", v.kmsKeyId())
        .with(
            "delete_on_termination",
            v.attachments().stream()
                .map(VolumeAttachment::deleteOnTermination)
                .filter(Objects::nonNull)
                .reduce(Boolean::logicalAnd)
                .orElse(null))
        .with(
            "instance",
            v.attachments().stream()
                .map(a -> a.instanceId())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(",")))
        .resource();
  }

  static Page snapshots(RegionClients clients, @Nullable String token) {
    DescribeSnapshotsResponse page =
        clients
            .ec2()
            .describeSnapshots(
                r -> r.ownerIds("self").maxResults(clients.page(1_000)).nextToken(token));
    return new Page(
        page.snapshots().stream().map(s -> snapshot(clients.region(), s)).toList(),
        next(page.nextToken()));
  }

  static Resource snapshot(String region, Snapshot s) {
    return new Described("ebs_snapshot", region, s.snapshotId())
        .state(s.stateAsString())
        .created(s.startTime())
        .tags(s.tags(), Tag::key, Tag::value)
        .with("size_gb", s.volumeSize())
        .with("volume", s.volumeId())
        .with("description", s.description())
        .with("tier", s.storageTierAsString())
        .with("encrypted", s.encrypted())
        .with("kms_key", s.kmsKeyId())
        .resource();
  }

  static Page images(RegionClients clients, @Nullable String token) {
    DescribeImagesResponse page =
        clients
            .ec2()
            .describeImages(r -> r.owners("self").maxResults(clients.page(1_000)).nextToken(token));
    return new Page(
        page.images().stream().map(i -> image(clients.region(), i)).toList(),
        next(page.nextToken()));
  }

  static Resource image(String region, Image i) {
    List<EbsBlockDevice> disks =
        i.blockDeviceMappings().stream()
            .map(BlockDeviceMapping::ebs)
            .filter(Objects::nonNull)
            .toList();
    return new Described("ec2_image", region, i.imageId())
        .name(i.name())
        .state(i.stateAsString())
        .created(instant(i.creationDate()))
        .tags(i.tags(), Tag::key, Tag::value)
        .with(
            "snapshots",
            disks.stream()
                .map(EbsBlockDevice::snapshotId)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(",")))
        .with(
            "size_gb",
            disks.stream()
                .map(EbsBlockDevice::volumeSize)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .sum())
        .with("last_launched", i.lastLaunchedTime())
        .with("made_from", i.sourceInstanceId() == null ? i.sourceImageId() : i.sourceInstanceId())
        .with("deprecated_at", i.deprecationTime())
        .with("protection", i.deregistrationProtection())
        .with("root_device", i.rootDeviceTypeAsString())
        .with("usage_operation", i.usageOperation())
        .with("public", i.publicLaunchPermissions())
        .resource();
  }

  static @Nullable Instant instant(@Nullable String text) {
    if (text == null) return null;
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** AWS says the end by no token, some services by an empty one. */
  static @Nullable String next(@Nullable String token) {
    return token == null || token.isEmpty() ? null : token;
  }
}
