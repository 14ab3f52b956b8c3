package dev.steward.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.domain.governance.plan.Planner;
import dev.steward.domain.governance.policy.CompiledPolicy;
import dev.steward.domain.governance.policy.PolicyEngine;
import dev.steward.estate.PriceBook;
import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.Finding;
import dev.steward.model.FindingId;
import dev.steward.model.Ids;
import dev.steward.model.Money;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.model.Plan;
import dev.steward.model.Policy;
import dev.steward.model.PolicyId;
import dev.steward.model.Resource;
import dev.steward.model.ScanId;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * What a decision costs beside the bare Temporal update that it could have been, what 2,000 waiting
 * approvals cost, and how fast policies are asked.
 */
final class GovernanceBench implements Main.Benchmark {
  private static final int DECISIONS = 300;
  private static final int WARM = 50;
  private static final int WAITING = 2_000;
  private static final int FINDINGS = 10_000;
  private static final int POLICIES = 50;
  private static final String QUEUE = "bench";

  @Override
  public void run() throws Exception {
    policies();
    Path folder = Files.createTempDirectory("steward-bench");
    try (Emulator emulator = Emulator.start();
        Customer customer = new Customer(emulator.endpoint(), "600000000002");
        Launched platform = Launched.before(emulator.endpoint(), folder)) {
      String volume =
          customer
              .client("us-east-1", Ec2Client.class, Ec2Client::builder)
              .createVolume(r -> r.size(10).availabilityZone("us-east-1a"))
              .volumeId();
      ApiClient client = platform.as("client");
      connect(client, customer);
      // What is decided is not carried out, so that only deciding is measured.
      platform
          .as("approver")
          .put(
              "/governance/kill-switch",
              Map.of("scope", "organization", "on", true, "reason", "a benchmark"))
          .ok();
      decisions(platform, client, volume);
      waiting(platform, client, volume);
    }
    Measurements.delete(folder);
  }

  private static void connect(ApiClient client, Customer customer) throws InterruptedException {
    String onboarding =
        client
            .post("/onboarding/create", Map.of("features", List.of("read", "act")))
            .ok()
            .path("id")
            .asText();
    String role =
        String.valueOf(
            customer
                .deploy("bench", client.get("/onboarding/template/" + onboarding).text())
                .get("RoleArn"));
    client.post("/onboarding/" + onboarding + "/verify", Map.of("role_arn", role)).ok();
    String account =
        Launched.await(client, "/onboarding/" + onboarding, o -> o.path("account").isTextual())
            .path("account")
            .asText();
    Launched.await(
        client, "/waste/scans?account=" + account, s -> s.at("/items/0/finished_at").isTextual());
  }

  private static JsonNode submitted(ApiClient client, String volume) {
    JsonNode draft =
        client
            .post(
                "/governance/changes",
                Map.of(
                    "resources",
                    List.of(
                        Map.of(
                            "kind",
                            "ebs_volume",
                            "region",
                            "us-east-1",
                            "id",
                            volume,
                            "action",
                            "snapshot_and_delete_volume"))))
            .ok();
    return client.post("/governance/changes/" + draft.path("id").asText() + "/submit", null).ok();
  }

  /** The least that a decision by update can be. */
  @WorkflowInterface
  public interface Bare {
    @WorkflowMethod
    String keep();

    @UpdateMethod
    String decide(String decision);

    @UpdateValidatorMethod(updateName = "decide")
    void validate(String decision);
  }

  public static final class BareImpl implements Bare {
    private String decided = "";

    @Override
    public String keep() {
      Workflow.await(() -> !decided.isEmpty());
      Workflow.await(Workflow::isEveryHandlerFinished);
      return decided;
    }

    @Override
    public void validate(String decision) {
      if (!decided.isEmpty()) throw new IllegalStateException("decided already");
    }

    @Override
    public String decide(String decision) {
      decided = decision;
      return decided;
    }
  }

