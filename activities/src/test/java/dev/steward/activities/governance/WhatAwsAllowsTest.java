package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.activities.EmulatedAws;
import dev.steward.aws.actions.Action;
import dev.steward.aws.actions.Actions;
import dev.steward.aws.actions.Referrers;
import dev.steward.aws.actions.Site;
import dev.steward.domain.governance.plan.Planner;
import dev.steward.model.PlanStep;
import dev.steward.model.Risk;
import dev.steward.model.Violation;
import dev.steward.testing.AwsCall;
import dev.steward.testing.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.rds.model.RdsException;

/**
 * What AWS refuses is not planned, and says why; what it refuses all the same leaves nothing
 * behind; and what it allows is done in an order in which nothing is lost.
 */
@SuppressWarnings("NullAway.Init")
final class WhatAwsAllowsTest {
  private static final String DELETE = "snapshot_and_delete_rds";
  private static final String STOP = "stop_rds_instance";
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

  private static World world(String action) {
    return new World(aws, action);
  }

  @AfterEach
  void heal() {
    aws.proxy.healAll();
  }

  private record Unplanned(String action, String says, Function<World, String> resource) {
    @Override
    public String toString() {
      return action + ": " + says;
    }
  }

  static Stream<Unplanned> unplanned() {
    return Stream.of(DELETE, STOP)
        .flatMap(action ->
            Stream.of(
                new Unplanned(action, "it is a member of a cluster", WhatAwsAllowsTest::aurora),
                new Unplanned(
                    action, "it is a member of a cluster", WhatAwsAllowsTest::multiAzCluster),
                new Unplanned(action, "it is a read replica", w -> replica(w, "copy")),
                new Unplanned(action, "it has read replicas", w -> replica(w, DatabaseWorlds.NAME)),
                new Unplanned(action, "it is stopped", WhatAwsAllowsTest::stopped),
                action.equals(DELETE)
                    ? new Unplanned(
                        action,
                        "it is protected against being deleted",
                        w -> w.worlds.databases().make(r -> r.deletionProtection(true)))
                    : new Unplanned(
                        action,
                        "AWS does not stop SQL Server in several zones",
                        w ->
                            w.worlds
                                .databases()
                                .make(r ->
                                    r.engine("sqlserver-se")
                                        .licenseModel("license-included")
                                        .multiAZ(true)))));
  }

  private static String aurora(World world) {
    return member(world, "aurora-postgresql");
  }

  private static String multiAzCluster(World world) {
    return member(world, "mysql");
  }

  private static String member(World world, String engine) {
    world
        .rds()
        .createDBCluster(r -> {
          r.dbClusterIdentifier("fleet")
              .engine(engine)
              .masterUsername("root")
              .masterUserPassword("emulated-only");
          if (engine.equals("mysql"))
            r.dbClusterInstanceClass("db.m5d.large")
                .allocatedStorage(100)
                .iops(1_000)
                .storageType("io1");
        });
    world
        .rds()
        .createDBInstance(r ->
            r.dbInstanceIdentifier("one")
                .dbInstanceClass("db.r5.large")
                .engine(engine)
                .dbClusterIdentifier("fleet"));
    return "one";
  }

  private static String replica(World world, String which) {
    String source = world.worlds.databases().plain();
    world
        .rds()
        .createDBInstanceReadReplica(
            r -> r.dbInstanceIdentifier("copy").sourceDBInstanceIdentifier(source));
    return which;
  }

  private static String stopped(World world) {
    String id = world.worlds.databases().plain();
    world.rds().stopDBInstance(r -> r.dbInstanceIdentifier(id));
    world.rds().describeDBInstances();
    world.rds().describeDBInstances();
    return id;
  }

  @ParameterizedTest
  @MethodSource("unplanned")
  void whatAwsRefusesIsNotPlanned(Unplanned one) throws Exception {
    try (World world = world(one.action())) {
      String id = one.resource().apply(world);
      Planner.Attempt attempt = world.attempt(id, Map.of());
      assertThat(attempt.plan().steps()).isEmpty();
      assertThat(attempt.violations().stream().map(Violation::message))
          .anySatisfy(
              why -> assertThat(why).contains(one.says().replace("it is stopped", "is stopped")));
    }
  }

