package dev.steward.api.auth;

import static dev.steward.api.Operation.on;

import dev.steward.api.Access;
import dev.steward.api.Invocation;
import dev.steward.api.Nothing;
import dev.steward.api.Operation;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.model.Problem;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.model.Violation;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations of the group auth. */
public final class AuthOperations {
  private final Store store;
  private final Tokens tokens;
  private final SigningKeys keys;
  private final Passwords passwords;
  private final Users users;
  private final Tickets tickets;
  private final boolean selfRegistration;
  private final LoginThrottle throttle = new LoginThrottle(System::nanoTime);

  public AuthOperations(
      Store store,
      Tokens tokens,
      SigningKeys keys,
      Passwords passwords,
      Users users,
      Tickets tickets,
      boolean selfRegistration) {
    this.store = store;
    this.tokens = tokens;
    this.keys = keys;
    this.passwords = passwords;
    this.users = users;
    this.tickets = tickets;
    this.selfRegistration = selfRegistration;
  }

  /** The user name may be an e-mail address. */
  public record Login(
      @Rule(min = 1, max = 320, aliases = "identifier") String username,
      @Rule(min = 1, max = 1_024) String password) {}

  /**
   * @param role the first of admin, client and approver that they have, as the replaced backend
   *     says it
   */
  public record UserView(
      String id,
      String username,
      @Nullable String email,
      String organization,
      String organizationName,
      @Nullable Role role,
      List<Role> roles) {}

  public record LoggedIn(String accessToken, String tokenType, long expiresIn, UserView user) {}

  public record Verified(boolean valid, String username, Instant expiresAt) {}

  /**
   * @param organization the user name if it is left out
   */
  public record Registration(
      @Rule(min = 1) @Nullable String organization,
      @Rule(
              min = 3,
              max = 64,
              pattern = "[A-Za-z0-9._-]+",
              message = "must be letters, digits, dots, dashes and underscores")
          String username,
      @Rule(max = 320, pattern = "[^@\\s]+@[^@\\s]+", message = "must be an e-mail address")
          @Nullable String email,
      @Rule(min = 12, max = 1_024) String password) {}

  public record PasswordChange(
      @Rule(min = 1, max = 1_024) String currentPassword,
      @Rule(min = 12, max = 1_024) String newPassword) {}

  public record Ticket(String ticket, long expiresIn) {}

  public record Jwks(List<Map<String, String>> keys) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        on("POST", "/api/auth/login", "auth", Access.OPEN, "Log in")
            .takes(Login.class)
            .gives(LoggedIn.class)
            .secret()
            .refuses(401, 429)
            .repeatable("each token is one of its own")
            .answers(this::login),
        on("POST", "/api/auth/logout", "auth", Access.ANY, "Revoke this token")
            .repeatable("a token is revoked once and for good")
            .answers(this::logout),
        on("GET", "/api/auth/me", "auth", Access.ANY, "Who am I")
            .gives(UserView.class)
            .answers(this::me),
        on("GET", "/api/auth/profile", "auth", Access.ANY, "Who am I")
            .gives(UserView.class)
            .answers(this::me),
        on("GET", "/api/auth/verify", "auth", Access.ANY, "Does this token hold")
            .gives(Verified.class)
            .answers(call ->
                new Verified(true, call.principal().username(), call.principal().expiresAt())),
        on(
                "POST",
                "/api/auth/register",
                "auth",
                Access.OPEN,
                "Make an organization and its first user, where that is allowed")
            .takes(Registration.class)
            .gives(LoggedIn.class)
            .makes()
            .secret()
            .refuses(403, 409, 429)
            .repeatable("the name is taken the second time")
            .answers(this::register),
        on(
                "POST",
                "/api/auth/password",
                "auth",
                Access.ANY,
                "Change the password and revoke all other tokens")
            .takes(PasswordChange.class)
            .gives(LoggedIn.class)
            .secret()
            .refuses(429)
            .repeatable("the password is another one the second time")
            .answers(this::password),
        on("POST", "/api/auth/ticket", "auth", Access.ANY, "A one-time ticket for the web socket")
            .gives(Ticket.class)
            .secret()
            .repeatable("each ticket is one of its own, good once, and kept nowhere")
            .answers(
                call -> new Ticket(tickets.issue(call.principal()), Tickets.LIFETIME.toSeconds())),
        on("GET", "/.well-known/jwks.json", "auth", Access.OPEN, "The keys that verify tokens")
            .gives(Jwks.class)
            .answers(call -> new Jwks(keys.jwks())));
  }

  private LoggedIn login(Invocation<Login> request) {
    Login login = request.body();
    Optional<User> user = Users.find(store.state(), login.username());
    LoginThrottle.Try attempt =
        throttle.login(login.username(), user.map(User::id), request.remote());
    boolean matches =
        attempt.is(
            () -> passwords.matches(login.password(), user.map(User::passwordHash).orElse(null)));
    if (!matches || user.isEmpty() || user.get().disabled())
      throw Problem.of(Problem.Type.UNAUTHENTICATED, "the user name or the password is wrong");
    attempt.succeeded();
    return loggedIn(user.get());
  }

  private LoggedIn loggedIn(User user) {
    return new LoggedIn(tokens.issue(user), "bearer", Tokens.LIFETIME.toSeconds(), view(user));
  }

  private UserView view(User user) {
    String organization =
        store
            .state()
            .own(user.organization())
            .find(Tables.ORGANIZATIONS, user.organization().value())
            .map(o -> o.name())
            .orElse("");
    return new UserView(
        user.id().value(),
        user.username(),
        user.email(),
        user.organization().value(),
        organization,
        Stream.of(Role.ADMIN, Role.CLIENT, Role.APPROVER)
            .filter(user.roles()::contains)
            .findFirst()
            .orElse(null),
        user.roles());
  }

  private Nothing logout(Request request) {
    tokens.revoke(request.principal());
    return Nothing.NOTHING;
  }

  private UserView me(Request request) {
    return view(user(request));
  }

  private User user(Request request) {
    return request.user(request.own());
  }

  private LoggedIn register(Invocation<Registration> request) {
    if (!selfRegistration)
      throw Problem.of(Problem.Type.FORBIDDEN, "self-registration is switched off here");
    Registration wanted = request.body();
    throttle.register(request.remote());
    User user =
        users.register(
            Objects.requireNonNullElse(wanted.organization(), wanted.username()),
            wanted.username(),
            wanted.email(),
            wanted.password(),
            List.of(Role.CLIENT, Role.APPROVER));
    return loggedIn(user);
  }

  private LoggedIn password(Invocation<PasswordChange> request) {
    PasswordChange change = request.body();
    User before = user(request);
    LoginThrottle.Try attempt = throttle.password(before.id(), request.remote());
    if (!attempt.is(() -> passwords.matches(change.currentPassword(), before.passwordHash())))
      throw Problem.invalid(List.of(new Violation("current_password", "is wrong")));
    attempt.succeeded();
    String hash = passwords.hash(change.newPassword());
    User after = users.changePassword(before, hash);
    return loggedIn(after);
  }
}
