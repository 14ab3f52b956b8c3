package dev.steward.api.client;

import static dev.steward.api.Operation.client;

import dev.steward.api.Invocation;
import dev.steward.api.ListFilter;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.Sorts;
import dev.steward.api.client.AccountViews.AccountDetail;
import dev.steward.api.client.AccountViews.AccountView;
import dev.steward.domain.governance.desk.AccountDesk;
import dev.steward.domain.governance.desk.Scope;
import dev.steward.domain.governance.desk.WordDesk;
import dev.steward.estate.Kind;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.Resource;
import dev.steward.storage.Chunks;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations on accounts and their resources. */
public final class ClientOperations {
  private final AccountDesk accounts;
  private final WordDesk words;

  public ClientOperations(AccountDesk accounts, WordDesk words) {
    this.accounts = accounts;
    this.words = words;
  }

  /** What is left out stays as it is. */
  public record AccountChange(
      @Rule(min = 1, aliases = "account_name") @Nullable String name,
      @Rule(min = 1, max = 40) @Nullable String environment,
      @Rule(max = 60, pattern = AccountViews.REGION_NAME, message = AccountViews.REGION_MUST)
          @Nullable List<String> regions,
      @Rule(max = 50) @Nullable Map<String, String> tags) {}

  /** What a disconnected account took with it. */
  public record Disconnected(String id, String status, AccountDesk.Deleted deleted) {}

  private static final QueryParameter<String> KIND =
      QueryParameter.oneOf("kind", Catalogue.KINDS.stream().map(Kind::id).sorted().toList());
  private static final QueryParameter<String> TAG =
      QueryParameter.text("tag").means("name, or name:value");
  private static final QueryParameter<String> STATE = QueryParameter.text("state");

  private static final Sorts<AccountView> ACCOUNTS =
      Sorts.<AccountView>of(AccountView::id)
          .text("id", AccountView::id)
          .text("name", AccountView::name)
          .text("account_id", AccountView::accountId)
          .text("environment", AccountView::environment)
          .constant("status", AccountView::status)
          .time("connected_at", AccountView::connectedAt);

  private static final Sorts<Resource> RESOURCES =
      Sorts.<Resource>of(ClientOperations::place)
          .text("kind", ClientOperations::place)
          .text("region", Resource::region)
          .text("id", Resource::id)
          .text("name", Resource::name)
          .text("state", Resource::state)
          .time("created_at", Resource::createdAt);

  public List<Operation<?, ?>> operations() {
    return List.of(
        client(
                "GET",
                "/client/accounts",
                "client",
                "The organization's accounts, and those that it has begun to connect")
            .list(AccountView.class, ACCOUNTS)
            .whole((own, call) -> AccountViews.all(own), (own, account) -> account),
        client("GET", "/client/accounts/{id}", "client", "An account with its permission matrix")
            .gives(AccountDetail.class)
            .refuses(404)
            .answers(call -> AccountViews.detail(call.own(), call.path("id"), words)),
        client(
                "PATCH",
                "/client/accounts/{id}",
                "client",
                "Change name, environment, regions or tags")
            .about(request -> AccountViews.find(request.own(), request.path("id")))
            .takes(AccountChange.class)
            .gives(AccountDetail.class)
            .refuses(404)
            .writes(this::change),
        client(
                "DELETE",
                "/client/accounts/{id}",
                "client",
                "Disconnect an account: everything that hangs on it goes; dismissals and exemptions are kept for when it is connected again")
            .gives(Disconnected.class)
            .refuses(404)
            .writes(this::disconnect),
        client("GET", "/client/accounts/{id}/resources", "client", "What runs in an account")
            .refuses(404)
            .list(
                Resource.class,
                RESOURCES,
                ListFilter.by(KIND, (r, kind) -> kind.equals(r.kind())),
                ListFilter.by(AccountViews.REGION, (r, region) -> region.equals(r.region())),
                ListFilter.by(TAG, ClientOperations::hasTag),
                ListFilter.by(STATE, (r, state) -> state.equals(r.state())))
            .csv(Exports::resources)
            .paged(ClientOperations::resources, (own, resource) -> resource));
  }

  private AccountDetail change(Invocation<AccountChange> call, Transaction t) {
    AccountChange change = call.body();
    Account a = AccountViews.find(call.own(t), call.path("id"));
    Account changed =
        a.described(
            Objects.requireNonNullElse(change.name(), a.name()),
            Objects.requireNonNullElse(change.environment(), a.environment()),
            Objects.requireNonNullElse(change.regions(), a.regions()),
            Objects.requireNonNullElse(change.tags(), a.tags()));
    t.put(Tables.ACCOUNTS, changed);
    Scope.leave(t, call.own(t).under(Tables.ACCOUNTS, a.id().value(), Tables.FINDINGS));
    return AccountViews.detail(call.own(t), changed, words);
  }

  private Disconnected disconnect(Request request, Transaction t) {
    Account account = AccountViews.find(request.own(t), request.path("id"));
    return new Disconnected(account.id().value(), "disconnected", accounts.disconnect(t, account));
  }

  private static Stream<Resource> resources(Own own, Invocation<?> call) {
    Account account = AccountViews.find(own, call.path("id"));
    String kind = call.find(KIND).orElse(null);
    String region = call.find(AccountViews.REGION).orElse(null);
    return Chunks.parts(own, account.id())
        // The chunk's key tells kind and place, so that other chunks need not be loaded.
        .filter(chunk -> kind == null || chunk.key().endsWith("/" + kind))
        .filter(chunk ->
            region == null
                || chunk.key().contains("/inventory/" + region + "/")
                || chunk.key().contains("/inventory/global/"))
        .flatMap(chunk -> Chunks.resources(own.state(), chunk.key()).stream());
  }

  private static String place(Resource resource) {
    return resource.kind() + "/" + resource.region() + "/" + resource.id();
  }

  /** {@code tag=name} or {@code tag=name:value}. */
  private static boolean hasTag(Resource resource, String wanted) {
    int colon = wanted.indexOf(':');
    if (colon < 0) return resource.tags().containsKey(wanted);
    return wanted.substring(colon + 1).equals(resource.tags().get(wanted.substring(0, colon)));
  }
}