  @Test
  void aRefusedDeleteLeavesNoSnapshotBehind() throws Exception {
    try (World world = world(DELETE)) {
      String id = world.worlds.databases().rich();
      PlanStep step = world.step(id);
      Site site = world.begun(step);
      world.rds().modifyDBInstance(r -> r.dbInstanceIdentifier(id).deletionProtection(true));
      List<String> before = world.worlds.look();
      assertThatThrownBy(() -> Actions.of(DELETE).act(site))
          .isInstanceOfSatisfying(
              RdsException.class,
              e ->
                  assertThat(e.awsErrorDetails().errorCode())
                      .isEqualTo("InvalidParameterCombination"));
      assertThat(world.rds().describeDBSnapshots(r -> r.snapshotType("manual")).dbSnapshots())
          .isEmpty();
      assertThat(world.worlds.look())
          .isEqualTo(before.stream().map(l -> l.replace("modifying", "available")).toList());
    }
  }

  @Test
  void aDatabaseThatWasStoppedMeanwhileIsLeftAlone() throws Exception {
    try (World world = world(DELETE)) {
      String id = world.worlds.databases().plain();
      PlanStep step = world.step(id);
      Site site = world.begun(step);
      world.rds().stopDBInstance(r -> r.dbInstanceIdentifier(id));
      assertThat(Actions.of(DELETE).act(site).drift())
          .containsExactly("it is stopped, and AWS makes snapshots of an available one only");
      assertThat(world.rds().describeDBSnapshots(r -> r.snapshotType("manual")).dbSnapshots())
          .isEmpty();
    }
  }

  @Test
  void anotherDatabaseOfTheSameNameIsNotTakenForTheOldOne() throws Exception {
    try (World world = world(DELETE)) {
      String id = world.worlds.databases().plain();
      PlanStep step = world.step(id);
      Site site = world.begun(step);
      assertThat(Actions.of(DELETE).act(site).drift()).isEmpty();
      world.worlds.databases().make(r -> r.allocatedStorage(20));
      assertThat(Actions.of(DELETE).act(site).drift())
          .containsExactly("another database has its name now");
      Action.Back back = Actions.of(DELETE).undo(site);
      assertThat(back.back()).isFalse();
      assertThat(back.detail())
          .isEqualTo(
              "another database has its name now; its content is in the snapshot " + site.name());
      assertThat(world.rds().describeDBSnapshots(r -> r.snapshotType("manual")).dbSnapshots())
          .hasSize(1);
    }
  }

  @Test
  void automatedBackupsOutliveTheDatabase() throws Exception {
    try (World world = world(DELETE)) {
      String id = world.worlds.databases().plain();
      PlanStep step = world.step(id);
      Site site = world.begun(step);
      assertThat(Actions.of(DELETE).act(site).drift()).isEmpty();
      assertThat(world.rds().describeDBSnapshots(r -> r.snapshotType("automated")).dbSnapshots())
          .hasSize(1);
    }
  }

  static Stream<String> instanceActions() {
    return Stream.of("stop_instance", "resize_instance", "terminate_instance");
  }

  @ParameterizedTest
  @MethodSource("instanceActions")
  void aSpotInstanceIsNotPlanned(String action) throws Exception {
    try (World world = world(action)) {
      String id =
          world
              .worlds
              .instances()
              .make(
                  r -> r.instanceType("m5.large").instanceMarketOptions(m -> m.marketType("spot")));
      assertThat(
              world.attempt(id, parameters(action)).violations().stream().map(Violation::message))
          .anySatisfy(why -> assertThat(why).contains("it is no on-demand instance"));
    }
  }

  private static Map<String, String> parameters(String action) {
    return action.equals("resize_instance") ? Map.of("instance_type", "m5.xlarge") : Map.of();
  }

  @ParameterizedTest
  @MethodSource("instanceActions")
  void whatAStopLosesIsHighRisk(String action) throws Exception {
    try (World world = world(action)) {
      InstanceWorlds make = world.worlds.instances();
      PlanStep automatic =
          world.step(make.make(r -> r.instanceType("m5.large")), parameters(action));
      assertThat(automatic.risk()).isEqualTo(Risk.HIGH);
      assertThat(automatic.losses())
          .anySatisfy(loss -> assertThat(loss).contains("public address"));
      PlanStep disks = world.step(make.make(r -> r.instanceType("m5d.large")), parameters(action));
      assertThat(disks.risk()).isEqualTo(Risk.HIGH);
      assertThat(disks.losses())
          .anySatisfy(loss -> assertThat(loss).contains("instance-store disks"));
      PlanStep elastic = world.step(make.withElasticIp(), parameters(action));
      assertThat(elastic.risk())
          .isEqualTo(action.equals("terminate_instance") ? Risk.HIGH : Risk.MEDIUM);
      assertThat(elastic.losses())
          .noneSatisfy(loss -> assertThat(loss).containsAnyOf("public address", "instance-store"));
    }
  }

