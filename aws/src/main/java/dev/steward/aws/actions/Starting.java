package dev.steward.aws.actions;

import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.StateReason;

/** Starts an instance, which AWS may take and give up again. */
final class Starting {
  /** What asking again does not mend (EC2 API reference, StateReason). */
  private static final Set<String> GIVEN_UP =
      Set.of(
          "Client.InternalError", "Client.InvalidSnapshot.NotFound", "Client.VolumeLimitExceeded");

  private Starting() {}

  /**
   * Starts it and waits until it runs.
   *
   * @throws ApplicationFailure when AWS has given it up
   */
  static void start(Site site) {
    site.clients().ec2().startInstances(r -> r.instanceIds(site.id()));
    AtomicInteger stopped = new AtomicInteger();
    site.until(
        site.id() + " is running",
        () -> {
          Optional<Instance> now = describe(site);
          if (now.map(Starting::isGivenUp).orElse(false)) {
            // An earlier start may have left its reason, and AWS shows the new state later.
            if (stopped.incrementAndGet() >= Site.LOOKS) throw givenUp(now.get().stateReason());
          } else stopped.set(0);
          return now.map(i -> i.state().name() == InstanceStateName.RUNNING).orElse(false);
        });
  }

  private static Optional<Instance> describe(Site site) {
    return site
        .clients()
        .ec2()
        .describeInstances(r -> r.instanceIds(site.id()))
        .reservations()
        .stream()
        .flatMap(r -> r.instances().stream())
        .findFirst();
  }

  private static boolean isGivenUp(Instance now) {
    return now.state().name() == InstanceStateName.STOPPED
        && now.stateReason() != null
        && GIVEN_UP.contains(now.stateReason().code());
  }

  private static ApplicationFailure givenUp(StateReason why) {
    return ApplicationFailure.newNonRetryableFailure(
        "AWS did not start it: "
            + why.message()
            + (why.code().equals("Client.InternalError")
                ? "; where a volume is encrypted, its key cannot be used or the role lacks kms:CreateGrant"
                : ""),
        "StartFailed");
  }
}
