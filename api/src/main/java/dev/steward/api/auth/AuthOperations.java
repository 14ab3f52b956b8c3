package dev.steward.api.auth;

import static dev.steward.api.Operation.on;

import dev.steward.api.Access;
import dev.steward.api.Operation;
import dev.steward.api.Reply;
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
import java.util.Optional;
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

  public record UserView(
      String id,
      String username,
      @Nullable String email,
      String organization,
      String organizationName,
      List<Role> roles) {}

  public record LoggedIn(String accessToken, String tokenType, long expiresIn, UserView user) {}

  public record Verified(boolean valid, String username, Instant expiresAt) {}

  public record Registration(
      @Rule(min = 1) String organization,
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

  public record Jwks(List<Object> keys) {}

  public List<Operation> operations() {
    return List.of(
        on("POST", "/api/auth/login", "auth", Access.OPEN, "Log in")
            .takes(Login.class)
            .gives(LoggedIn.class)
            .answers(200, 401, 429)
            .handle(this::login),
        on("POST", "/api/auth/logout", "auth", Access.ANY, "Revoke this token")
            .answers(204)
            .handle(this::logout),
        on("GET", "/api/auth/me", "auth", Access.ANY, "Who am I")
            .gives(UserView.class)
            .handle(this::me),
        on("GET", "/api/auth/profile", "auth", Access.ANY, "Who am I")
            .gives(UserView.class)
            .handle(this::me),
        on("GET", "/api/auth/verify", "auth", Access.ANY, "Does this token hold")
            .gives(Verified.class)
            .handle(r ->
                Reply.ok(new Verified(true, r.principal().username(), r.principal().expiresAt()))),
        on(
                "POST",
                "/api/auth/register",
                "auth",
                Access.OPEN,
                "Make an organization and its first user, where that is allowed")
            .takes(Registration.class)
            .gives(LoggedIn.class)
            .answers(201, 403, 409, 429)
            .handle(this::register),
        on(
                "POST",
                "/api/auth/password",
                "auth",
                Access.ANY,
                "Change the password and revoke all other tokens")
            .takes(PasswordChange.class)
            .gives(LoggedIn.class)
            .answers(200, 429)
            .handle(this::password),
        on("POST", "/api/auth/ticket", "auth", Access.ANY, "A one-time ticket for the web socket")
            .gives(Ticket.class)
            .handle(r ->
                Reply.ok(new Ticket(tickets.issue(r.principal()), Tickets.LIFETIME.toSeconds()))),
        on("GET", "/.well-known/jwks.json", "auth", Access.OPEN, "The keys that verify tokens")
            .gives(Jwks.class)
            .handle(r -> Reply.ok(keys.jwks())));
  }

  private Reply login(Request request) {
    Login login = request.body(Login.class);
    Optional<User> user = Users.find(store.state(), login.username());
    LoginThrottle.Try attempt =
        throttle.login(login.username(), user.map(User::id), request.remote());
    boolean matches =
        passwords.matches(login.password(), user.map(User::passwordHash).orElse(null));
    if (!matches || user.isEmpty() || user.get().disabled())
      throw Problem.of(Problem.Type.UNAUTHENTICATED, "the user name or the password is wrong");
    attempt.succeeded();
    return Reply.ok(loggedIn(user.get()));
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
        user.roles());
  }

  private Reply logout(Request request) {
    tokens.revoke(request.principal());
    return new Reply(204, Reply.JSON, new byte[0], java.util.Map.of());
  }

  private Reply me(Request request) {
    return Reply.ok(view(user(request)));
  }

  private User user(Request request) {
    return request.user(request.own());
  }

  private Reply register(Request request) {
    if (!selfRegistration)
      throw Problem.of(Problem.Type.FORBIDDEN, "self-registration is switched off here");
    Registration wanted = request.body(Registration.class);
    throttle.register(request.remote());
    User user =
        users.register(
            wanted.organization(),
            wanted.username(),
            wanted.email(),
            wanted.password(),
            List.of(Role.CLIENT, Role.APPROVER));
    return Reply.of(201, loggedIn(user));
  }

  private Reply password(Request request) {
    PasswordChange change = request.body(PasswordChange.class);
    User before = user(request);
    LoginThrottle.Try attempt = throttle.password(before.id(), request.remote());
    if (!passwords.matches(change.currentPassword(), before.passwordHash()))
      throw Problem.invalid(List.of(new Violation("current_password", "is wrong")));
    attempt.succeeded();
    String hash = passwords.hash(change.newPassword());
    User after = users.changePassword(before, hash);
    return Reply.ok(loggedIn(after));
  }
}
