package dev.steward.storage;

import dev.steward.model.ClockReading;
import dev.steward.model.DataKey;
import dev.steward.model.Event;
import dev.steward.model.Forgotten;
import dev.steward.model.Idempotent;
import dev.steward.model.Intent;
import dev.steward.model.Milestone;
import dev.steward.model.Organization;
import dev.steward.model.OrganizationId;
import dev.steward.model.PriceBookEdition;
import dev.steward.model.PriceRefresh;
import dev.steward.model.Revocation;
import dev.steward.model.SealedSecret;
import dev.steward.model.SigningKey;
import dev.steward.model.User;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who uses the platform, and what it keeps for itself. */
interface PlatformTables {
  String SET_UP = "what people set up; go when they are removed";

  Table<Organization> ORGANIZATIONS =
      Table.named("organizations", "organization", Organization.class, o -> o.id().value())
          .ofKey(Organization::id)
          .kept(SET_UP);
  Table<User> USERS =
      Table.named("users", "user", User.class, u -> u.id().value())
          .of(User::organization)
          .index(new Index<>("login", PlatformTables::logins))
          .kept(SET_UP);
  Table<SealedSecret> SECRETS =
      Table.named("secrets", "secret", SealedSecret.class, s -> s.id().value())
          .of(SealedSecret::organization)
          .kept("destroyed with the last row that names them");
  Table<DataKey> DATA_KEYS =
      Table.named("data_keys", "data key", DataKey.class, k -> k.organization().value())
          .ofKey(DataKey::organization)
          .kept(SET_UP);
  Table<SigningKey> SIGNING_KEYS =
      Table.named("signing_keys", "signing key", SigningKey.class, SigningKey::kid)
          .global("tokens of every organization are signed with it")
          .holding(SigningKey::privateKey)
          .kept("a new one a month; each goes 31 days after it came");
  Table<Revocation> REVOCATIONS =
      Table.named("revocations", "revocation", Revocation.class, Revocation::tokenId)
          .global("asked of every token, before anybody knows whose it is")
          .index(new Index<>("user", r -> r.user() == null ? List.of() : List.of(r.user().value())))
          .kept(
              "go with the key that signed the token; a user with more than 1,000 is logged out"
                  + " everywhere instead");
  Table<Idempotent> IDEMPOTENT =
      Table.named("idempotent", "Idempotency-Key", Idempotent.class, Idempotent::key)
          .ofKey(k -> prefix(k.key()))
          .index(Index.counting("owner", Idempotent::owner))
          .kept(
              new Keep.Forgotten<>(
                  "keep.idempotency-hours",
                  null,
                  "within them none is forgotten; a user who has `keep.idempotency-keys` of them is"
                      + " refused another one (429)",
                  Idempotent::at,
                  Idempotent::at,
                  0,
                  (state, key) -> false));
  Table<Intent> INTENTS =
      Table.named("intents", "intent", Intent.class, i -> i.id().value())
          .of(i -> i.organization() == null ? null : new OrganizationId(i.organization()))
          .index(Index.on("workflow", Intent::workflowId))
          .kept("go when Temporal has taken them");
  Table<Event> EVENTS =
      Table.named("events", "event", Event.class, e -> Event.key(e.sequence()))
          .of(Event::organization)
          .kept(
              new Keep.Forgotten<>(
                  "keep.event-days",
                  "keep.events",
                  "the newest of all stays: it says which number comes next",
                  Event::at,
                  Event::at,
                  0,
                  (state, event) ->
                      state.rows(PlatformTables.EVENTS).last().filter(event::equals).isPresent()));
  Table<ClockReading> CLOCK =
      Table.named("clock", "clock reading", ClockReading.class, ClockReading::key)
          .global("one clock serves all")
          .kept("one per six hours that the platform ran, as far back as the longest age");
  Table<Forgotten> FORGOTTEN =
      Table.named("forgotten", "count of what is forgotten", Forgotten.class, Forgotten::key)
          .global("asked by the owner's key")
          .kept("one for each table and organization or account");
  Table<Milestone> MILESTONES =
      Table.named("milestones", "milestone", Milestone.class, Milestone::name)
          .global("a turn of the installation")
          .kept("one for each turn that an installation takes once");

  Table<PriceRefresh> PRICE_REFRESHES =
      Table.named("price_refreshes", "refresh of prices", PriceRefresh.class, r -> r.id().value())
          .of(PriceRefresh::organization)
          .at("/waste/prices/refreshes/{id}")
          .kept("one for each time that somebody asked AWS for prices, or a schedule did");
  Table<PriceBookEdition> PRICE_BOOKS =
      Table.named("price_books", "price book", PriceBookEdition.class, PriceBookEdition::version)
          .global("AWS asks the same price of all")
          .kept(
              "one for each refresh that brought prices; what names a book must go on being true");

  List<Table<?>> PLATFORM =
      List.of(
          ORGANIZATIONS,
          USERS,
          SIGNING_KEYS,
          REVOCATIONS,
          CLOCK,
          FORGOTTEN,
          MILESTONES,
          PRICE_REFRESHES,
          PRICE_BOOKS,
          SECRETS,
          DATA_KEYS,
          INTENTS,
          EVENTS,
          IDEMPOTENT);

  /** A user is found by name and by e-mail, whatever the case. */
  private static List<String> logins(User user) {
    String name = user.username().toLowerCase(Locale.ROOT);
    String email = user.email();
    return email == null ? List.of(name) : List.of(name, email.toLowerCase(Locale.ROOT));
  }

  /** Tokens that were spent are kept here, too, and are nobody's. */
  private static @Nullable OrganizationId prefix(String key) {
    return key.startsWith("org_") ? new OrganizationId(key.substring(0, key.indexOf('/'))) : null;
  }
}
