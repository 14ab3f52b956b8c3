package dev.steward.estate;

import dev.steward.estate.price.InstanceTypes;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** What AWS would refuse, or what could not be put back, and so is not planned. */
public final class Refusals {
  /**
   * @param when by the resource and the parameters
   */
  private record Rule(
      List<String> actions, BiPredicate<Resource, Map<String, String>> when, String why) {}

  private static final List<String> DATABASE =
      List.of("stop_rds_instance", "snapshot_and_delete_rds");

  private static final List<String> INSTANCE =
      List.of("stop_instance", "start_instance", "resize_instance", "terminate_instance");

  /** AWS bills the instance alone (EC2 user guide, AMI billing information fields). */
  private static final String BILLED = "RunInstances";

  private static final List<Rule> ALL =
      List.of(
          rule(
              "volume_to_gp3",
              (r, p) -> "gp3".equals(r.attribute("volume_type")),
              "it is gp3 already"),
          rule(
              "volume_to_gp3",
              (r, p) -> r.flag("multi_attach"),
              "several instances share it, which gp3 does not allow"),
          rule(
              "volume_to_gp3",
              (r, p) -> Gp3.asFastAs(r).isEmpty(),
              "no gp3 is known to be as fast as it is"),
          // EC2 user guide, How EC2 instance stop and start works; EC2 API reference, Instance.
          rule(
              INSTANCE,
              (r, p) -> isSpot(r),
              "it is no on-demand instance: its request or its capacity block decides when it runs"),
          rule(
              INSTANCE,
              (r, p) -> "instance-store".equals(r.attribute("root_device")),
              "its root device is an instance store: it cannot be stopped, and nothing of it can be kept"),
          rule(
              "resize_instance",
              (r, p) -> !startsOn(r, p).orElse(true),
              "the type has other processors, on which its image does not start"),
          rule(
              "resize_instance",
              // A name that there is not is the parameter's fault.
              (r, p) ->
                  startsOn(r, p).isEmpty()
                      && InstanceTypeNames.isKnown(String.valueOf(p.get("instance_type"))),
              "nobody can tell whether its image starts on the type's processors"),
          // RDS API reference, StopDBInstance and CreateDBSnapshot; RDS user guide, Stopping a DB
          // instance temporarily.
          rule(
              DATABASE,
              (r, p) -> r.attribute("cluster") != null || engine(r).startsWith("aurora"),
              "it is a member of a cluster, which AWS stops, snapshots and restores as a whole"),
          rule(
              DATABASE,
              (r, p) -> r.attribute("replica_of") != null,
              "it is a read replica, which AWS does not stop and an undo could not make again"),
          rule(
              DATABASE,
              (r, p) -> r.attribute("replicas") != null,
              "it has read replicas: AWS does not stop it, and they would be promoted if it went"),
          rule(
              DATABASE,
              (r, p) -> engine(r).startsWith("custom-"),
              "RDS Custom cannot be stopped, nor restored with what was set up on its host"),
          rule(
              "stop_rds_instance",
              (r, p) -> engine(r).startsWith("sqlserver") && r.flag("multi_az"),
              "AWS does not stop SQL Server in several zones"),
          rule(
              "snapshot_and_delete_rds",
              (r, p) -> r.flag("deletion_protection"),
              "it is protected against being deleted"),
          rule(
              "snapshot_and_delete_rds",
              (r, p) -> "stopped".equals(r.state()),
              "it is stopped, and AWS makes snapshots of an available database only: start it first"),
          // EC2 API reference, RegisterImage: what it makes of snapshots has no licence code.
          rule(
              "deregister_image",
              (r, p) -> !r.attributes().getOrDefault("usage_operation", BILLED).equals(BILLED),
              "its licence is billed with it, and an image registered again from snapshots has none"),
          rule(
              "deregister_image",
              (r, p) -> "instance-store".equals(r.attribute("root_device")),
              "its root device is an instance store, which has no snapshot to register it from"),
          rule(
              "deregister_image",
              (r, p) -> r.attributes().getOrDefault("protection", "").startsWith("enabled"),
              "it is protected against being deregistered"));

  private Refusals() {}

  private static Rule rule(
      String action, BiPredicate<Resource, Map<String, String>> when, String why) {
    return rule(List.of(action), when, why);
  }

  private static Rule rule(
      List<String> actions, BiPredicate<Resource, Map<String, String>> when, String why) {
    return new Rule(actions, when, why);
  }

  private static boolean isSpot(Resource instance) {
    String lifecycle = instance.attribute("lifecycle");
    return instance.attribute("spot_request") != null
        || (lifecycle != null && !lifecycle.equals("on-demand"));
  }

  private static Optional<Boolean> startsOn(Resource instance, Map<String, String> parameters) {
    return InstanceTypes.startTheSameImages(
        String.valueOf(instance.attribute("instance_type")),
        String.valueOf(parameters.get("instance_type")));
  }

  private static String engine(Resource database) {
    String engine = database.attribute("engine");
    return engine == null ? "" : engine;
  }

  /** Why the action is not for this resource as it is; empty when nothing speaks against it. */
  public static List<String> of(String action, Resource resource, Map<String, String> parameters) {
    List<String> reasons = new ArrayList<>();
    for (Rule rule : ALL)
      if (rule.actions().contains(action) && rule.when().test(resource, parameters))
        reasons.add(rule.why());
    return reasons;
  }
}
