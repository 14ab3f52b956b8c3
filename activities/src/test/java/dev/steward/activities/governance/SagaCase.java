package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.EmulatedAws;
import dev.steward.aws.Lister;
import dev.steward.aws.RegionClients;
import dev.steward.aws.actions.Action;
import dev.steward.aws.actions.Actions;
import dev.steward.aws.actions.Site;
import dev.steward.domain.governance.plan.Drift;
import dev.steward.domain.governance.plan.Planner;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import dev.steward.testing.Customer;
import dev.steward.testing.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An action on a resource of its own, in an account of its own, checked and about to begin. */
final class SagaCase implements AutoCloseable {
  final Customer customer;
  final Worlds worlds;
  final Action action;
  final PlanStep step;
  final Map<String, String> recipe;
  final Resource resource;
  final List<String> before;
  final RegionClients clients;
  private final EmulatedAws aws;
  private final EmulatedAws.Connected at;

  SagaCase(EmulatedAws aws, String name) {
    this.aws = aws;
    String action = name.split(" ")[0];
    at = aws.connect();
    customer = at.customer();
    worlds = new Worlds(customer);
    // What is made again is younger than what was there.
    if (!action.endsWith("rds")) customer.at(Instant.now().minus(Duration.ofDays(40)));
    String id = worlds.make(name);
    customer.at(null);
    Remediation remediation = Catalogue.remediation(action).orElseThrow();
    clients = at.acting(remediation, Worlds.REGION);
    resource = Lister.read(Catalogue.kind(remediation.kind()), clients, id).orElseThrow();
    step =
        new Planner(PriceBook.current())
            .plan(
                at.account(),
                List.of(new Planner.Item("x", resource, null, action, parameters(name))))
            .steps()
            .getFirst();
    this.action = Actions.of(action);
    assertThat(Drift.of(step, Lister.read(Catalogue.kind(step.kind()), clients, id))).isEmpty();
    recipe = this.action.recipe(site(Map.of()), resource);
    before = worlds.look();
    aws.proxy.forgetCalls();
  }

  private static Map<String, String> parameters(String name) {
    if (name.contains("a copy")) return Map.of("copy_region", Worlds.COPY_REGION);
    return name.startsWith("resize") ? Map.of("instance_type", "m5.xlarge") : Map.of();
  }

  Site site(Map<String, String> with) {
    return new Site(
        clients, step, "chg_saga" + customer.account() + "/1", with, () -> {}, Worlds.SHORTLY);
  }

  Action.Acted act() {
    return action.act(site(recipe));
  }

  Action.Back undo() {
    return action.undo(site(recipe));
  }

  String name() {
    return site(recipe).name();
  }

  /** The resource is taken away right before the call of this name that has this number. */
  void before(String call, int number) {
    AtomicInteger seen = new AtomicInteger();
    aws.proxy.when(
        c -> {
          if (c.action().equals(call) && seen.incrementAndGet() == number)
            worlds.take(step.action(), step.resource());
          return false;
        },
        new Fault.Close());
  }

  boolean isNew() {
    return SavingsProbe.holds(
        step, Lister.read(Catalogue.kind(step.kind()), clients, step.resource()));
  }

  @Override
  public void close() throws Exception {
    at.close();
  }
}
