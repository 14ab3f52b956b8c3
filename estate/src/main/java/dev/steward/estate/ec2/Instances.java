package dev.steward.estate.ec2;

import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Parts;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Tags;
import dev.steward.estate.Use;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Instances. */
public final class Instances {
  public static final String ID = "ec2_instance";

  /**
   * "User initiated (2026-10-01 09:12:33 GMT)": the only place that says when an instance was
   * stopped.
   */
  private static final Pattern STOPPED =
      Pattern.compile("\\((\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2})[^)]*\\)");

  private static final DateTimeFormatter STOP_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  public static final Attribute<String> TYPE =
      text("instance_type", "e.g. m5.large", "InstanceType");
  public static final Attribute<String> PLATFORM =
      text("platform", "as AWS bills it, e.g. Linux/UNIX", "PlatformDetails");
  public static final Attribute<String> TENANCY =
      text("tenancy", "default, dedicated or host", "Placement.Tenancy");
  public static final Attribute<List<String>> IMAGE =
      ids("image", "the AMI's id", "ImageId", Images.ID);
  public static final Attribute<Instant> STOPPED_AT =
      time("stopped_at", "ISO time of the last stop", "StateTransitionReason")
          .as(Instances::stopTime);
  public static final Attribute<String> LIFECYCLE =
      text("lifecycle", "spot or on-demand", "InstanceLifecycle || 'on-demand'");
  public static final Attribute<String> GROUP =
      text("autoscaling_group", "its group", "Tags[?Key=='aws:autoscaling:groupName'] | [0].Value");
  public static final Attribute<String> OPERATOR =
      text("operator", "the AWS service that looks after it", Operators.PATH).as(Operators::name);
  public static final Attribute<String> SPOT_REQUEST =
      text(
          "spot_request", "the request for Spot capacity that started it", "SpotInstanceRequestId");
  public static final Attribute<String> ROOT_DEVICE =
      text("root_device", "ebs or instance-store", "RootDeviceType");
  public static final Attribute<String> AUTOMATIC_ADDRESS =
      text(
              "automatic_address",
              "a public address that a stop loses; or none",
              "{public: PublicIpAddress, owned: NetworkInterfaces[].Association.{ip: PublicIp,"
                  + " owner: IpOwnerId}}")
          .as(Instances::automaticAddress);
  public static final Attribute<String> ZONE =
      text("zone", "availability zone", "Placement.AvailabilityZone");

  public static final Kind KIND =
      Kind.regional(ID, "EC2 instance", "ec2:DescribeInstances")
          .lists("Reservations[].Instances[]")
          .id("InstanceId")
          .state("State.Name")
          .created("LaunchTime")
          .pages(Paging.EC2)
          .again("InstanceIds")
          .goneIn("terminated")
          .goingIn("shutting-down")
          .tags(Tags.listed("Tags"))
          .knows(
              TYPE,
              PLATFORM,
              TENANCY,
              IMAGE,
              STOPPED_AT,
              LIFECYCLE,
              GROUP,
              OPERATOR,
              SPOT_REQUEST,
              ROOT_DEVICE,
              AUTOMATIC_ADDRESS,
              ZONE)
          .measures(
              Metric.of("cpu", "AWS/EC2", "CPUUtilization", "InstanceId", "Average", "percent"),
              Metric.of("network_in", "AWS/EC2", "NetworkIn", "InstanceId", "Sum", "bytes"),
              Metric.of("network_out", "AWS/EC2", "NetworkOut", "InstanceId", "Sum", "bytes"),
              Metric.of("cpu_hour", "AWS/EC2", "CPUUtilization", "InstanceId", "Maximum", "percent")
                  .hourly(),
              // Only where the CloudWatch agent runs and aggregates by instance.
              Metric.of(
                      "memory_hour",
                      "CWAgent",
                      "mem_used_percent",
                      "InstanceId",
                      "Maximum",
                      "percent")
                  .hourly())
          .madeOf(Parts.naming(Volumes.ID, Volumes.INSTANCES))
          .measures(Disks.OF_AN_INSTANCE)
          .used(instance -> Use.unlessIn("stopped", instance))
          .costs((instance, prices) -> PriceBook.whileIn("running", instance, prices::running))
          .check(IdleInstance.CHECK)
          .check(OversizedInstance.CHECK)
          .check(StoppedInstance.CHECK)
          .action(StopInstance.row())
          .action(StartInstance.row())
          .action(TerminateInstance.row())
          .action(ResizeInstance.row())
          .row();

  private Instances() {}

  static @Nullable Instant stopTime(Object reason) {
    Matcher matcher = STOPPED.matcher(reason.toString());
    if (!matcher.find()) return null;
    try {
      return LocalDateTime.parse(matcher.group(1), STOP_TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /**
   * The public address that AWS gave it by itself, or {@code none}. An address whose owner AWS does
   * not name may be one (EC2 API reference, InstanceNetworkInterfaceAssociation: ipOwnerId).
   */
  static Object automaticAddress(Object addresses) {
    Map<?, ?> said = (Map<?, ?>) addresses;
    Object address = said.get("public");
    if (address == null || address.toString().isEmpty()) return "none";
    boolean elastic =
        said.get("owned") instanceof List<?> owned
            && owned.stream().anyMatch(one -> isElastic(one, address));
    return elastic ? "none" : address;
  }

  private static boolean isElastic(Object association, Object address) {
    return association instanceof Map<?, ?> one
        && address.equals(one.get("ip"))
        && one.get("owner") instanceof String owner
        && owner.matches("\\d{12}");
  }
}
