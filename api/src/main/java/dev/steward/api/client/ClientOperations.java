package dev.steward.api.client;

import static dev.steward.api.Operation.client;

import dev.steward.api.Operation;
import dev.steward.api.Operation.Shape;
import dev.steward.api.PageOf;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.client.AccountViews.AccountDetail;
import dev.steward.api.client.AccountViews.AccountView;
import dev.steward.domain.governance.desk.AccountDesk;
import dev.steward.domain.governance.desk.Scope;
import dev.steward.domain.governance.desk.WordDesk;
import dev.steward.model.Account;
import dev.steward.model.Resource;
import dev.steward.storage.Chunks;
import dev.steward.storage.Own;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations on accounts and their resources. */
public final class ClientOperations {
  private final Store store;
  private final AccountDesk accounts;
  private final WordDesk words;

  public ClientOperations(Store store, AccountDesk accounts, WordDesk words) {
    this.store = store;
    this.accounts = accounts;
    this.words = words;
  }

  /** What is left out stays as it is. */
  public record AccountChange(
      @Rule(min = 1) @Nullable String name,
      @Rule(min = 1, max = 40) @Nullable String environment,
      @Rule(
              max = 60,
              pattern = "[a-z]{2}(-[a-z]+)+-\\d",
              message = "must be a region such as eu-central-1")
          @Nullable List<String> regions,
      @Rule(max = 50) @Nullable Map<String, String> tags) {}

  /** What a disconnected account took with it. */
  public record Disconnected(String id, String status, AccountDesk.Deleted deleted) {}

  public List<Operation> operations() {
    return List.of(
        client("GET", "/client/accounts", "client", "The organization's accounts")
            .gives(Shape.ARRAY, AccountView.class)
            .handle(this::accounts),
        client("GET", "/client/accounts/{id}", "client", "An account with its permission matrix")
            .gives(AccountDetail.class)
            .answers(200, 404)
            .handle(this::account),
        client(
                "PATCH",
                "/client/accounts/{id}",
                "client",
                "Change name, environment, regions or tags")
            .takes(AccountChange.class)
            .gives(AccountDetail.class)
            .answers(200, 404)
            .handle(this::change),
        client(
                "DELETE",
                "/client/accounts/{id}",
                "client",
                "Disconnect an account: everything that hangs on it goes; dismissals and exemptions are kept for when it is connected again")
            .gives(Disconnected.class)
            .answers(200, 404)
            .handle(this::disconnect),
        client("GET", "/client/accounts/{id}/resources", "client", "What runs in an account")
            .gives(Shape.PAGE, Resource.class)
            .query("kind", "region", "tag", "state", "limit", "after", "format")
            .answers(200, 404)
            .handle(this::resources));
  }

  private Reply accounts(Request request) {
    Own own = request.own();
    return Reply.ok(own.all(Tables.ACCOUNTS).map(a -> AccountViews.view(own, a)).toList());
  }

  private Reply account(Request request) {
    Own own = request.own();
    return Reply.ok(AccountViews.detail(own, AccountViews.find(own, request.path("id")), words));
  }

  private Reply change(Request request) {
    AccountChange change = request.body(AccountChange.class);
    store.write(t -> {
      Account a = AccountViews.find(request.own(t), request.path("id"));
      Account changed =
          a.described(
              Objects.requireNonNullElse(change.name(), a.name()),
              Objects.requireNonNullElse(change.environment(), a.environment()),
              Objects.requireNonNullElse(change.regions(), a.regions()),
              Objects.requireNonNullElse(change.tags(), a.tags()));
      t.put(Tables.ACCOUNTS, changed);
      Scope.leave(t, request.own(t).under(Tables.ACCOUNTS, a.id().value(), Tables.FINDINGS));
      return changed;
    });
    return account(request);
  }

  private Reply disconnect(Request request) {
    return store.write(t -> {
      Account account = AccountViews.find(request.own(t), request.path("id"));
      return Reply.ok(
          new Disconnected(account.id().value(), "disconnected", accounts.disconnect(t, account)));
    });
  }

  private Reply resources(Request request) {
    Own own = request.own();
    Account account = AccountViews.find(own, request.path("id"));
    String kind = request.query("kind").orElse(null);
    String region = request.query("region").orElse(null);
    Stream<Resource> found =
        Chunks.parts(own, account.id())
            // The chunk's key tells kind and place, so that other chunks need not be loaded.
            .filter(chunk -> kind == null || chunk.key().endsWith("/" + kind))
            .filter(chunk ->
                region == null
                    || chunk.key().contains("/inventory/" + region + "/")
                    || chunk.key().contains("/inventory/global/"))
            .flatMap(chunk -> Chunks.resources(own.state(), chunk.key()).stream())
            .filter(r -> region == null || r.region().equals(region))
            .filter(r -> request.query("state").map(s -> s.equals(r.state())).orElse(true))
            .filter(r -> request.query("tag").map(t -> hasTag(r, t)).orElse(true))
            .sorted(Comparator.comparing(ClientOperations::position));
    if (request.query("format").filter("csv"::equals).isPresent())
      return Reply.text("text/csv", Exports.resources(found));
    return Reply.ok(PageOf.cut(request, found, ClientOperations::position));
  }

  private static String position(Resource resource) {
    return resource.kind() + "/" + resource.region() + "/" + resource.id();
  }

  /** {@code tag=name} or {@code tag=name:value}. */
  private static boolean hasTag(Resource resource, String wanted) {
    int colon = wanted.indexOf(':');
    if (colon < 0) return resource.tags().containsKey(wanted);
    return wanted.substring(colon + 1).equals(resource.tags().get(wanted.substring(0, colon)));
  }
}