  private static void decisions(Launched platform, ApiClient client, String volume)
      throws Exception {
    ApiClient approver = platform.as("approver");
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(platform.temporal()).build());
    WorkflowClient temporal = WorkflowClient.newInstance(stubs);
    WorkerFactory factory = WorkerFactory.newInstance(temporal);
    Worker worker = factory.newWorker(QUEUE);
    worker.registerWorkflowImplementationTypes(BareImpl.class);
    factory.start();
    List<JsonNode> asked = new ArrayList<>();
    List<Bare> bare = new ArrayList<>();
    for (int i = 0; i < WARM + DECISIONS; i++) {
      asked.add(submitted(client, volume));
      Bare one =
          temporal.newWorkflowStub(
              Bare.class,
              WorkflowOptions.newBuilder().setTaskQueue(QUEUE).setWorkflowId("bare/" + i).build());
      WorkflowClient.start(one::keep);
      bare.add(one);
    }
    double[] rest = new double[DECISIONS];
    double[] update = new double[DECISIONS];
    for (int i = -WARM; i < DECISIONS; i++) {
      JsonNode change = asked.get(i + WARM);
      Bare one = bare.get(i + WARM);
      long began = System.nanoTime();
      approver
          .post(
              "/approvals/" + change.path("approval").asText() + "/approve",
              Map.of("plan_hash", change.path("plan_hash").asText()))
          .ok();
      long between = System.nanoTime();
      one.decide("approve");
      long ended = System.nanoTime();
      if (i < 0) continue;
      rest[i] = (between - began) / 1e6;
      update[i] = (ended - between) / 1e6;
    }
    factory.shutdownNow();
    stubs.shutdownNow();
    Measurements a = new Measurements(rest);
    Measurements b = new Measurements(update);
    System.out.printf(
        Locale.ROOT,
        "%d decisions in turn: over REST p50 %.1f ms, p99 %.1f ms; bare Temporal update p50 %.1f"
            + " ms, p99 %.1f ms; ratio p50 %.2fx, p99 %.2fx%n",
        DECISIONS,
        a.median(),
        a.quantile(0.99),
        b.median(),
        b.quantile(0.99),
        a.median() / b.median(),
        a.quantile(0.99) / b.quantile(0.99));
  }

  private static void waiting(Launched platform, ApiClient client, String volume) throws Exception {
    ApiClient approver = platform.as("approver");
    long before = platform.heap();
    for (int i = 0; i < WAITING; i++) submitted(client, volume);
    // Until Temporal has taken every one of them.
    Launched.await(
        platform.as("admin"),
        "/admin/health/temporal",
        h -> h.toString().contains("\"waiting_intents\":0"));
    long after = platform.heap();
    System.out.printf(
        Locale.ROOT,
        "%,d waiting approvals, with their changes and workflows: %.1f MB of heap after a"
            + " collection%n",
        WAITING,
        (after - before) / 1e6);
    for (String path : List.of("/approvals?limit=50", "/approvals?limit=50&filter=mine")) {
      double[] millis = new double[200];
      for (int i = -50; i < millis.length; i++) {
        long began = System.nanoTime();
        int size = approver.get(path).ok().path("items").size();
        if (size != 50) throw new IllegalStateException("a page of " + size);
        if (i >= 0) millis[i] = (System.nanoTime() - began) / 1e6;
      }
      Measurements samples = new Measurements(millis);
      System.out.printf(
          Locale.ROOT,
          "GET %s, seen by the caller: p50 %.1f ms, p99 %.1f ms%n",
          path,
          samples.median(),
          samples.quantile(0.99));
    }
  }

  private static Account account(Instant now) {
    return BenchAccount.of(
        new AccountId("acc_bench00000"),
        new OrganizationId("org_bench00000"),
        new OnboardingId("onb_bench00000"),
        "600000000003",
        "bench",
        now);
  }

  private static List<CompiledPolicy> policies(Account account, Instant now) {
    List<CompiledPolicy> policies = new ArrayList<>();
    for (int i = 0; i < POLICIES; i++)
      policies.add(
          CompiledPolicy.of(
              new Policy(
                  new PolicyId("pol_bench" + (10_000 + i)),
                  account.organization(),
                  1,
                  "policy " + i,
                  "",
                  true,
                  List.of(
                      new Policy.Rule(
                          "rule",
                          "account.environment == 'production' && resource.tags.team == 'team"
                              + i
                              + "' && finding.saving > "
                              + i
                              + ".0 && step.action != 'release_address'",
                          Policy.Effect.DENY,
                          null,
                          null,
                          null,
                          null,
                          List.of(),
                          null,
                          null,
                          null,
                          null)),
                  "admin",
                  now)));
    return policies;
  }

  private static Resource volume(int i, Instant now) {
    return new Resource(
        "vol-" + i,
        "ebs_volume",
        "us-east-1",
        null,
        "available",
        now,
        Map.of("team", "team" + i % 100),
        Map.of("size_gb", "100", "volume_type", "gp3"));
  }

  private static Finding finding(
      Ids ids, Account account, Resource volume, Money saving, Instant now) {
    return new Finding(
        FindingId.from(ids),
        account.organization(),
        account.id(),
        ScanId.from(ids),
        "unattached_volume",
        "ebs_volume",
        "us-east-1",
        volume.id(),
        null,
        Finding.State.OPEN,
        saving,
        Finding.Confidence.HIGH,
        Map.of(),
        "2026-11",
        1,
        now,
        now,
        null,
        null,
        null,
        null);
  }

  private static void policies() {
    Instant now = Instant.now();
    Account account = account(now);
    List<CompiledPolicy> policies = policies(account, now);
    Planner planner = new Planner(PriceBook.current());
    Ids ids = Ids.random();
    List<Plan> plans = new ArrayList<>();
    List<PolicyEngine.Subject> subjects = new ArrayList<>();
    for (int i = 0; i < FINDINGS; i++) {
      Resource volume = volume(i, now);
      Finding finding = finding(ids, account, volume, Money.usd(i % 60), now);
      plans.add(
          planner.plan(
              account,
              List.of(
                  new Planner.Item("x", volume, finding, "snapshot_and_delete_volume", Map.of()))));
      subjects.add(new PolicyEngine.Subject(finding, volume));
    }
    double[] seconds = new double[5];
    int denied = 0;
    for (int round = -1; round < seconds.length; round++) {
      denied = 0;
      long began = System.nanoTime();
      for (int i = 0; i < FINDINGS; i++) {
        PolicyEngine.Subject subject = subjects.get(i);
        if (PolicyEngine.rule(
                    policies,
                    new PolicyEngine.Question(
                        account, plans.get(i), "client", step -> subject, null, now))
                .effect()
            == Policy.Effect.DENY) denied++;
      }
      if (round >= 0) seconds[round] = (System.nanoTime() - began) / 1e9;
    }
    System.out.printf(
        Locale.ROOT,
        "%,d findings x %d policies on one thread: %s (%,d denied)%n",
        FINDINGS,
        POLICIES,
        new Measurements(seconds).shown("s"),
        denied);
  }
}
