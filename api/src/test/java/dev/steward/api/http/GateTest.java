package dev.steward.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.api.Access;
import dev.steward.api.Nothing;
import dev.steward.api.Operation;
import dev.steward.api.Principal;
import dev.steward.api.auth.SigningKeys;
import dev.steward.api.auth.Tokens;
import dev.steward.model.Ids;
import dev.steward.model.OrganizationId;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.Revocation;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.model.UserId;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.WatchedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody is let in whom no rule lets in. */
final class GateTest {
  @TempDir private Path folder;
  private final Ids ids = Ids.random();
  private final Instant begin = Instant.now();
  private Instant wall = begin;

  @SuppressWarnings("NullAway.Init")
  private Store store;

  @SuppressWarnings("NullAway.Init")
  private Tokens tokens;

  @SuppressWarnings("NullAway.Init")
  private Gate gate;

  @BeforeEach
  void start() {
    store = Store.open(folder.resolve("data"));
    tokens = tokens(store, "key");
    gate = new Gate(tokens);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private Tokens tokens(Store of, String key) {
    Secrets secrets = new Secrets(MasterKey.at(folder.resolve(key), false), ids);
    WatchedClock clock = WatchedClock.of(() -> wall);
    return new Tokens(of, new SigningKeys(of, secrets, ids, clock), ids, clock);
  }

  private User user(Set<Role> roles) {
    return new User(
        UserId.from(ids),
        OrganizationId.from(ids),
        "ann",
        null,
        "",
        List.copyOf(roles),
        0,
        false,
        begin);
  }

  private User put(User user) {
    return store.write(t -> t.put(Tables.USERS, user));
  }

  private @Nullable Principal admit(Access access, @Nullable String authorization) {
    return gate.admit(
        Operation.on("GET", "/x", "test", access, "x").answers(call -> Nothing.NOTHING),
        Optional.ofNullable(authorization));
  }

  private Principal admitted(Access access, String authorization) {
    return Objects.requireNonNull(admit(access, authorization));
  }

  private Problem refused(Access access, @Nullable String authorization) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> admit(access, authorization));
    assertThat(refused).as(access + " " + authorization).isNotNull();
    return refused.problem();
  }

  private void assertOut(@Nullable String authorization) {
    for (Access access : List.of(Access.ANY, Access.roles(Role.CLIENT)))
      assertThat(refused(access, authorization).type()).isEqualTo(Problem.Type.UNAUTHENTICATED);
    assertThat(admit(Access.OPEN, authorization)).isNull();
  }

  private static List<Set<Role>> everySetOfRoles() {
    return java.util.stream.IntStream.range(0, 1 << Role.values().length)
        .mapToObj(bits -> {
          Set<Role> roles = EnumSet.noneOf(Role.class);
          for (Role role : Role.values()) if ((bits >> role.ordinal() & 1) == 1) roles.add(role);
          return roles;
        })
        .toList();
  }

  @Test
  void everySetOfRolesOpensWhatNamesOneOfThemAndNothingElse() {
    for (Set<Role> has : everySetOfRoles()) {
      User user = put(user(has));
      String bearer = "Bearer " + tokens.issue(user);
      assertThat(admitted(Access.ANY, bearer).user()).isEqualTo(user.id());
      for (Set<Role> wanted : everySetOfRoles()) {
        if (wanted.isEmpty()) continue;
        Access access = new Access.Roles(wanted);
        boolean one = has.stream().anyMatch(wanted::contains);
        if (one) assertThat(admitted(access, bearer).roles()).isEqualTo(has);
        else {
          Problem problem = refused(access, bearer);
          assertThat(problem.type()).isEqualTo(Problem.Type.FORBIDDEN);
          for (Role role : Role.values())
            assertThat(problem.detail().contains(role.name().toLowerCase(Locale.ROOT)))
                .as(problem.detail())
                .isEqualTo(wanted.contains(role));
        }
      }
    }
  }

  @Test
  void anOperationCannotAskForNoRole() {
    assertThatThrownBy(() -> new Access.Roles(Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoShowsNothingOrNonsenseIsNobody() {
    String token = tokens.issue(put(user(EnumSet.allOf(Role.class))));
    assertOut(null);
    for (String nonsense :
        List.of(
            "",
            "Bearer",
            "Bearer ",
            "Bearer x",
            "Bearer a.b.c",
            "Bearer ..",
            "Bearer " + token + "x",
            "Bearer " + token.repeat(20),
            "Basic " + token,
            "Bearer" + token,
            token)) assertOut(nonsense);
    assertThat(admit(Access.ANY, "bEARER  " + token + " ")).isNotNull();
  }

  @Test
  void aTokenOfAnotherInstallationIsNone() {
    User user = put(user(EnumSet.allOf(Role.class)));
    try (Store other = Store.open(folder.resolve("other"))) {
      other.write(t -> t.put(Tables.USERS, user));
      assertOut("Bearer " + tokens(other, "other.key").issue(user));
    }
  }

  /** Of each of these the token was good a moment ago, and is remembered. */
  @Test
  void whatWasGoodIsLookedAtAgainEachTime() {
    User user = put(user(EnumSet.of(Role.CLIENT)));
    String bearer = "Bearer " + tokens.issue(user);
    admitted(Access.ANY, bearer);
    put(with(user, List.of(Role.CLIENT), 0, true));
    assertOut(bearer);
    put(with(user, List.of(Role.CLIENT), 1, false));
    assertOut(bearer);
    put(with(user, List.of(Role.ADMIN), 0, false));
    assertThat(refused(Access.roles(Role.CLIENT), bearer).type()).isEqualTo(Problem.Type.FORBIDDEN);
    Principal admin = admitted(Access.roles(Role.ADMIN), bearer);
    store.write(t ->
        t.put(
            Tables.REVOCATIONS,
            new Revocation(admin.tokenId(), admin.expiresAt(), admin.keyId(), admin.user())));
    assertOut(bearer);
    String again = "Bearer " + tokens.issue(user);
    admitted(Access.ANY, again);
    store.write(t -> {
      t.remove(Tables.USERS, user.id().value());
      return true;
    });
    assertOut(again);
  }

  private static User with(User user, List<Role> roles, int epoch, boolean disabled) {
    return new User(
        user.id(),
        user.organization(),
        user.username(),
        null,
        "",
        roles,
        epoch,
        disabled,
        user.createdAt());
  }

  @Test
  void aTokenEndsWithItsDay() {
    String bearer = "Bearer " + tokens.issue(put(user(EnumSet.of(Role.CLIENT))));
    Instant end = admitted(Access.ANY, bearer).expiresAt();
    assertThat(end)
        .isBetween(
            begin.plus(Duration.ofHours(24)).minusSeconds(1), begin.plus(Duration.ofHours(24)));
    wall = end.minusMillis(1);
    admitted(Access.ANY, bearer);
    wall = end;
    assertOut(bearer);
  }

  /** Whether Helidon Security is asked, or the token is known already. */
  @Test
  void aSessionIsNoneTheLessOneWhileTheClockIsNotSet() {
    User ann = put(user(EnumSet.of(Role.CLIENT)));
    String session = "Bearer " + tokens.issue(ann);
    for (boolean known : new boolean[] {false, true}) {
      wall = Instant.EPOCH.plusSeconds(20);
      assertThat(refused(Access.ANY, session).type()).isEqualTo(Problem.Type.UNAVAILABLE);
      assertOut("Bearer x");
      wall = begin;
      if (!known) assertThat(admitted(Access.ANY, session).user()).isEqualTo(ann.id());
    }
  }
}
