package dev.steward.bench;

import dev.steward.api.Access;
import dev.steward.api.Operation;
import dev.steward.api.auth.AuthOperations;
import dev.steward.api.auth.Passwords;
import dev.steward.api.auth.SigningKeys;
import dev.steward.api.auth.Tickets;
import dev.steward.api.auth.Tokens;
import dev.steward.api.auth.Users;
import dev.steward.api.client.AccountViews;
import dev.steward.api.client.ClientOperations;
import dev.steward.api.connections.Limits;
import dev.steward.api.http.HttpServer;
import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.domain.governance.desk.Desks;
import dev.steward.domain.governance.desk.Office;
import dev.steward.domain.work.Work;
import dev.steward.estate.PriceBook;
import dev.steward.model.AccountId;
import dev.steward.model.Ids;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Own;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What authentication costs: the same answer with a token and open, in turn, over the same 32
 * connections.
 */
final class HttpBench implements Main.Benchmark {
  private static final int CONNECTIONS = 32;
  private static final int ROUNDS = 7;
  private static final Duration ROUND = Duration.ofSeconds(3);

  @Override
  public void run() throws Exception {
    Path folder = Files.createTempDirectory("steward-bench");
    Ids ids = Ids.random();
    InstantSource clock = InstantSource.system();
    try (Store store = Store.open(folder)) {
      MasterKey master = MasterKey.at(folder.resolve("master.key"), false);
      Secrets secrets = new Secrets(master, ids);
      AuditBook audit = new AuditBook(master);
      SigningKeys keys = new SigningKeys(store, secrets, ids, clock);
      Tokens tokens = new Tokens(store, keys, ids, clock);
      Desks desks =
          Desks.of(new Office(new Work(ids, clock), ids, clock, PriceBook.current(), audit));
      Passwords passwords = new Passwords();
      Users users = new Users(store, passwords, audit, ids, clock);
      User user = users.register("Bench", "bench", null, "bench", List.of(Role.CLIENT));
      for (int i = 0; i < 5; i++) account(store, ids, user.organization(), "70000000000" + i);
      List<Operation<?, ?>> operations =
          new ArrayList<>(new ClientOperations(desks.accounts(), desks.words()).operations());
      operations.addAll(
          new AuthOperations(store, tokens, keys, passwords, users, new Tickets(ids), false)
              .operations());
      operations.add(
          Operation.on("GET", "/open/accounts", "bench", Access.OPEN, "The same, open")
              .gives(List.class)
              .answers(call -> {
                Own own = store.state().own(user.organization());
                return own.all(Tables.ACCOUNTS).map(a -> AccountViews.view(own, a)).toList();
              }));
      try (HttpServer server =
              new HttpServer(
                      operations,
                      new HttpServer.Options(
                          "127.0.0.1", 0, 1 << 20, Limits.usual(1_000), List.of(), 100_000),
                      tokens,
                      store,
                      ids,
                      clock)
                  .start();
          ApiClient client = ApiClient.at(URI.create("http://127.0.0.1:" + server.port()))) {
        String token = String.valueOf(client.as("bench", "bench").token());
        compare(server.port(), token);
      }
    }
    Measurements.delete(folder);
  }

  private static void account(Store store, Ids ids, OrganizationId organization, String number) {
    store.write(t ->
        t.put(
            Tables.ACCOUNTS,
            BenchAccount.of(
                AccountId.from(ids),
                organization,
                OnboardingId.from(ids),
                number,
                "account " + number,
                Instant.now())));
  }

  private static void compare(int port, String token) throws Exception {
    double[] closed = new double[ROUNDS];
    double[] open = new double[ROUNDS];
    double[] p99 = new double[ROUNDS];
    for (int round = -2; round < ROUNDS; round++) {
      Load.Round a = new Load(port, "/client/accounts", token).run(CONNECTIONS, ROUND);
      Load.Round b = new Load(port, "/open/accounts", "").run(CONNECTIONS, ROUND);
      if (round < 0) continue;
      closed[round] = a.rate();
      open[round] = b.rate();
      p99[round] = a.p99();
    }
    System.out.printf(
        Locale.ROOT,
        "GET /client/accounts, %d connections: with token %s, open %s, ratio %s%n",
        CONNECTIONS,
        new Measurements(closed).shown("/s"),
        new Measurements(open).shown("/s"),
        Measurements.ratios(closed, open).shown("x"));
    System.out.printf(
        Locale.ROOT,
        "p99 with token, client and server on the same cores: %s%n",
        new Measurements(p99).shown("ms"));
  }
}
