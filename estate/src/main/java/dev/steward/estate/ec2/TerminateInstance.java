package dev.steward.estate.ec2;

import dev.steward.estate.Referrer;
import dev.steward.estate.Remediation;
import dev.steward.estate.StepMoney;
import dev.steward.estate.price.Item.Unit;
import dev.steward.estate.price.Quote;
import dev.steward.model.Resource;
import dev.steward.model.Risk;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Terminates an instance, of whose volumes snapshots are kept. */
public final class TerminateInstance {
  public static final String ID = "terminate_instance";

  private TerminateInstance() {}

  static Remediation.Row row() {
    return Remediation.of(
            ID, "Stop the instance, snapshot its volumes, then terminate it", Risk.HIGH)
        .notUndone(
            "a terminated instance is gone; snapshots of its volumes are kept, and volumes can be"
                + " made from them")
        .needs(
            "ec2:TerminateInstances",
            // Its disks are at rest before they are kept; it runs again where it stays.
            "ec2:StopInstances",
            "ec2:StartInstances",
            "ec2:CreateSnapshot",
            "ec2:DescribeSnapshots",
            "ec2:DeleteSnapshot",
            "ec2:DescribeVolumes",
            "ec2:CreateTags")
        .in("running", "stopped")
        .unused()
        .watching(Instances.TYPE, Instances.STOPPED_AT)
        .takesAway()
        .changing(Instances.STOPPED_AT)
        .referredToBy(Referrer.ROUTES, Referrer.INSTANCE_PROTECTION)
        .with(InstanceStops::able)
        .with(InstanceStops::losing)
        .loses(
            "its id, its private address and its place are lost; an Elastic IP stays and is no"
                + " longer attached")
        .money(TerminateInstance::money);
  }

  private static void money(StepMoney money) {
    boolean running = InstanceStops.isRunning(money.resource());
    money.ends(
        "the instance's hours",
        running ? money.prices().instanceHours(money.resource()) : Optional.of(Quote.NOTHING));
    if (running) InstanceStops.automaticAddress(money);
    List<Resource> volumes = money.parts();
    List<Resource> told =
        volumes != null && volumes.stream().allMatch(TerminateInstance::isTold) ? volumes : null;
    money
        .ends("those of its volumes that go with it", monthly(told, TerminateInstance::goes, money))
        .stays("volumes that survive it", monthly(told, volume -> !goes(volume), money))
        .stays("its Elastic IP, if it has one", Optional.empty())
        .begins(
            "a snapshot of each volume, at most its whole size",
            StepMoney.sum(volumes, volume -> money.prices().sized(volume, Unit.EBS_SNAPSHOT)));
  }

  private static Optional<Quote> monthly(
      @Nullable List<Resource> volumes, Predicate<Resource> which, StepMoney money) {
    return StepMoney.sum(
        volumes == null ? null : volumes.stream().filter(which).toList(),
        volume -> InstanceStops.monthly(volume, money));
  }

  private static boolean isTold(Resource volume) {
    return Volumes.GOES.isKnown(volume) && Volumes.INSTANCES.isKnown(volume);
  }

  /** One that another instance has too stays for it. */
  private static boolean goes(Resource volume) {
    List<String> instances = Volumes.INSTANCES.of(volume);
    return Volumes.GOES.is(true, volume) && instances != null && instances.size() == 1;
  }
}
