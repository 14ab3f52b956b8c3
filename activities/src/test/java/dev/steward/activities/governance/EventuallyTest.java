package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.activities.EmulatedAws;
import dev.steward.aws.actions.Action;
import dev.steward.aws.actions.Actions;
import dev.steward.aws.actions.Site;
import dev.steward.model.PlanStep;
import dev.steward.testing.AwsCall;
import dev.steward.testing.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.ImageAttributeName;

/** AWS shows what was made, and what has ended, a while later. */
@SuppressWarnings("NullAway.Init")
final class EventuallyTest {
  @TempDir private static Path folder;
  private static EmulatedAws aws;

  @BeforeAll
  static void start() {
    aws = new EmulatedAws(folder);
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @AfterEach
  void heal() {
    aws.proxy.healAll();
  }

  private static World world(String action) {
    aws.proxy.forgetCalls();
    return new World(aws, action);
  }

  private static long count(String action) {
    return aws.proxy.calls().stream().map(AwsCall::action).filter(action::equals).count();
  }

  /** The first so many answers of this call. */
  private static void first(int answers, String action, Fault fault) {
    AtomicInteger seen = new AtomicInteger();
    aws.proxy.when(c -> c.action().equals(action) && seen.incrementAndGet() <= answers, fault);
  }

  @Test
  void anImageThatAwsDoesNotKnowYetIsSharedAndDeprecatedOnceItDoes() throws Exception {
    try (World world = world("deregister_image")) {
      String old = world.worlds.make("deregister_image with everything");
      Site site = world.begun(world.step(old));
      Actions.of("deregister_image").act(site);
      first(3, "ModifyImageAttribute", new Fault.Refuse(400, "InvalidAMIID.NotFound"));
      first(3, "EnableImageDeprecation", new Fault.Refuse(400, "InvalidAMIID.NotFound"));
      Action.Back back = Actions.of("deregister_image").undo(site);
      assertThat(back.back()).isTrue();
      String again = back.detail().replace("registered again as ", "");
      assertThat(
              world
                  .ec2()
                  .describeImageAttribute(
                      r -> r.imageId(again).attribute(ImageAttributeName.LAUNCH_PERMISSION))
                  .launchPermissions())
          .hasSize(3);
      assertThat(
              world
                  .ec2()
                  .describeImages(r -> r.imageIds(again))
                  .images()
                  .getFirst()
                  .deprecationTime())
          .isNotNull();
    }
  }

  @Test
  void anImageThatStaysUnknownIsNotWaitedForWithoutEnd() throws Exception {
    try (World world = world("deregister_image")) {
      Site site = world.begun(world.step(world.worlds.make("deregister_image with everything")));
      Actions.of("deregister_image").act(site);
      aws.proxy.when(
          c -> c.action().equals("ModifyImageAttribute"),
          new Fault.Refuse(400, "InvalidAMIID.NotFound"));
      assertThatThrownBy(() -> Actions.of("deregister_image").undo(site))
          .isInstanceOf(Ec2Exception.class);
    }
  }

  @Test
  void anImageThatIsStillShownIsRegisteredAgainAllTheSame() throws Exception {
    try (World world = world("deregister_image")) {
      Site site = world.begun(world.step(world.worlds.make("deregister_image")));
      AtomicInteger looks = new AtomicInteger();
      aws.proxy.when(
          c -> {
            if (c.action().equals("DescribeImages") && looks.incrementAndGet() == 4)
              world.worlds.take("deregister_image", site.id());
            return false;
          },
          new Fault.Close());
      Action.Back back = Actions.of("deregister_image").undo(site);
      assertThat(back.detail()).startsWith("registered again as ");
    }
  }

  @Test
  void theSnapshotsOfAnInstanceThatIsStillShownAreKept() throws Exception {
    try (World world = world("terminate_instance")) {
      String id = world.worlds.instances().make(r -> r.instanceType("m5.large"));
      Site site = world.begun(world.step(id));
      Actions.of("terminate_instance").act(site);
      first(
          4,
          "DescribeInstances",
          new Fault.Replace("<name>terminated</name>", "<name>stopped</name>"));
      Action.Back back = Actions.of("terminate_instance").undo(site);
      assertThat(back.back()).isFalse();
      assertThat(count("DeleteSnapshot")).isZero();
      assertThat(world.snapshots()).isNotEmpty();
    }
  }

  /** Tens of seconds, and not for ever. */
  @Test
  void whatAwsShowsIsLookedAtForHalfAMinuteBeforeItIsTakenForSo() throws Exception {
    try (World world = world("snapshot_and_delete_volume")) {
      PlanStep step = world.step(world.worlds.make("snapshot_and_delete_volume"));
      Site site = world.begun(step);
      world
          .ec2()
          .createSnapshot(r ->
              r.volumeId(site.id())
                  .tagSpecifications(t ->
                      t.resourceType("snapshot")
                          .tags(
                              x -> x.key("steward:step").value(site.mark()),
                              x -> x.key("steward:volume").value(site.id()))));
      List<Duration> pauses = new ArrayList<>();
      Action.Back back =
          Actions.of(step.action())
              .undo(
                  new Site(
                      site.clients(), step, site.mark(), site.recipe(), () -> {}, pauses::add));
      assertThat(back.detail()).isEqualTo("the volume was not deleted");
      assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
          .isBetween(Duration.ofSeconds(20), Duration.ofMinutes(1));
    }
  }
}
