package dev.steward.estate.ec2;

import dev.steward.estate.KeyUse;
import dev.steward.estate.RemediationDraft;
import dev.steward.estate.StepMoney;
import dev.steward.estate.price.InstanceTypes;
import dev.steward.estate.price.Quote;
import dev.steward.model.Resource;
import dev.steward.model.Risk;
import java.util.Optional;

/** What actions that stop an instance, or start it, have in common. */
final class InstanceStops {
  private InstanceStops() {}

  /**
   * Of instances that can be stopped and started (EC2 user guide, How EC2 instance stop and start
   * works; EC2 API reference, Instance).
   */
  static RemediationDraft able(RemediationDraft action) {
    return action
        .keys(KeyUse.always(EbsEncryption.KEY))
        .refusedWhere(
            (instance, parameters) -> isSpot(instance),
            "it is no on-demand instance: its request or its capacity block decides when it runs")
        .refusedWhere(
            (instance, parameters) -> "instance-store".equals(Instances.ROOT_DEVICE.of(instance)),
            "its root device is an instance store: it cannot be stopped, and nothing of it can be kept");
  }

  private static boolean isSpot(Resource instance) {
    return Instances.SPOT_REQUEST.isKnown(instance)
        || !Instances.LIFECYCLE.of(instance, "on-demand").equals("on-demand");
  }

  /** What a stop loses. */
  static RemediationDraft losing(RemediationDraft action) {
    return action
        .losesWhere(
            // Unless AWS said that it has none, or that it has an Elastic IP only.
            (instance, parameters) -> !"none".equals(Instances.AUTOMATIC_ADDRESS.of(instance)),
            Risk.HIGH,
            "its public address is one that AWS gave it by itself: it is lost at the stop, and a start brings another; what names the old one, as DNS or a list of who may enter, no longer leads to it",
            "Instance.PublicIpAddress",
            "Instance.PublicDnsName",
            "Instance.NetworkInterfaces.Association.PublicDnsName",
            "Instance.NetworkInterfaces.Association.PublicIp",
            "Instance.NetworkInterfaces.PrivateIpAddresses.Association.PublicDnsName",
            "Instance.NetworkInterfaces.PrivateIpAddresses.Association.PublicIp",
            "NetworkInterface.Association.PublicDnsName",
            "NetworkInterface.Association.PublicIp")
        .losesWhere(
            (instance, parameters) -> mayHaveDisks(instance),
            Risk.HIGH,
            "it may have instance-store disks: what is on them is lost at the stop")
        .loses("what is in its memory is lost at the stop");
  }

  private static boolean mayHaveDisks(Resource instance) {
    String type = Instances.TYPE.of(instance);
    return type == null || InstanceTypes.mayHaveDisks(type);
  }

  /** What a start leaves. */
  static RemediationDraft starting(RemediationDraft action) {
    return action.loses(
        "its launch time is that of the last start",
        "Instance.LaunchTime",
        "Instance.StateTransitionReason",
        "Instance.StateReason.Code",
        "Instance.StateReason.Message",
        "Instance.UsageOperationUpdateTime");
  }

  static boolean isRunning(Resource instance) {
    return "running".equals(instance.state());
  }

  /** AWS takes back what it gave by itself, as soon as the instance stops. */
  static void automaticAddress(StepMoney money) {
    Optional<Quote> address = money.prices().automaticAddress(money.resource());
    if (address.isEmpty()) money.ends("the public address that AWS gave it, if it did", address);
    else if (!address.get().equals(Quote.NOTHING))
      money.ends("the public address that AWS gave it", address);
  }

  /** A month of a volume. */
  static Optional<Quote> monthly(Resource volume, StepMoney money) {
    return Volumes.KIND.cost().monthly(volume, money.prices());
  }
}
