package dev.steward.api;

import dev.steward.api.auth.SigningKeys;
import dev.steward.api.auth.Tokens;
import dev.steward.api.connections.Limits;
import dev.steward.api.http.HttpServer;
import dev.steward.model.Ids;
import dev.steward.model.OrganizationId;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.model.UserId;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Contract;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** A few operations, served as the platform serves all of them, with a store and nothing else. */
public final class Served implements AutoCloseable {
  public static final int LARGEST = 1_000;
  public static final int KEYS = 3;
  public static final String ORIGIN = "https://console.example.com";

  public final Ids ids = Ids.random();
  public final Store store;
  public final Tokens tokens;
  public final HttpServer server;
  public final ApiClient anybody;

  public Served(Path folder, List<Operation<?, ?>> operations) {
    this(folder, store -> operations);
  }

  public Served(Path folder, Function<Store, List<Operation<?, ?>>> operations) {
    this(folder, operations, Limits.usual(100));
  }

  public Served(Path folder, Function<Store, List<Operation<?, ?>>> operations, Limits limits) {
    InstantSource clock = InstantSource.system();
    store = Store.open(folder.resolve("data"));
    Secrets secrets = new Secrets(MasterKey.at(folder.resolve("key"), false), ids);
    tokens = new Tokens(store, new SigningKeys(store, secrets, ids, clock), ids, clock);
    List<Operation<?, ?>> table = operations.apply(store);
    server =
        new HttpServer(
                table,
                new HttpServer.Options("127.0.0.1", 0, LARGEST, limits, List.of(ORIGIN), KEYS),
                tokens,
                store,
                ids,
                clock)
            .start();
    anybody =
        ApiClient.at(URI.create("http://127.0.0.1:" + server.port()))
            .held(new Contract(OpenApi.document(table)));
  }

  /** The beginning of an operation that everybody may call, and again. */
  public static OperationRow<Nothing, Nothing> open(String method, String path) {
    return Operation.on(method, path, "test", Access.OPEN, "Test").repeatable("it is a test");
  }

  /** Somebody of a new organization. */
  public User user(Role... roles) {
    return user(OrganizationId.from(ids), roles);
  }

  public User user(OrganizationId organization, Role... roles) {
    UserId id = UserId.from(ids);
    return store.write(t ->
        t.put(
            Tables.USERS,
            new User(
                id, organization, id.value(), null, "", List.of(roles), 0, false, Instant.now())));
  }

  public ApiClient as(User user) {
    return anybody.withToken(tokens.issue(user));
  }

  @Override
  public void close() {
    anybody.close();
    server.close();
    store.close();
  }
}
