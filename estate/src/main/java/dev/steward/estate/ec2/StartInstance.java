package dev.steward.estate.ec2;

import dev.steward.estate.Referrer;
import dev.steward.estate.Remediation;
import dev.steward.estate.price.Item.Unit;
import dev.steward.model.Risk;

/** Starts an instance. */
public final class StartInstance {
  public static final String ID = "start_instance";

  private StartInstance() {}

  static Remediation.Row row() {
    return Remediation.of(ID, "Start the instance", Risk.LOW)
        .undoneBy("the instance is stopped again")
        .needs("ec2:StartInstances", "ec2:StopInstances", "ec2:DescribeVolumes")
        .in("stopped")
        .watching(Instances.TYPE)
        .leavesIn("running")
        // Its undo stops it.
        .referredToBy(Referrer.INSTANCE_PROTECTION)
        .with(InstanceStops::able)
        .loses(
            "what it writes while it runs stays; its instance-store disks and its memory are lost when it is stopped again")
        .with(InstanceStops::starting)
        .money(money ->
            money
                .begins("the instance's hours", money.prices().instanceHours(money.resource()))
                .begins(
                    "a public address, if AWS gives it one: at most",
                    money.prices().hours(money.resource(), Unit.PUBLIC_IPV4_HOUR)));
  }
}
