package dev.steward.app;

import dev.steward.api.auth.Users;
import dev.steward.model.Role;
import dev.steward.model.User;
import java.security.SecureRandom;
import java.util.List;

/** Who can log in to an installation that nobody has used yet. */
final class FirstUsers {
  private static final List<Role> CLIENT = List.of(Role.CLIENT);
  private final Users users;
  private final boolean demo;

  FirstUsers(Users users, boolean demo) {
    this.users = users;
    this.demo = demo;
  }

  /**
   * Makes the demo's users, or one admin whose password is shown this once; later starts make
   * nobody.
   */
  void ensure() {
    if (!users.isEmpty()) return;
    if (demo) makeDemoUsers();
    else makeAdmin();
  }

  private void makeDemoUsers() {
    User first = users.register("Demo", "test", "test@example.com", "test", CLIENT);
    users.add(first.organization(), "client", "client", CLIENT);
    users.add(first.organization(), "approver", "approver", List.of(Role.APPROVER));
    // Whoever plans may decide about the plans of others, and never about their own.
    users.add(first.organization(), "lead", "lead", List.of(Role.CLIENT, Role.APPROVER));
    users.add(first.organization(), "admin", "admin", List.of(Role.ADMIN));
  }

  /** The first admin may also work on accounts: until more users are made there is nobody else. */
  private void makeAdmin() {
    String password = password();
    users.register(
        "Default", "admin", null, password, List.of(Role.ADMIN, Role.CLIENT, Role.APPROVER));
    // To the terminal and never to the log.
    System.out.println(
        "First start: log in as 'admin' with the password " + password + " (shown only now).");
    System.out.flush();
  }

  private static String password() {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < 20; i++) password.append(Character.forDigit(random.nextInt(36), 36));
    return password.toString();
  }
}
