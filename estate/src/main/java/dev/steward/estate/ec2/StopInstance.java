package dev.steward.estate.ec2;

import dev.steward.estate.Referrer;
import dev.steward.estate.Remediation;
import dev.steward.estate.StepMoney;
import dev.steward.model.Risk;
import java.util.Optional;

/** Stops an instance. */
public final class StopInstance {
  public static final String ID = "stop_instance";

  private StopInstance() {}

  static Remediation.Row row() {
    return Remediation.of(ID, "Stop the instance", Risk.MEDIUM)
        .undoneBy("the instance is started again")
        .needs("ec2:StopInstances", "ec2:StartInstances", "ec2:DescribeVolumes")
        .in("running")
        .unused()
        .watching(Instances.TYPE)
        .leavesIn("stopped")
        .referredToBy(Referrer.ROUTES, Referrer.INSTANCE_PROTECTION)
        .with(InstanceStops::able)
        .with(InstanceStops::losing)
        .with(InstanceStops::starting)
        .money(StopInstance::money);
  }

  private static void money(StepMoney money) {
    money.ends("the instance's hours", money.prices().instanceHours(money.resource()));
    InstanceStops.automaticAddress(money);
    money
        .stays(
            "its volumes",
            StepMoney.sum(money.parts(), volume -> InstanceStops.monthly(volume, money)))
        .stays("its Elastic IP, if it has one", Optional.empty());
  }
}
