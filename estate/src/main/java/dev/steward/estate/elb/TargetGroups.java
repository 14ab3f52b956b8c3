package dev.steward.estate.elb;

import static dev.steward.estate.Attribute.count;
import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Path;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands behind load balancers. */
public final class TargetGroups {
  public static final String ID = "target_group";

  public static final Attribute<List<String>> LOAD_BALANCERS =
      ids("load_balancers", "ARNs, separated by commas", "LoadBalancerArns", LoadBalancers.ID);
  public static final Attribute<String> TARGET_TYPE =
      text("target_type", "instance, ip, lambda or alb", "TargetType");
  public static final Attribute<Double> TARGETS =
      count("targets", "registered", "TargetHealthDescriptions");
  public static final Attribute<Double> HEALTHY =
      count(
          "healthy",
          "registered and healthy",
          "TargetHealthDescriptions[?TargetHealth.State=='healthy']");

  private static final List<String> NOT_SERVING =
      List.of("unhealthy", "unhealthy.draining", "unused", "draining");

  /**
   * Registered, and no request is sent there (Elastic Load Balancing API reference, TargetHealth).
   */
  public static final Attribute<Double> IDLE =
      count(
          "not_serving",
          "registered, and unhealthy, unused or draining",
          "TargetHealthDescriptions[?contains(['"
              + String.join("', '", NOT_SERVING)
              + "'], TargetHealth.State)]");

  public static final Kind KIND =
      Kind.regional(ID, "Target group", "elasticloadbalancing:DescribeTargetGroups")
          .lists("TargetGroups[]")
          .id("TargetGroupArn")
          .name("TargetGroupName")
          .pages(LoadBalancers.PAGES)
          .again("TargetGroupArns")
          .tags(LoadBalancers.tags("TargetGroupArn"))
          .knows(LOAD_BALANCERS, TARGET_TYPE)
          .detail(
              new Detail(
                  "targets",
                  Call.of("elasticloadbalancing:DescribeTargetHealth"),
                  Map.of("TargetGroupArn", Path.at("TargetGroupArn")),
                  "{TargetHealthDescriptions: TargetHealthDescriptions}",
                  Set.of(),
                  List.of(TARGETS, HEALTHY, IDLE)))
          .costsNothing()
          .row();

  private TargetGroups() {}

  /** Whether no request is sent to a target in this state; to one in no known state may be. */
  public static boolean isIdle(@Nullable String state) {
    return state != null && NOT_SERVING.contains(state);
  }

  /** How many targets requests may be sent to; null where they were not answered. */
  static @Nullable Double serving(Resource group) {
    Double targets = TARGETS.of(group);
    Double idle = IDLE.of(group);
    return targets == null || idle == null ? null : targets - idle;
  }
}
