package dev.steward.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.api.Principal;
import dev.steward.domain.governance.desk.TemporalTokens;
import dev.steward.domain.governance.desk.TemporalTokens.Session;
import dev.steward.domain.governance.desk.TemporalTokens.Wish;
import dev.steward.model.Ids;
import dev.steward.model.OrganizationId;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.model.UserId;
import dev.steward.storage.ClockLog;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.WatchedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was refused once stays refused, whatever the machine's clock says afterwards. */
final class ClockGoesBackTest {
  private static final Wish WISH = new Wish("approval/apr_1", "approve", "hash");

  @TempDir Path folder;
  private final Ids ids = Ids.random();
  private final Instant begin = Instant.now();
  private final User user =
      new User(
          UserId.from(ids),
          OrganizationId.from(ids),
          "ann",
          null,
          "",
          List.of(Role.CLIENT),
          0,
          false,
          begin);
  private Instant wall = begin;
  private Parts at;

  /** What a start of the platform makes. */
  private record Parts(
      Store store, WatchedClock clock, SigningKeys keys, Tokens tokens, TemporalTokens proofs) {}

  @BeforeEach
  void start() {
    Store store = Store.open(folder.resolve("data"));
    MasterKey master = MasterKey.at(folder.resolve("key"), at != null);
    WatchedClock clock = WatchedClock.of(() -> wall);
    SigningKeys keys = new SigningKeys(store, new Secrets(master, ids), ids, clock);
    at =
        new Parts(
            store,
            clock,
            keys,
            new Tokens(store, keys, ids, clock),
            new TemporalTokens(master, ids, clock));
    if (store.state().rows(Tables.USERS).size() == 0) store.write(t -> t.put(Tables.USERS, user));
  }

  @AfterEach
  void stop() {
    at.store().close();
  }

  private void restart() {
    stop();
    start();
  }

  private String logIn() {
    return at.tokens()
        .issue(at.store().state().find(Tables.USERS, user.id().value()).orElseThrow());
  }

  private Principal who(String token) {
    return at.tokens().verify(token).orElseThrow();
  }

  private boolean holds(String token) {
    boolean verified = at.tokens().verify(token).isPresent();
    assertThat(at.tokens().recall(token).isPresent()).isEqualTo(verified);
    return verified;
  }

  private void logOut(String token) {
    at.tokens().revoke(who(token));
  }

  @Test
  void aRevokedTokenStaysRevoked() {
    String revoked = logIn();
    logOut(revoked);
    wall = begin.plus(Duration.ofHours(25));
    // What is done when somebody logs out used to forget what had expired.
    logOut(logIn());
    wall = begin;
    assertThat(holds(revoked)).isFalse();
  }

  @Test
  void aRevokedTokenStaysRevokedOverARestartInAMonthThatNeverWas() {
    String revoked = logIn();
    logOut(revoked);
    wall = begin.plus(Duration.ofDays(40));
    // A new key, whose coming removes the old one and all that is known of its tokens.
    logOut(logIn());
    assertThat(at.store().state().rows(Tables.REVOCATIONS).size()).isEqualTo(1);
    restart();
    wall = begin;
    restart();
    assertThat(holds(revoked)).isFalse();
  }

  @Test
  void anExpiredTokenStaysExpiredAndANewOneHolds() {
    String old = logIn();
    assertThat(holds(old)).isTrue();
    wall = begin.plus(Duration.ofHours(25));
    assertThat(holds(old)).isFalse();
    wall = begin.plusSeconds(10);
    assertThat(holds(old)).isFalse();
    restart();
    assertThat(holds(old)).isFalse();
    assertThat(holds(logIn())).isTrue();
  }

  @Test
  void aClockThatWasInTheFutureLocksNobodyOut() {
    wall = begin.plus(Duration.ofDays(3_650));
    String fromThere = logIn();
    assertThat(holds(fromThere)).isTrue();
    wall = begin;
    restart();
    assertThat(holds(fromThere)).isFalse();
    String now = logIn();
    assertThat(holds(now)).isTrue();
    restart();
    assertThat(holds(now)).isTrue();
    wall = begin.plus(Duration.ofHours(25));
    assertThat(holds(now)).isFalse();
  }

