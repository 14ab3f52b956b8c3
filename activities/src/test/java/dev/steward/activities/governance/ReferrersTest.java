package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.EmulatedAws;
import dev.steward.model.Change;
import dev.steward.model.Change.Step;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.testing.Customer;
import dev.steward.testing.Fault;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;

/** What refers to a resource stops the step that would take it away, and is named. */
@SuppressWarnings("NullAway.Init")
final class ReferrersTest {
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

  private static Life life() {
    return new Life(aws, null).approving();
  }

  private static Step carriedOut(Life life, String action, ReferrerCases.Referring refer) {
    User client = life.user("client", Role.CLIENT);
    String id = life.worlds().make(action);
    Change draft = life.drafts.of(client, action, id);
    refer.to(life.customer, id);
    Change change = life.submit(draft, client);
    return life.untilOver(change).step(1);
  }

  @ParameterizedTest
  @MethodSource("dev.steward.activities.governance.ReferrerCases#cases")
  void whateverRefersToItStopsTheStep(ReferrerCases.Case one) throws Exception {
    try (Life life = life()) {
      Step step = carriedOut(life, one.action(), one.refer());
      assertThat(step.state()).isEqualTo(Step.State.SKIPPED);
      assertThat(step.detail()).contains(one.says());
    }
  }

  /** A group behind the balancer, without targets. */
  private static String group(Customer customer, String balancer) {
    String vpc = ReferrerCases.ec2(customer).describeVpcs().vpcs().getFirst().vpcId();
    String group =
        ReferrerCases.balancers(customer)
            .createTargetGroup(r -> r.name("web").protocol(ProtocolEnum.HTTP).port(80).vpcId(vpc))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    ReferrerCases.balancers(customer)
        .createListener(r ->
            r.loadBalancerArn(balancer)
                .protocol(ProtocolEnum.HTTP)
                .port(80)
                .defaultActions(a -> a.type("forward").targetGroupArn(group)));
    return group;
  }

  @Test
  void aBalancerThatGotATargetSinceItWasPlannedIsNotDeleted() throws Exception {
    try (Life life = life()) {
      User client = life.user("client", Role.CLIENT);
      String balancer = life.worlds().make("delete_load_balancer");
      String group = group(life.customer, balancer);
      Change draft = life.drafts.of(client, "delete_load_balancer", balancer);
      String instance = life.worlds().make("stop_instance");
      ReferrerCases.balancers(life.customer)
          .registerTargets(r -> r.targetGroupArn(group).targets(t -> t.id(instance)));
      Change change = life.submit(draft, client);
      Step step = life.await(change, c -> c.progress().status().isOver()).step(1);
      assertThat(step.state()).isEqualTo(Step.State.SKIPPED);
      assertThat(step.detail()).contains("the target group web has 1 target");
    }
  }

  /** Where no target works a balancer asks all of them: that nobody asks it metrics must show. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBalancerWhoseTargetsFailGoesOnlyByAFinding(boolean found) throws Exception {
    try (Life life = life()) {
      User client = life.user("client", Role.CLIENT);
      String balancer = life.worlds().make("delete_load_balancer");
      String group = group(life.customer, balancer);
      String instance = life.worlds().make("stop_instance");
      ReferrerCases.balancers(life.customer)
          .registerTargets(r -> r.targetGroupArn(group).targets(t -> t.id(instance)));
      ReferrerCases.ec2(life.customer).stopInstances(r -> r.instanceIds(instance));
      Change draft =
          found
              ? life.drafts.ofFinding(
                  client, "load_balancer_without_targets", "delete_load_balancer", balancer)
              : life.drafts.of(client, "delete_load_balancer", balancer);
      Step step = life.untilOver(life.submit(draft, client)).step(1);
      assertThat(step.state())
          .as(step.detail())
          .isEqualTo(found ? Step.State.DONE : Step.State.SKIPPED);
    }
  }

  @ParameterizedTest
  @MethodSource("free")
  void whatNothingRefersToGoes(String action) throws Exception {
    try (Life life = life()) {
      Step step = carriedOut(life, action, (c, id) -> {});
      assertThat(step.state()).as(step.detail()).isEqualTo(Step.State.DONE);
    }
  }

  static Stream<String> free() {
    return ReferrerCases.cases().map(ReferrerCases.Case::action).distinct();
  }

  @ParameterizedTest
  @MethodSource("readings")
  void whatCannotBeReadStopsTheStep(String asked) throws Exception {
    String action = asked.split("/")[0];
    String call = asked.split("/")[1];
    try (Life life = life()) {
      aws.proxy.when(c -> c.action().equals(call), new Fault.Deny());
      Step step = carriedOut(life, action, (c, id) -> {});
      assertThat(step.state()).isEqualTo(Step.State.SKIPPED);
      assertThat(step.detail()).contains("nobody can tell what refers to it", "the role needs");
    }
    try (Life life = life()) {
      aws.proxy.when(c -> c.action().equals(call), new Fault.ServerError());
      Step step = carriedOut(life, action, (c, id) -> {});
      assertThat(step.state()).isEqualTo(Step.State.FAILED);
      assertThat(step.detail()).contains("could not be read");
    }
  }

  static Stream<String> readings() {
    return Stream.of(
        "delete_nat_gateway/DescribeRouteTables",
        "delete_load_balancer/DescribeLoadBalancerAttributes",
        "deregister_image/DescribeLaunchTemplates",
        "deregister_image/DescribeLaunchConfigurations",
        "deregister_image/GetParametersByPath",
        "delete_snapshot/DescribeLaunchConfigurations",
        "delete_snapshot/DescribeSnapshotAttribute");
  }

  @Test
  void dnsThatMayNotBeReadIsSaidToBeUnasked() throws Exception {
    try (Life life = life()) {
      aws.proxy.when(c -> c.service().equals("route53"), new Fault.Deny());
      Step step = carriedOut(life, "release_address", (c, id) -> {});
      assertThat(step.state()).isEqualTo(Step.State.DONE);
      assertThat(step.detail()).contains("DNS was not asked: AccessDenied");
      assertThat(step.recipe()).containsKey("not_asked");
    }
  }
}
