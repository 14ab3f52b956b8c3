package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.activities.EmulatedAws;
import dev.steward.aws.AwsError;
import dev.steward.model.Change;
import dev.steward.model.Change.Step;
import dev.steward.model.CheckSettings;
import dev.steward.model.Finding;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.storage.Tables;
import dev.steward.testing.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.rds.RdsClient;

/**
 * The house looks again before a step: whatever does not show that the resource is unused, and
 * nobody else's, stops the step.
 */
@SuppressWarnings("NullAway.Init")
final class LookBeforeActingTest {
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
    aws.emulator.spoilMetrics(Map.of());
  }

  private static Life life() {
    return new Life(aws, null).approving();
  }

  private static void publish(Life life, String instance, String metric, double value) {
    life.customer
        .client("us-east-1", CloudWatchClient.class, CloudWatchClient::builder)
        .putMetricData(r ->
            r.namespace("AWS/EC2")
                .metricData(
                    MetricDatum.builder()
                        .metricName(metric)
                        .dimensions(Dimension.builder().name("InstanceId").value(instance).build())
                        .timestamp(life.now().minus(Duration.ofHours(2)))
                        .value(value)
                        .build()));
  }

  /** An instance that did nothing in the last day, and everything is known of it. */
  private static String idle(Life life) {
    String instance = life.worlds().make("stop_instance");
    publish(life, instance, "CPUUtilization", 2);
    publish(life, instance, "NetworkIn", 100);
    publish(life, instance, "NetworkOut", 100);
    return instance;
  }

  private static Change stop(Life life, String instance) {
    User client = life.user("client", Role.CLIENT);
    return life.submit(
        life.drafts.ofFinding(client, "idle_instance", "stop_instance", instance), client);
  }

  private static Step over(Life life, Change change) {
    return life.untilOver(change).step(1);
  }

  @Test
  void whatIsShownToBeIdleIsStopped() throws Exception {
    try (Life life = life()) {
      String instance = idle(life);
      assertThat(over(life, stop(life, instance)).state()).isEqualTo(Step.State.DONE);
      assertThat(life.worlds().instances().state(instance)).isEqualTo("stopped");
    }
  }

  static Stream<Arguments> silences() {
    return Stream.of(
        Arguments.of("PartialData", Map.of("NetworkIn", Map.of("status", "PartialData"))),
        Arguments.of("InternalError", Map.of("CPUUtilization", Map.of("status", "InternalError"))),
        Arguments.of("Forbidden", Map.of("NetworkOut", Map.of("status", "Forbidden"))),
        Arguments.of("adds a message", Map.of("NetworkIn", Map.of("messages", List.of("odd")))),
        Arguments.of("missing from", Map.of("NetworkOut", Map.of("omit", true))),
        Arguments.of("adds a message", Map.of("*", Map.of("messages", List.of("too many")))),
        Arguments.of("circle", Map.of("*", Map.of("token", "again"))));
  }

  @ParameterizedTest
  @MethodSource("silences")
  void anAnswerThatIsNotWholeIsANo(String says, Map<String, Map<String, Object>> spoilt)
      throws Exception {
    try (Life life = life()) {
      String instance = idle(life);
      aws.emulator.spoilMetrics(spoilt);
      Step step = over(life, stop(life, instance));
      assertThat(step.state()).isEqualTo(Step.State.SKIPPED);
      assertThat(step.detail()).contains("nobody can tell whether it is used", says);
      assertThat(life.worlds().instances().state(instance)).isEqualTo("running");
    }
  }

  @Test
  void noDatapointIsANo() throws Exception {
    try (Life life = life()) {
      String instance = life.worlds().make("stop_instance");
      publish(life, instance, "CPUUtilization", 2);
      // A name that AWS does not know is silent too.
      publish(life, instance, "NetworkInn", 2);
      publish(life, instance, "NetworkOut", 2);
      Step step = over(life, stop(life, instance));
      assertThat(step.state()).isEqualTo(Step.State.SKIPPED);
      assertThat(step.detail()).contains("NetworkIn has no datapoint in the last day");
      assertThat(life.worlds().instances().state(instance)).isEqualTo("running");
    }
  }

  @Test
  void aDenialIsANo() throws Exception {
    try (Life life = life()) {
      String instance = idle(life);
      aws.proxy.when(call -> call.action().equals("GetMetricData"), new Fault.Deny());
      Step step = over(life, stop(life, instance));
      assertThat(step.state()).isEqualTo(Step.State.SKIPPED);
      assertThat(step.detail()).contains("AWS says AccessDenied");
      assertThat(life.worlds().instances().state(instance)).isEqualTo("running");
    }
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void whatIsNeverAnsweredIsANo(Fault fault) throws Exception {
    try (Life life = life()) {
      String instance = idle(life);
      aws.proxy.when(call -> call.action().equals("GetMetricData"), fault);
      Change change = stop(life, instance);
      life.pass(Duration.ofHours(1));
      assertThat(over(life, change).state()).isEqualTo(Step.State.FAILED);
      assertThat(over(life, change).detail()).contains("could not be read");
      assertThat(life.worlds().instances().state(instance)).isEqualTo("running");
    }
  }

  static Stream<Fault> lasting() {
    return Stream.of(new Fault.ServerError());
  }

  /** A call that is throttled is tried for a while in real time, so this asks once only. */
  @Test
  void whatIsThrottledForGoodIsNoAnswer() throws Exception {
    try (Life life = life()) {
      String instance = idle(life);
      User client = life.user("client", Role.CLIENT);
      Change draft = life.drafts.ofFinding(client, "idle_instance", "stop_instance", instance);
      aws.proxy.when(call -> call.action().equals("GetMetricData"), new Fault.Throttle());
      assertThatThrownBy(() -> life.drafts.probe(draft))
          .isInstanceOfSatisfying(
              SdkException.class, e -> assertThat(AwsError.of(e)).isEqualTo(AwsError.THROTTLED));
    }
  }

  @Test
  void theOrganizationsOwnThresholdsHoldAsTheyAreNow() throws Exception {
    try (Life life = life()) {
      String instance = idle(life);
      life.store.write(t ->
          t.put(
              Tables.CHECK_SETTINGS,
              new CheckSettings(life.organization, "idle_instance", true, Map.of("max_cpu", 1.0))));
      Step step = over(life, stop(life, instance));
      assertThat(step.state()).isEqualTo(Step.State.SKIPPED);
      assertThat(step.detail()).contains("it is in use: CPUUtilization was 2 %", "up to 1");
    }
  }

  static Stream<Arguments> words() {
    return Stream.of(
        Arguments.of("the finding was dismissed", Finding.State.DISMISSED),
        Arguments.of("a later scan no longer finds it", Finding.State.RESOLVED));
  }

  @ParameterizedTest
  @MethodSource("words")
  void whatWasSaidOfTheFindingSinceItWasPlannedHolds(String says, Finding.State state)
      throws Exception {
    try (Life life = life()) {
      String instance = idle(life);
      User client = life.user("client", Role.CLIENT);
      Change draft = life.drafts.ofFinding(client, "idle_instance", "stop_instance", instance);
      life.store.write(t -> {
        Finding finding =
            t.find(Tables.FINDINGS, String.valueOf(draft.planned(1).finding())).orElseThrow();
        return t.put(Tables.FINDINGS, finding.judged(state, null));
      });
      Step step = over(life, life.submit(draft, client));
      assertThat(step.state()).isEqualTo(Step.State.SKIPPED);
      assertThat(step.detail()).contains(says);
    }
  }

  @Test
  void anExemptionThatWasMadeSinceHolds() throws Exception {
    try (Life life = life()) {
      String instance = idle(life);
      User client = life.user("client", Role.CLIENT);
      Change draft = life.drafts.ofFinding(client, "idle_instance", "stop_instance", instance);
      life.exempt(instance);
      Step step = over(life, life.submit(draft, client));
      assertThat(step.state()).isEqualTo(Step.State.SKIPPED);
      assertThat(step.detail()).contains("it is exempt until");
    }
  }

  private static String database(Life life) {
    return life.customer
        .client("us-east-1", RdsClient.class, RdsClient::builder)
        .describeDBInstances()
        .dbInstances()
        .getFirst()
        .dbInstanceStatus();
  }

  /** AWS starts a stopped database after seven days; stopping it again is an act of its own. */
  private static Change held(Life life) {
    User client = life.user("client", Role.CLIENT);
    Change change = life.submit(life.drafts.fresh(client, "stop_rds_instance"), client);
    return life.await(change, Change.Status.DONE);
  }

  private static void awsStartsIt(Life life) {
    life.pass(Duration.ofDays(6).plusHours(20));
    life.customer
        .client("us-east-1", RdsClient.class, RdsClient::builder)
        .startDBInstance(r -> r.dbInstanceIdentifier("orders"));
  }

  @Test
  void aKillSwitchKeepsADatabaseFromBeingStoppedAgain() throws Exception {
    try (Life life = life()) {
      Change change = held(life);
      turn(life, true);
      awsStartsIt(life);
      life.pass(Duration.ofDays(2));
      assertThat(database(life)).isEqualTo("available");
      assertThat(life.change(change.id()).step(1).detail()).contains("the kill switch is on");
      turn(life, false);
      life.pass(Duration.ofDays(2));
      assertThat(database(life)).isEqualTo("stopped");
    }
  }

  private static void turn(Life life, boolean on) {
    life.store.write(t ->
        life.desks
            .killSwitch()
            .turn(t, life.organization.value(), on, "an incident", life.organization, "admin"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws:cloudformation:stack-name=web", "steward=keep"})
  void aDatabaseThatIsSomebodysNowIsLetGo(String tag) throws Exception {
    try (Life life = life()) {
      Change change = held(life);
      awsStartsIt(life);
      RdsClient rds = life.customer.client("us-east-1", RdsClient.class, RdsClient::builder);
      String arn = rds.describeDBInstances().dbInstances().getFirst().dbInstanceArn();
      rds.addTagsToResource(r ->
          r.resourceName(arn)
              .tags(
                  software.amazon.awssdk.services.rds.model.Tag.builder()
                      .key(tag.split("=")[0])
                      .value(tag.split("=")[1])
                      .build()));
      life.pass(Duration.ofDays(2));
      assertThat(database(life)).isEqualTo("available");
      assertThat(life.change(change.id()).step(1).recipe()).containsEntry("hold", "released");
    }
  }

  @Test
  void whatCameToBeManagedSinceItWasPlannedIsLeftAlone() throws Exception {
    try (Life life = life()) {
      String instance = idle(life);
      User client = life.user("client", Role.CLIENT);
      Change draft = life.drafts.ofFinding(client, "idle_instance", "stop_instance", instance);
      life.customer
          .client("us-east-1", Ec2Client.class, Ec2Client::builder)
          .createTags(r ->
              r.resources(instance)
                  .tags(Tag.builder().key("kubernetes.io/cluster/prod").value("owned").build()));
      Step step = over(life, life.submit(draft, client));
      assertThat(step.state()).isEqualTo(Step.State.SKIPPED);
      assertThat(step.detail()).contains("managed by Kubernetes cluster prod");
      assertThat(life.worlds().instances().state(instance)).isEqualTo("running");
    }
  }
}
