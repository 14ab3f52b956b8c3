package dev.steward.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bench.Launched;
import dev.steward.bench.Main;
import dev.steward.testing.ApiClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Five minutes of load while platform, Temporal and the way to AWS are killed or stand still, and
 * Temporal's database is lost once. Afterwards everything that was acknowledged is read back, no
 * effect may have come twice, the audit chain is whole, nothing is stuck, and the planted secrets
 * stand nowhere. Fails if one of these does not hold.
 *
 * <p>{@code CHAOS_SECONDS} and {@code CHAOS_SEED} choose another length and order.
 */
public final class ChaosBench implements Main.Benchmark {
  private static final String HOOK_SECRET = "chaosWebHookSigningSecret";
  private static final long SETTLE_SECONDS = 600;

  private final long seconds = setting("CHAOS_SECONDS", 300);
  private final long seed = setting("CHAOS_SEED", 11);

  private static long setting(String name, long otherwise) {
    return Optional.ofNullable(System.getenv(name)).map(Long::parseLong).orElse(otherwise);
  }

  @Override
  public void run() throws Exception {
    Path folder = Files.createTempDirectory("steward-chaos");
    List<String> broken;
    try (Victims victims = new Victims(folder)) {
      broken = run(victims);
    }
    if (!broken.isEmpty()) {
      broken.stream().limit(40).forEach(b -> System.out.println("  BROKEN " + b));
      throw new IllegalStateException(
          broken.size() + " promises were broken; the folder " + folder + " is kept");
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList())
        Files.delete(file);
    }
  }

  private List<String> run(Victims victims) throws Exception {
    Promises promises = new Promises();
    ApiClient client = victims.anybody().as("client", "client");
    ApiClient approver = victims.anybody().as("approver", "approver");
    ApiClient lead = victims.anybody().as("lead", "lead");
    plant(client);
    Caller settled = new Caller(client, () -> true);
    Desk desk = new Desk(victims, promises, settled);
    Accounts accounts = new Accounts(victims, promises, settled);
    try (ChaosEstate estate = new ChaosEstate(victims, promises, settled)) {
      estate.build();
      AtomicBoolean on = new AtomicBoolean(true);
      Caller loading = new Caller(client, on::get);
      Caller leading = new Caller(lead, on::get);
      Caller approving = new Caller(approver, on::get);
      Map<String, Integer> fallen;
      try (ExecutorService actors = Executors.newCachedThreadPool()) {
        List<Future<?>> parts = new ArrayList<>();
        for (Consumer<Caller> part :
            List.<Consumer<Caller>>of(
                desk::exempts,
                desk::uploads,
                desk::logs,
                desk::leaves,
                accounts::connects,
                estate::scans)) parts.add(actors.submit(() -> repeat(loading, part)));
        for (int i = 0; i < 2; i++)
          parts.add(actors.submit(() -> repeat(leading, c -> estate.changes(c, approving))));
        fallen = new Havoc(victims, seed).run(seconds);
        on.set(false);
        for (Future<?> part : parts) part.get();
      }
      System.out.println("  seed " + seed + ", " + seconds + " s; fell: " + fallen);
      System.out.println("  acknowledged: " + promises.counted() + "; undone: " + estate.undone());
      List<String> secrets = new ArrayList<>(accounts.secrets());
      secrets.addAll(List.of(HOOK_SECRET, Launched.SECRET));
      for (ApiClient user : List.of(client, approver, lead))
        secrets.add(String.valueOf(user.token()));
      return verdict(victims, promises, estate, settled, new Caller(approver, () -> true), secrets);
    }
  }

  private static void plant(ApiClient client) {
    client
        .post(
            "/governance/notifications",
            Map.of("channel", "webhook", "address", "http://127.0.0.1:9/", "secret", HOOK_SECRET))
        .ok();
  }

  private static void repeat(Caller caller, Consumer<Caller> part) {
    try {
      while (caller.goesOn().getAsBoolean()) part.accept(caller);
    } catch (Caller.Over over) {
      // Time is over.
    }
  }

  /** What does not hold when the dust has settled. */
  private static List<String> verdict(
      Victims victims,
      Promises promises,
      ChaosEstate estate,
      Caller settled,
      Caller approver,
      List<String> secrets)
      throws Exception {
    long began = System.nanoTime();
    List<String> broken = new ArrayList<>();
    // Whoever is stuck never answers: then what was asked last is what is broken.
    try (ExecutorService one = Executors.newSingleThreadExecutor()) {
      Future<List<String>> answers = one.submit(promises::broken);
      try {
        broken.addAll(answers.get(SETTLE_SECONDS, TimeUnit.SECONDS));
      } catch (java.util.concurrent.TimeoutException stuck) {
        broken.add(
            promises.asked()
                + ": stuck; not everything came to its end within "
                + SETTLE_SECONDS
                + " s");
        answers.cancel(true);
      }
    }
    estate.compare(broken);
    JsonNode proof = approver.get("/governance/audit/proof");
    if (!proof.path("holds").asBoolean()) broken.add("the audit chain: " + proof.path("faults"));
    int lines = 0;
    for (JsonNode entry : settled.pages("/waste/savings/entries"))
      if (entry.path("stage").asText().equals("executed")) lines++;
    if (lines != estate.deleted())
      broken.add("the ledger: " + lines + " executed lines for " + estate.deleted() + " steps");
    broken.addAll(PlantedSecrets.found(victims.folder(), secrets));
    System.out.printf(
        java.util.Locale.ROOT,
        "  settled and read back in %d s; audit entries %d; executed lines %d; secrets looked for %d; broken %d%n",
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
        proof.path("entries").asLong(),
        lines,
        secrets.size(),
        broken.size());
    return broken;
  }
}
