package dev.steward.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.model.Ids;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.UserId;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Guessing is slow, and locks nobody out of where they are known. */
final class LoginThrottleTest {
  private static final String HOME = "198.51.100.1";
  private static final UserId ANN = UserId.from(Ids.random());
  private long now = Duration.ofDays(400).toNanos();
  private final LoginThrottle throttle = new LoginThrottle(() -> now);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private void wrong(String name, String address, int times) {
    for (int i = 0; i < times; i++) assertThat(login(name, address)).isNotNull();
  }

  private LoginThrottle.Try login(String name, String address) {
    boolean ann = name.equalsIgnoreCase("ann") || name.equalsIgnoreCase("ann@example.com");
    return throttle.login(name, ann ? Optional.of(ANN) : Optional.empty(), address);
  }

  private Duration refused(String name, String address) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> login(name, address));
    assertThat(refused).as(name + " from " + address).isNotNull();
    assertThat(refused.problem().type()).isEqualTo(Problem.Type.TOO_MANY_REQUESTS);
    return Objects.requireNonNull(refused.problem().after());
  }

  @Test
  void waitsGrowUpToAQuarterOfAnHour() {
    wrong("ann", HOME, 5);
    Duration before = Duration.ZERO;
    for (int i = 0; i < 10; i++) {
      Duration wait = refused("Ann", HOME);
      assertThat(wait).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(Duration.ofMinutes(15));
      // To try in between makes it no longer.
      assertThat(refused("ann", HOME)).isEqualTo(wait);
      before = wait;
      pass(wait);
      wrong("ann", HOME, 1);
    }
    assertThat(before).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void othersAndOtherAddressesGoOn() {
    wrong("ann", HOME, 5);
    refused("ann", HOME);
    wrong("bob", HOME, 5);
    wrong("ann", "203.0.113.5", 5);
  }

  @Test
  void aKnownAddressGetsIn() {
    login("ann", HOME).succeeded();
    wrong("ann", HOME, 60);
    login("ann", HOME).succeeded();
    // By whichever name.
    wrong("ann@example.com", HOME, 60);
    login("ann@example.com", HOME).succeeded();
    // From everywhere else, and at everybody else, they guess.
    for (int i = 0; i < 10; i++) wrong("ann", "203.0.113." + i, 5);
    for (int i = 0; i < 50; i++) wrong("guess" + i, HOME, 1);
    refused("bob", HOME);
    refused("ann", "203.0.113.200");
    login("ann", HOME).succeeded();
  }

  @Test
  void evenThereNobodyGuessesForEver() {
    login("ann", HOME).succeeded();
    wrong("ann", HOME, 100);
    assertThat(refused("ann", HOME)).isLessThanOrEqualTo(Duration.ofMinutes(1));
    pass(Duration.ofMinutes(1));
    login("ann", HOME).succeeded();
    login("ann", HOME).succeeded();
  }

  @Test
  void whoWasNotThereForAMonthIsAStranger() {
    login("ann", HOME).succeeded();
    pass(Duration.ofDays(31));
    wrong("ann", HOME, 5);
    refused("ann", HOME);
  }

  @Test
  void whoKeepsComingStaysKnown() {
    login("ann", HOME).succeeded();
    // Twenty days at a time, for longer than a month.
    for (int i = 0; i < 3; i++) {
      pass(Duration.ofDays(20));
      login("ann", HOME).succeeded();
    }
    pass(Duration.ofDays(20));
    wrong("ann", HOME, 50);
    assertThat(login("ann", HOME)).isNotNull();
  }

  @Test
  void whatWeWereNotAbleToFindOutIsNoWrongTry() {
    for (int i = 0; i < 200; i++) {
      LoginThrottle.Try attempt = login("ann", HOME);
      assertThat(
              catchThrowableOfType(
                  ProblemException.class,
                  () ->
                      attempt.is(() -> {
                        throw Problem.of(Problem.Type.UNAVAILABLE, "too many are logging in");
                      })))
          .isNotNull();
    }
    wrong("ann", HOME, 5);
    assertThat(refused("ann", HOME)).isPositive();
  }

  @Test
  void anAddressThatGuessesManyNamesWaitsAndSoDoesANameGuessedFromEverywhere() {
    for (int i = 0; i < 50; i++) wrong("guess" + i, HOME, 1);
    refused("fresh", HOME);
    for (int i = 0; i < 50; i++) wrong("bob", "2001:db8:0:" + i + "::/64", 1);
    refused("bob", "2001:db8:0:ffff::/64");
  }

  @Test
  void aSuccessClearsItsOwnNameAndNoOther() {
    wrong("ann", HOME, 4);
    login("ann", HOME).succeeded();
    wrong("eve", HOME, 5);
    login("ann", HOME).succeeded();
    refused("eve", HOME);
  }

  @Test
  void triesAtOnceAreCountedBeforeTheyEnd() {
    for (int i = 0; i < 5; i++) assertThat(login("ann", HOME)).isNotNull();
    refused("ann", HOME);
  }

  @Test
  void passwordsAndRegistrationsWaitToo() {
    for (int i = 0; i < 5; i++) assertThat(throttle.password(ANN, HOME)).isNotNull();
    assertThat(catchThrowableOfType(ProblemException.class, () -> throttle.password(ANN, HOME)))
        .isNotNull();
    // A thief of the token keeps the owner from nothing else.
    wrong("ann", HOME, 5);
    for (int i = 0; i < 20; i++) throttle.register(HOME);
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> throttle.register(HOME));
    assertThat(refused.problem().after()).isPositive();
    throttle.register("203.0.113.5");
  }
}
