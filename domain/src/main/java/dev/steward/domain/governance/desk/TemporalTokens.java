package dev.steward.domain.governance.desk;

import dev.steward.model.Idempotent;
import dev.steward.model.Ids;
import dev.steward.model.Json;
import dev.steward.model.OrganizationId;
import dev.steward.model.Problem;
import dev.steward.model.Problem.Type;
import dev.steward.model.ProblemException;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.model.UserId;
import dev.steward.storage.Cipher256;
import dev.steward.storage.ClockLog;
import dev.steward.storage.MasterKey;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.storage.WatchedClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Proofs that a person wishes what arrives through Temporal's own tools, where anybody can write
 * any name. One is good for one wish of one person about one run, for ten minutes, as long as the
 * session lasts that it was asked for in, and has its effect once.
 */
public final class TemporalTokens {
  public static final Duration LIFETIME = Duration.ofMinutes(10);

  private static final byte[] CONTEXT = "temporal token".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST = 4_096;

  private final Cipher256 cipher;
  private final Ids ids;
  private final WatchedClock clock;

  public TemporalTokens(MasterKey master, Ids ids, InstantSource clock) {
    this.cipher = new Cipher256(master.derive("temporal tokens"));
    this.ids = ids;
    this.clock = WatchedClock.of(clock);
  }

  /**
   * What is proven.
   *
   * @param subject the id of the workflow
   * @param action e.g. approve, pause, skip eu-west-1
   * @param planHash what was read; empty where it is about no plan
   */
  public record Wish(String subject, String action, String planHash) {}

  /**
   * Where it was asked for.
   *
   * @param token the id of the bearer token
   * @param key the key that signed it
   */
  public record Session(String token, String key, Instant expiresAt) {}

  public record Issued(String token, Instant expiresAt) {}

  private record Content(
      String nonce,
      UserId user,
      int epoch,
      OrganizationId organization,
      @Nullable Role role,
      String session,
      Wish wish,
      Instant issuedAt,
      Instant expiresAt,
      @Nullable String key) {}

  /** A proof that holds, and whether it had its effect before. */
  public record Proof(User user, boolean spent) {}

  /**
   * @param role what the user must still have when it is used; null for none
   */
  public Issued issue(User user, Session session, @Nullable Role role, Wish wish) {
    Instant now = clock.instant();
    Instant end = now.plus(LIFETIME);
    if (session.expiresAt().isBefore(end)) end = session.expiresAt();
    Content content =
        new Content(
            ids.next("tok"),
            user.id(),
            user.epoch(),
            user.organization(),
            role,
            session.token(),
            wish,
            now,
            end,
            session.key());
    return new Issued(
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(cipher.seal(Json.bytes(content), CONTEXT)),
        end);
  }

  /**
   * Takes a proof, in the transaction of what it proves.
   *
   * @param by the user name that was given with it
   * @throws ProblemException UNAUTHENTICATED where it proves nothing, FORBIDDEN where it proves
   *     something else
   */
  public Proof redeem(
      Transaction t,
      OrganizationId organization,
      @Nullable String by,
      @Nullable String token,
      Wish wish) {
    Content content = open(token);
    Instant now = clock.instant();
    // A clock that went back makes no old token young again.
    if (clock.wentBack().isPresent()
        || !now.isBefore(content.expiresAt())
        || now.isBefore(content.issuedAt().minusSeconds(60)))
      throw Problem.of(Type.UNAUTHENTICATED, "the token has expired; ask for another one");
    User user = holder(t.state(), content);
    if (!content.organization().equals(organization) || !content.wish().equals(wish))
      throw Problem.of(
          Type.FORBIDDEN, "the token is for something else: another run, action or plan");
    if (by == null || !by.equalsIgnoreCase(user.username()))
      throw Problem.of(Type.FORBIDDEN, "the token is not the one of who is named in by");
    return new Proof(user, !spend(t, content, now));
  }

  private Content open(@Nullable String token) {
    if (token != null && token.length() <= LONGEST)
      try {
        return Json.read(cipher.open(Base64.getUrlDecoder().decode(token), CONTEXT), Content.class);
      } catch (IllegalArgumentException
          | IllegalStateException
          | java.io.UncheckedIOException notOurs) {
        // The one answer below serves all.
      }
    throw Problem.of(
        Type.UNAUTHENTICATED,
        "a token is needed that proves who wishes this: ask for one at .../temporal-token");
  }

  private static User holder(State state, Content content) {
    String key = content.key();
    if (key == null
        || state.find(Tables.SIGNING_KEYS, key).isEmpty()
        || state.find(Tables.REVOCATIONS, content.session()).isPresent())
      throw Problem.of(Type.UNAUTHENTICATED, "the session of the token was ended");
    return state
        .own(content.organization())
        .find(Tables.USERS, content.user().value())
        .filter(u -> !u.disabled() && u.epoch() == content.epoch())
        .filter(u -> content.role() == null || u.roles().contains(content.role()))
        .orElseThrow(() ->
            Problem.of(
                Type.UNAUTHENTICATED,
                "who asked for the token is not any more who they were: log in again"));
  }

  /** Whether this is its first use. */
  private static boolean spend(Transaction t, Content content, Instant now) {
    String key = "temporal-token/" + content.nonce();
    if (t.find(Tables.IDEMPOTENT, key).isPresent()) return false;
    t.put(Tables.IDEMPOTENT, new Idempotent(key, "", 200, "", ClockLog.stamp(t.state(), now)));
    return true;
  }
}