  @Test
  void anInstanceIsStoppedBeforeItsDisksAreKept() throws Exception {
    try (World world = world("terminate_instance")) {
      String id = world.worlds.instances().make(r -> r.instanceType("m5.large"));
      Site site = world.begun(world.step(id));
      aws.proxy.forgetCalls();
      aws.proxy.when(
          call -> call.action().equals("DescribeInstances"),
          new Fault.Replace("<name>stopped</name>", "<name>stopping</name>"));
      CompletableFuture<Action.Acted> acting =
          CompletableFuture.supplyAsync(() -> Actions.of("terminate_instance").act(site));
      for (int i = 0; i < 600 && count("DescribeInstances") < 5; i++)
        TimeUnit.MILLISECONDS.sleep(50);
      assertThat(count("StopInstances")).isEqualTo(1);
      assertThat(count("CreateSnapshot")).isZero();
      aws.proxy.healAll();
      assertThat(acting.get(5, TimeUnit.MINUTES).drift()).isEmpty();
      assertThat(
              aws.proxy.calls().stream()
                  .map(AwsCall::action)
                  .filter(
                      List.of("StopInstances", "CreateSnapshot", "TerminateInstances")::contains))
          .containsExactly("StopInstances", "CreateSnapshot", "TerminateInstances");
    }
  }

  private static long count(String action) {
    return aws.proxy.calls().stream().map(AwsCall::action).filter(action::equals).count();
  }

  @Test
  void anInstanceThatIsNotTerminatedRunsAgainAndLeavesNoSnapshot() throws Exception {
    try (World world = world("terminate_instance")) {
      String id = world.worlds.instances().make(r -> r.instanceType("m5.large"));
      Site site = world.begun(world.step(id));
      world
          .ec2()
          .modifyInstanceAttribute(r -> r.instanceId(id).disableApiTermination(v -> v.value(true)));
      List<String> before = world.worlds.look();
      assertThatThrownBy(() -> Actions.of("terminate_instance").act(site))
          .isInstanceOf(Ec2Exception.class)
          .hasMessageContaining("may not be terminated");
      assertThat(world.worlds.look()).isEqualTo(before);
      assertThat(world.snapshots()).isEmpty();
    }
  }

  @Test
  void anInstanceThatAwsDoesNotResizeRunsAgain() throws Exception {
    try (World world = world("resize_instance")) {
      String id = world.worlds.instances().make(r -> r.instanceType("t2.large"));
      Site site = world.begun(world.step(id, Map.of("instance_type", "m5.xlarge")));
      List<String> before = world.worlds.look();
      assertThatThrownBy(() -> Actions.of("resize_instance").act(site))
          .isInstanceOf(Ec2Exception.class)
          .hasMessageContaining("ENA");
      assertThat(world.worlds.look()).isEqualTo(before);
    }
  }

  @Test
  void aTypeThatDoesNotFitOrIsNotKnownStopsTheStep() throws Exception {
    try (World world = world("resize_instance")) {
      String old = world.worlds.instances().make(r -> r.instanceType("t2.large"));
      assertThat(misfits(world, old, "m5.xlarge"))
          .contains(
              "m5.xlarge: the type needs the network driver ENA, which it may not have",
              "m5.xlarge: the type needs NVMe drivers, which it may not have");
      String id = world.worlds.instances().rich();
      assertThat(misfits(world, id, "m5.xlarge")).isEmpty();
      assertThat(misfits(world, id, "t3.nano")).isEmpty();
      for (String field : List.of("enaSupport", "nvmeSupport", "currentGeneration")) {
        aws.proxy.when(
            call -> call.action().equals("DescribeInstanceTypes"),
            new Fault.Replace(field, "unheardOf"));
        assertThat(misfits(world, id, "m5.xlarge")).as(field).isNotEmpty();
        aws.proxy.healAll();
      }
      aws.proxy.when(call -> call.action().equals("DescribeInstanceTypes"), new Fault.Deny());
      assertThat(misfits(world, id, "m5.xlarge"))
          .anySatisfy(why -> assertThat(why).contains("ec2:DescribeInstanceTypes"));
    }
  }

  private static List<String> misfits(World world, String id, String type) {
    PlanStep step = world.step(id, Map.of("instance_type", type));
    return Referrers.of(world.at(step, Map.of()), world.read(id)).refusals();
  }

  @Test
  void anImageForOtherProcessorsIsNotResized() throws Exception {
    try (World world = world("resize_instance")) {
      String id = world.worlds.instances().make(r -> r.instanceType("m5.large"));
      assertThat(
              world.attempt(id, Map.of("instance_type", "m6g.large")).violations().stream()
                  .map(Violation::message))
          .anySatisfy(why -> assertThat(why).contains("other processors"));
    }
  }
}
