package dev.steward.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import dev.steward.testing.Estate;
import dev.steward.testing.Fault;
import dev.steward.testing.FaultProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * How long one waits for the verification of an account, and for the discovery of a small one,
 * while an account of about 3,000 resources is discovered; each beside the same with nothing else
 * to do, in turn. AWS takes a while for each call here, as it does in life.
 */
final class FairnessBench implements Main.Benchmark {
  private static final int SCALE = 8;
  private static final int ROUNDS = 5;
  private static final Duration AWS_TAKES = Duration.ofMillis(60);

  /** An account and how to get at it. */
  private record Connected(String onboarding, String account, String role) {}

  @Override
  public void run() throws Exception {
    Path folder = Files.createTempDirectory("steward-bench");
    try (Emulator emulator = Emulator.start();
        FaultProxy proxy = FaultProxy.before(emulator.endpoint());
        Customer large = new Customer(emulator.endpoint(), "600000000003");
        Customer small = new Customer(emulator.endpoint(), "600000000004")) {
      Estate estate = Estate.build(large, Instant.now(), SCALE, () -> {});
      proxy.when(call -> true, new Fault.Delay(AWS_TAKES));
      try (Launched platform = Launched.before(proxy.endpoint(), folder)) {
        measure(
            estate,
            platform.as("test"),
            connect(platform.as("test"), large),
            connect(platform.as("test"), small));
      }
    }
    Measurements.delete(folder);
  }

  private static Connected connect(ApiClient user, Customer customer) throws InterruptedException {
    String onboarding = user.post("/onboarding/create", Map.of()).ok().path("id").asText();
    String role =
        String.valueOf(
            customer
                .deploy("bench", user.get("/onboarding/template/" + onboarding).text())
                .get("RoleArn"));
    verify(user, new Connected(onboarding, "", role));
    String account = user.get("/onboarding/" + onboarding).ok().path("account").asText();
    return new Connected(onboarding, account, role);
  }

  private static void measure(Estate estate, ApiClient user, Connected large, Connected small)
      throws InterruptedException {
    double[] idle = new double[ROUNDS];
    double[] beside = new double[ROUNDS];
    double[] alone = new double[ROUNDS];
    double[] shared = new double[ROUNDS];
    int during = 0;
    for (int round = -1; round < ROUNDS; round++) {
      quiet(user, large, small);
      double verifiedAlone = verify(user, small);
      quiet(user, large, small);
      double discoveredAlone = discover(user, small);
      quiet(user, large, small);
      underWay(user, large);
      double verified = verify(user, small);
      boolean still = !over(user, large);
      quiet(user, large, small);
      underWay(user, large);
      double discovered = discover(user, small);
      if (round < 0) continue;
      idle[round] = verifiedAlone;
      beside[round] = verified;
      alone[round] = discoveredAlone;
      shared[round] = discovered;
      if (still) during++;
    }
    System.out.printf(
        Locale.ROOT,
        "verification: idle %s; while %,d resources are discovered %s; ratio %s (%d of %d verdicts came before its end)%n",
        new Measurements(idle).shown("s"),
        estate.resources(),
        new Measurements(beside).shown("s"),
        Measurements.ratios(beside, idle).shown("x"),
        during,
        ROUNDS);
    System.out.printf(
        Locale.ROOT,
        "discovery of an empty account: alone %s; beside the large one %s; ratio %s%n",
        new Measurements(alone).shown("s"),
        new Measurements(shared).shown("s"),
        Measurements.ratios(shared, alone).shown("x"));
  }

  /** Verifies again, in seconds until there is a verdict. */
  private static double verify(ApiClient user, Connected account) throws InterruptedException {
    long began = System.nanoTime();
    user.post("/onboarding/" + account.onboarding() + "/verify", Map.of("role_arn", account.role()))
        .ok();
    String verdict =
        Launched.await(
                user,
                "/onboarding/" + account.onboarding(),
                o -> !o.path("status").asText().equals("verifying"))
            .path("status")
            .asText();
    if (!verdict.equals("connected")) throw new IllegalStateException("verified as " + verdict);
    return (System.nanoTime() - began) / 1e9;
  }

  private static double discover(ApiClient user, Connected account) throws InterruptedException {
    long began = System.nanoTime();
    user.post("/onboarding/" + account.account() + "/rediscover", null).ok();
    Launched.await(
        user,
        "/onboarding/" + account.account() + "/discovery",
        d -> d.path("finished_at").isTextual());
    return (System.nanoTime() - began) / 1e9;
  }

  /** Starts a discovery and waits until its questions are being asked. */
  private static void underWay(ApiClient user, Connected account) throws InterruptedException {
    user.post("/onboarding/" + account.account() + "/rediscover", null).ok();
    Launched.await(
        user,
        "/onboarding/" + account.account() + "/discovery",
        d -> d.path("status").asText().equals("running") && d.path("progress").asInt() > 0);
  }

  private static boolean over(ApiClient user, Connected account) {
    return user.get("/onboarding/" + account.account() + "/discovery")
        .ok()
        .path("finished_at")
        .isTextual();
  }

  /** Waits until neither is discovered nor scanned. */
  private static void quiet(ApiClient user, Connected... accounts) throws InterruptedException {
    for (Connected account : accounts) {
      Launched.await(
          user,
          "/onboarding/" + account.account() + "/discovery",
          d -> d.path("finished_at").isTextual());
      Launched.await(
          user, "/waste/scans?account=" + account.account(), s -> allOver(s.path("items")));
    }
  }

  private static boolean allOver(JsonNode scans) {
    for (JsonNode scan : scans) if (!scan.path("finished_at").isTextual()) return false;
    return true;
  }
}
