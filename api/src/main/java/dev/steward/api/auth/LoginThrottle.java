package dev.steward.api.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.UserId;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down guessing, and the owner as little as possible: a name waits at the address where it
 * was guessed, an address that guesses many names waits with all of them, and so does a name that
 * is guessed from everywhere. None of that keeps out whom we know: a name is not kept from an
 * address from which it has signed in lately. Waits grow, and a try that has to wait is not
 * counted.
 *
 * <p>All of it is in memory and bounded; a start forgets it. To keep it would make each guess a
 * write: a flood of them would be the store's. What a start gives away is the first tries of each
 * wait, which no password of ours falls to.
 */
final class LoginThrottle {
  private static final Logger LOG = LoggerFactory.getLogger(LoginThrottle.class);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  static final Waits HERE = new Waits(5, Duration.ofMinutes(1), LONGEST);
  static final Waits EVERYWHERE = new Waits(50, Duration.ofMinutes(1), LONGEST);

  /** Who sits beside the owner may guess this much, which no password of ours falls to. */
  static final Waits KNOWN = new Waits(100, Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** Each makes an organization, and an answer says whether a name is taken. */
  static final Waits REGISTRATIONS = new Waits(20, Duration.ofMinutes(1), Duration.ofHours(1));

  static final Duration LATELY = Duration.ofDays(30);

  private final Tries here;
  private final Tries ofName;
  private final Tries ofAddress;
  private final Tries known;
  private final Tries registrations;
  private final Cache<String, Boolean> signedIn;

  /**
   * @param nanos a clock that never goes back
   */
  LoginThrottle(LongSupplier nanos) {
    here = new Tries(HERE, nanos);
    ofName = new Tries(EVERYWHERE, nanos);
    ofAddress = new Tries(EVERYWHERE, nanos);
    known = new Tries(KNOWN, nanos);
    registrations = new Tries(REGISTRATIONS, nanos);
    signedIn =
        Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(LATELY)
            .ticker(nanos::getAsLong)
            .build();
  }

  /** A try that counts as wrong until it turns out right, or to have been none. */
  interface Try {
    void succeeded();

    /** Nobody found out whether it was right: we were not able to. */
    void wasNone();

    /** Finds out, and takes back what we could not find out. */
    default boolean is(BooleanSupplier right) {
      try {
        return right.getAsBoolean();
      } catch (ProblemException unable) {
        wasNone();
        throw unable;
      }
    }
  }

  private Try ending(Runnable right, Runnable none) {
    return new Try() {
      @Override
      public void succeeded() {
        synchronized (LoginThrottle.this) {
          right.run();
        }
      }

      @Override
      public void wasNone() {
        synchronized (LoginThrottle.this) {
          none.run();
        }
      }
    };
  }

  /**
   * Begins a log-in.
   *
   * @param name as it was given
   * @param user whose it is, if anybody's
   * @throws dev.steward.model.ProblemException TOO_MANY_REQUESTS, and when to try again
   */
  synchronized Try login(String name, Optional<UserId> user, String address) {
    Optional<String> owner = user.map(u -> u.value() + " " + address);
    if (owner.filter(o -> signedIn.getIfPresent(o) != null).isPresent())
      return alone(
          known,
          owner.get(),
          "too many failed log-ins",
          // Whoever keeps coming stays known.
          () -> signedIn.put(owner.get(), true));
    String lower = name.toLowerCase(Locale.ROOT);
    String pair = lower + " " + address;
    refuse(
        longest(here.wait(pair), ofName.wait(lower), ofAddress.wait(address)),
        "too many failed log-ins");
    boolean thisOne = here.count(pair);
    boolean thisName = ofName.count(lower);
    boolean thisAddress = ofAddress.count(address);
    if (thisOne || thisName || thisAddress)
      LOG.warn("log-ins from {} are slowed down: too many have failed", address);
    Runnable everywhere =
        () -> {
          ofName.takeBack(lower);
          ofAddress.takeBack(address);
        };
    return ending(
        () -> {
          here.forget(pair);
          everywhere.run();
          owner.ifPresent(o -> signedIn.put(o, true));
        },
        () -> {
          here.takeBack(pair);
          everywhere.run();
        });
  }

  /** Begins a change of a password, by somebody who has at least a token. */
  synchronized Try password(UserId user, String address) {
    return alone(
        here, "password " + user.value() + " " + address, "too many wrong passwords", () -> {});
  }

  /** Counts a registration, whatever becomes of it. */
  synchronized void register(String address) {
    refuse(registrations.wait(address), "too many registrations");
    registrations.count(address);
  }

  private Try alone(Tries tries, String of, String what, Runnable right) {
    refuse(tries.wait(of), what);
    tries.count(of);
    return ending(
        () -> {
          tries.forget(of);
          right.run();
        },
        () -> tries.takeBack(of));
  }

  private static Duration longest(Duration... waits) {
    Duration longest = Duration.ZERO;
    for (Duration wait : waits) if (wait.compareTo(longest) > 0) longest = wait;
    return longest;
  }

  private static void refuse(Duration wait, String what) {
    if (wait.isPositive())
      throw Problem.later(
          Problem.Type.TOO_MANY_REQUESTS,
          what + "; try again in " + Math.ceilDiv(wait.toMillis(), 1_000) + " seconds",
          wait);
  }
}
