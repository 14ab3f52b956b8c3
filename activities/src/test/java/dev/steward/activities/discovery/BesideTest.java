package dev.steward.activities.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.EmulatedAws.Connected;
import dev.steward.domain.governance.desk.Estates;
import dev.steward.domain.governance.plan.Planner;
import dev.steward.estate.Beside;
import dev.steward.estate.PriceBook;
import dev.steward.model.Money;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** What a discovery sees beside an instance is what terminating it is priced by. */
@SuppressWarnings("NullAway.Init")
final class BesideTest {
  private static final String HOME = "us-east-1";
  @TempDir private static Path folder;
  private static ListingLab lab;

  @BeforeAll
  static void start() {
    lab = new ListingLab(folder, 100, 1_000);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  /** With a root volume of 10 GiB that goes with it, one of 100 that stays, and an address. */
  private static void instance(Connected at) {
    Ec2Client ec2 = at.customer().client(HOME, Ec2Client.class, Ec2Client::builder);
    String image =
        ec2.registerImage(r -> r.name("base").rootDeviceName("/dev/sda1").architecture("x86_64"))
            .imageId();
    String instance =
        ec2.runInstances(r ->
                r.imageId(image)
                    .instanceType("m5.large")
                    .minCount(1)
                    .maxCount(1)
                    .blockDeviceMappings(b ->
                        b.deviceName("/dev/sda1")
                            .ebs(e -> e.volumeSize(10).volumeType("gp3").deleteOnTermination(true)))
                    .networkInterfaces(n -> n.deviceIndex(0).associatePublicIpAddress(true)))
            .instances()
            .getFirst()
            .instanceId();
    String volume =
        ec2.createVolume(r -> r.size(100).volumeType("gp3").availabilityZone("us-east-1a"))
            .volumeId();
    ec2.attachVolume(r -> r.volumeId(volume).instanceId(instance).device("/dev/sdf"));
  }

  private static PlanStep terminating(Connected at) {
    Resource instance = lab.resources(at.account(), HOME, "ec2_instance").getFirst();
    Beside beside = new Estates(lab.store.state()).beside(at.account().id(), instance);
    return new Planner(PriceBook.current())
        .plan(
            at.account(),
            List.of(new Planner.Item("x", instance, null, "terminate_instance", Map.of(), beside)))
        .steps()
        .getFirst();
  }

  @Test
  void terminatingIsPricedByVolumesAndAddresses() throws Exception {
    try (Connected at = lab.connect()) {
      instance(at);
      lab.list(at.account(), HOME, "ec2_instance");
      // Nobody has asked for volumes yet: that is not to have none.
      assertThat(terminating(at).saving()).isNull();
      lab.list(at.account(), HOME, "ebs_volume");
      PlanStep step = terminating(at);
      assertThat(step.saving())
          .as(step.money().toString())
          .isEqualTo(Money.usd(70.08 + 3.65 + 10 * 0.08 - 110 * 0.05));
    }
  }
}
