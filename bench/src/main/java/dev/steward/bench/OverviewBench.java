package dev.steward.bench;

import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.ChildProcess;
import dev.steward.model.Coverage;
import dev.steward.model.DiscoveryId;
import dev.steward.model.Fact;
import dev.steward.model.Finding;
import dev.steward.model.FindingId;
import dev.steward.model.Ids;
import dev.steward.model.Json;
import dev.steward.model.Listing;
import dev.steward.model.Money;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.model.ScanId;
import dev.steward.model.User;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.testing.Tools;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * What people look at most, with 20 accounts and 10,000 findings: processor time a request, beside
 * a FastAPI service over SQLite with the same rows, in turn.
 */
final class OverviewBench implements Main.Benchmark {
  private static final int ACCOUNTS = 20;
  private static final int FINDINGS = 10_000;
  private static final int REGIONS = 17;
  private static final int CONNECTIONS = 8;
  private static final int MANY = 256;
  private static final int ROUNDS = 5;
  private static final Duration ROUND = Duration.ofSeconds(3);
  private static final List<String> PATHS =
      List.of(
          "/client/accounts",
          "/client/dashboard",
          "/waste/findings?limit=50",
          "/waste/findings?limit=50&kind=gp2_volume");

  private record Rows(List<Account> accounts, List<Listing> listings, List<Finding> findings) {}

  @Override
  public void run() throws Exception {
    Path folder = Files.createTempDirectory("steward-bench");
    // Nothing of it asks AWS.
    URI nowhere = URI.create("http://127.0.0.1:1");
    try (Launched first = Launched.before(nowhere, folder)) {
      first.as("client");
    }
    Path rows = folder.resolve("rows.json");
    Files.write(rows, Json.bytes(fill(folder.resolve("data"))));
    int port = free();
    Process peer =
        ChildProcess.PYTHON_BENCH
            .of(
                Tools.folder().resolve("mlflow/bin/python").toString(),
                Path.of(System.getenv().getOrDefault("STEWARD_HOME", "."))
                    .resolve("bench/src/main/python/peer.py")
                    .toString(),
                rows.toString(),
                Integer.toString(port))
            .inheritIO()
            .start();
    try (Launched platform = Launched.before(nowhere, folder)) {
      listening(peer, port);
      String token = String.valueOf(platform.as("client").token());
      for (String path : PATHS)
        compare(
            path,
            platform.process(),
            new Load(platform.url().getPort(), path, token),
            peer,
            new Load(port, path, "peer"));
      Load.Round many =
          new Load(platform.url().getPort(), PATHS.get(2), token).run(MANY, ROUND.multipliedBy(3));
      System.out.printf(
          Locale.ROOT,
          "%s, %d connections, client and server on the same cores: %,.0f a second, p99 %.1f ms%n",
          PATHS.get(2),
          MANY,
          many.rate(),
          many.p99());
    } finally {
      peer.destroy();
    }
    Measurements.delete(folder);
  }

  private static void compare(String path, Process one, Load ours, Process other, Load theirs)
      throws Exception {
    double[] a = new double[ROUNDS];
    double[] b = new double[ROUNDS];
    for (int round = -2; round < ROUNDS; round++) {
      double us = cost(one, ours);
      double them = cost(other, theirs);
      if (round < 0) continue;
      a[round] = us;
      b[round] = them;
    }
    System.out.printf(
        Locale.ROOT,
        "%s: processor time a request %s, FastAPI %s, ratio %s%n",
        path,
        new Measurements(a).shown("µs"),
        new Measurements(b).shown("µs"),
        Measurements.ratios(b, a).shown("x"));
  }

  /** Microseconds of the server's processor time a request. */
  private static double cost(Process server, Load load) throws Exception {
    Duration before = used(server);
    Load.Round round = load.run(CONNECTIONS, ROUND);
    return used(server).minus(before).toNanos() / 1e3 / round.requests();
  }

  private static Duration used(Process process) {
    return process.info().totalCpuDuration().orElseThrow();
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void listening(Process peer, int port) throws InterruptedException {
    while (peer.isAlive())
      try (Socket socket = new Socket("127.0.0.1", port)) {
        return;
      } catch (IOException notYet) {
        Thread.sleep(50);
      }
    throw new IllegalStateException("the peer ended with " + peer.exitValue());
  }

  /** Rows as discoveries and scans leave them, of the organization of the user {@code client}. */
  private static Rows fill(Path data) {
    Random random = new Random(20);
    Ids ids = Ids.random();
    Instant now = Instant.now();
    List<Account> accounts = new ArrayList<>();
    List<Listing> listings = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    try (Store store = Store.open(data)) {
      OrganizationId organization =
          store.state().rows(Tables.USERS).stream()
              .filter(user -> user.username().equals("client"))
              .map(User::organization)
              .findFirst()
              .orElseThrow();
      for (int i = 0; i < ACCOUNTS; i++) accounts.add(account(ids, organization, i, now));
      for (Account account : accounts)
        for (int region = 0; region < REGIONS; region++)
          for (var kind : Catalogue.KINDS)
            listings.add(line(ids, account, "region-" + region, kind.id(), random, now));
      for (int i = 0; i < FINDINGS; i++)
        findings.add(finding(ids, accounts.get(i % ACCOUNTS), random, now));
      store.write(t -> {
        accounts.forEach(a -> t.put(Tables.ACCOUNTS, a));
        listings.forEach(l -> t.put(Tables.LISTINGS, l));
        findings.forEach(f -> t.put(Tables.FINDINGS, f));
        return accounts;
      });
    }
    return new Rows(accounts, listings, findings);
  }

  private static Account account(Ids ids, OrganizationId organization, int i, Instant now) {
    return BenchAccount.of(
        AccountId.from(ids),
        organization,
        OnboardingId.from(ids),
        String.format(Locale.ROOT, "7000000%05d", i),
        "account " + i,
        now);
  }

  private static Listing line(
      Ids ids, Account account, String region, String kind, Random random, Instant now) {
    return new Listing(
        account.id(),
        DiscoveryId.from(ids),
        region,
        kind,
        random.nextInt(50) == 0 ? Coverage.DENIED : Coverage.ANSWERED,
        1,
        random.nextInt(40),
        Money.usd(random.nextInt(100_000) / 100.0),
        null,
        null,
        now,
        0);
  }

  private static Finding finding(Ids ids, Account account, Random random, Instant now) {
    var check = Catalogue.CHECKS.get(random.nextInt(Catalogue.CHECKS.size()));
    return new Finding(
        FindingId.from(ids),
        account.organization(),
        account.id(),
        ScanId.from(ids),
        check.id(),
        "ebs_volume",
        "region-" + random.nextInt(REGIONS),
        ids.next("vol"),
        null,
        Finding.State.OPEN,
        random.nextInt(20) == 0 ? null : Money.usd(random.nextInt(100_000) / 100.0),
        Finding.Confidence.HIGH,
        Map.of(
            "size_gb",
            Fact.of(100),
            "volume_type",
            Fact.of("gp2"),
            "days_unused",
            Fact.of(31),
            "price",
            Fact.of(0.1)),
        "2026-11",
        1,
        now,
        now,
        null,
        null,
        null,
        null);
  }
}