  /** As a machine says it that has no clock of its own, until it has asked for the time. */
  @Test
  void aClockThatIsNotSetYetEndsNoSessionAndLetsNobodyIn() {
    String session = logIn();
    String expired = logIn();
    logOut(expired);
    Principal who = who(session);
    String proof =
        at.proofs()
            .issue(
                user, new Session(who.tokenId(), who.keyId(), who.expiresAt()), Role.CLIENT, WISH)
            .token();
    wall = Instant.EPOCH.plusSeconds(20);
    restart();
    assertUnavailable(() -> holds(session));
    assertUnavailable(() -> at.tokens().recall(session));
    assertThat(holds(expired)).isFalse();
    assertThat(holds("no.token.ofOurs")).isFalse();
    assertRefused(proof, "expired");
    assertUnavailable(this::logIn);
    new ClockLog(at.store(), at.clock(), System::nanoTime).note();
    wall = begin.plusSeconds(60);
    assertThat(holds(session)).isTrue();
    assertThat(holds(expired)).isFalse();
    assertThat(at.store().state().rows(Tables.EVENTS).size()).isZero();
    // It was set to less than was seen before: now it has gone back.
    wall = Instant.EPOCH.plusSeconds(20);
    assertUnavailable(() -> holds(session));
    wall = begin.minus(Duration.ofHours(1));
    assertThat(holds(session)).isFalse();
    wall = begin.plusSeconds(60);
    assertThat(holds(session)).isFalse();
  }

  /** That is no 401, after which a client would throw its session away. */
  private static void assertUnavailable(ThrowingCallable asked) {
    assertThatThrownBy(asked)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(Problem.Type.UNAVAILABLE))
        .hasMessageContaining("not set yet");
  }

  @Test
  void whatWasReadOffTheClockBeforeItWentBackIsNotWrittenDownAfterwards() {
    wall = begin.plus(Duration.ofDays(40));
    logIn();
    ClockLog log =
        new ClockLog(
            at.store(),
            () -> {
              Instant read = at.clock().instant();
              if (!Thread.currentThread().getName().equals("store-writer")) {
                wall = begin;
                at.keys().settle();
              }
              return read;
            },
            System::nanoTime);
    log.note();
    wall = begin;
    at.keys().settle();
    String token = logIn();
    restart();
    assertThat(holds(token)).isTrue();
  }

  @Test
  void smallCorrectionsEndNoSession() {
    String token = logIn();
    wall = begin.plusSeconds(30);
    assertThat(holds(token)).isTrue();
    wall = begin;
    assertThat(holds(token)).isTrue();
    assertThat(at.clock().wentBack()).isEmpty();
  }

  @Test
  void aProofForTemporalStaysExpired() {
    Principal session = who(logIn());
    String proof =
        at.proofs()
            .issue(
                user,
                new Session(session.tokenId(), session.keyId(), session.expiresAt()),
                Role.CLIENT,
                WISH)
            .token();
    wall = begin.plus(Duration.ofMinutes(11));
    assertRefused(proof, "expired");
    wall = begin.plusSeconds(1);
    assertRefused(proof, "expired");
    // Once the consequences were drawn its session is over.
    at.keys().settle();
    assertRefused(proof, "session");
  }

  private void assertRefused(String proof, String why) {
    assertThatThrownBy(() ->
            at.store().write(t -> at.proofs().redeem(t, user.organization(), "ann", proof, WISH)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(why);
  }

  @Test
  void whoLogsOutWithoutEndIsLoggedOutEverywhereAndFillsNothing() {
    String other = logIn();
    for (int i = 0; i <= Tokens.MOST_REVOKED; i++) {
      String token = logIn();
      logOut(token);
      if (i == 0) assertThat(holds(other)).isTrue();
    }
    assertThat(at.store().state().rows(Tables.REVOCATIONS).size())
        .isLessThanOrEqualTo(Tokens.MOST_REVOKED);
    assertThat(holds(other)).isFalse();
    assertThat(holds(logIn())).isTrue();
  }
}
