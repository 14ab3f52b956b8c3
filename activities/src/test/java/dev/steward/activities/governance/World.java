package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.EmulatedAws;
import dev.steward.aws.Lister;
import dev.steward.aws.RegionClients;
import dev.steward.aws.actions.Actions;
import dev.steward.aws.actions.Site;
import dev.steward.domain.governance.plan.Planner;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import dev.steward.testing.Customer;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.rds.RdsClient;

/** An account of its own, and the resource in it that somebody wants to act on. */
final class World implements AutoCloseable {
  private final EmulatedAws.Connected at;
  final Customer customer;
  final Worlds worlds;
  private final Remediation remediation;
  final RegionClients clients;

  World(EmulatedAws aws, String action) {
    at = aws.connect();
    customer = at.customer();
    worlds = new Worlds(customer);
    remediation = Catalogue.remediation(action).orElseThrow();
    clients = at.acting(remediation, Worlds.REGION);
  }

  RdsClient rds() {
    return customer.client(Worlds.REGION, RdsClient.class, RdsClient::builder);
  }

  Ec2Client ec2() {
    return customer.client(Worlds.REGION, Ec2Client.class, Ec2Client::builder);
  }

  List<Snapshot> snapshots() {
    return ec2()
        .describeSnapshots(
            r -> r.ownerIds("self").filters(f -> f.name("tag-key").values("steward:step")))
        .snapshots();
  }

  Resource read(String id) {
    return Lister.read(Catalogue.kind(remediation.kind()), clients, id).orElseThrow();
  }

  Planner.Attempt attempt(String id, Map<String, String> parameters) {
    return plan(read(id), parameters);
  }

  Planner.Attempt plan(Resource resource, Map<String, String> parameters) {
    return new Planner(PriceBook.current())
        .attempt(
            at.account(),
            List.of(new Planner.Item("x", resource, null, remediation.id(), parameters)));
  }

  PlanStep step(String id) {
    return step(id, Map.of());
  }

  PlanStep step(String id, Map<String, String> parameters) {
    Planner.Attempt attempt = attempt(id, parameters);
    assertThat(attempt.violations()).isEmpty();
    return attempt.plan().steps().getFirst();
  }

  /** About to begin. */
  Site begun(PlanStep step) {
    return at(step, recipe(step));
  }

  Site at(PlanStep step, Map<String, String> recipe) {
    return new Site(
        clients, step, "chg_world" + customer.account() + "/1", recipe, () -> {}, Worlds.SHORTLY);
  }

  Map<String, String> recipe(PlanStep step) {
    return Actions.of(step.action()).recipe(at(step, Map.of()), read(step.resource()));
  }

  @Override
  public void close() throws Exception {
    at.close();
  }
}
