package dev.steward.activities.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.aws.AwsAccess;
import dev.steward.aws.Connection;
import dev.steward.aws.Lister;
import dev.steward.aws.RegionClients;
import dev.steward.aws.actions.Actions;
import dev.steward.aws.actions.Site;
import dev.steward.domain.governance.plan.Planner;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.AwsAccountId;
import dev.steward.model.ConnectionMethod;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.rds.RdsClient;

/** An account of its own, and the resource in it that somebody wants to act on. */
final class World implements AutoCloseable {
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:root\"},"
          + "\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"ext_refused\"}}}]}";
  private static final AtomicInteger ACCOUNTS = new AtomicInteger();
  final Customer customer;
  final Worlds worlds;
  private final AwsAccess aws;
  private final Account account;
  private final Remediation remediation;
  final RegionClients clients;

  World(Emulator emulator, AwsAccess aws, String action) {
    this.aws = aws;
    customer =
        new Customer(
            emulator.endpoint(),
            String.format(Locale.ROOT, "7100%08d", ACCOUNTS.incrementAndGet()));
    worlds = new Worlds(customer);
    account = account(customer.account(), customer.role("steward", TRUST));
    remediation = Remediation.find(action).orElseThrow();
    clients = new RegionClients(aws, Connection.of(account).acting(remediation), Worlds.REGION);
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
            account, List.of(new Planner.Item("x", resource, null, remediation.id(), parameters)));
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
        clients, step, "chg_refused" + customer.account() + "/1", recipe, () -> {}, Worlds.SHORTLY);
  }

  Map<String, String> recipe(PlanStep step) {
    return Actions.of(step.action()).recipe(at(step, Map.of()), read(step.resource()));
  }

  @Override
  public void close() throws Exception {
    aws.forget("acc_refused" + customer.account());
    customer.close();
  }

  private static Account account(String number, String role) {
    return new Account(
        new AccountId("acc_refused" + number),
        new OrganizationId("org_refused0000"),
        new AwsAccountId(number),
        "refused",
        "test",
        ConnectionMethod.ROLE,
        Account.Status.CONNECTED,
        new OnboardingId("onb_refused0000"),
        role,
        "ext_refused",
        null,
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        Instant.now());
  }
}
