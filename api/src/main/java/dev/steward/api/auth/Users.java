package dev.steward.api.auth;

import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.model.Ids;
import dev.steward.model.Organization;
import dev.steward.model.OrganizationId;
import dev.steward.model.Problem;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.model.UserId;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Organizations and their users. */
public final class Users {
  private final Store store;
  private final Passwords passwords;
  private final AuditBook audit;
  private final Ids ids;
  private final InstantSource clock;

  public Users(Store store, Passwords passwords, AuditBook audit, Ids ids, InstantSource clock) {
    this.store = store;
    this.passwords = passwords;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  static Optional<User> find(State state, String login) {
    return state.rows(Tables.USERS).where("login", login.toLowerCase(Locale.ROOT)).findFirst();
  }

  public boolean isEmpty() {
    return store.state().rows(Tables.USERS).size() == 0;
  }

  /**
   * Makes an organization and its first user.
   *
   * @throws dev.steward.model.ProblemException CONFLICT if the name or the e-mail is taken
   */
  public User register(
      String organization,
      String username,
      @Nullable String email,
      String password,
      List<Role> roles) {
    String hash = passwords.hash(password);
    return store.write(transaction -> {
      Organization made = new Organization(OrganizationId.from(ids), organization, clock.instant());
      transaction.put(Tables.ORGANIZATIONS, made);
      return add(transaction, made.id(), username, email, hash, roles);
    });
  }

  /** Adds a user to an organization. */
  public User add(OrganizationId organization, String username, String password, List<Role> roles) {
    String hash = passwords.hash(password);
    return store.write(transaction -> add(transaction, organization, username, null, hash, roles));
  }

  private User add(
      Transaction transaction,
      OrganizationId organization,
      String username,
      @Nullable String email,
      String hash,
      List<Role> roles) {
    if (find(transaction.state(), username).isPresent()
        || (email != null && find(transaction.state(), email).isPresent()))
      throw Problem.of(Problem.Type.CONFLICT, "the user name or e-mail is taken");
    User user =
        transaction.put(
            Tables.USERS,
            new User(
                UserId.from(ids),
                organization,
                username,
                email,
                hash,
                roles,
                0,
                false,
                clock.instant()));
    audit.append(
        transaction,
        organization,
        "steward",
        "user.added",
        user.id().value(),
        Map.of("username", username, "roles", roles.toString()),
        clock.instant());
    return user;
  }

  /** Sets the password's hash; all tokens issued before are void. */
  User changePassword(User before, String hash) {
    // Read again inside the transaction: another change may have come between.
    return store.write(transaction -> {
      User after =
          transaction.put(
              Tables.USERS,
              transaction
                  .own(before.organization())
                  .get(Tables.USERS, before.id().value())
                  .withPassword(hash));
      audit.append(
          transaction,
          after.organization(),
          after.username(),
          "user.password_changed",
          after.id().value(),
          Map.of("username", after.username()),
          clock.instant());
      return after;
    });
  }
}
