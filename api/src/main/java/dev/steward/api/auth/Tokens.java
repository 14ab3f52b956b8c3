package dev.steward.api.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.steward.api.Principal;
import dev.steward.model.Ids;
import dev.steward.model.Json;
import dev.steward.model.Revocation;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.model.UserId;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.WatchedClock;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Issues and verifies bearer tokens: JWTs signed with RS256. */
public final class Tokens {
  public static final Duration LIFETIME = Duration.ofHours(24);
  private static final String ISSUER = "steward";
  private static final String AUDIENCE = "steward-api";
  private static final String EPOCH = "epoch";
  private static final int LONGEST = 4_096;

  /** Of one user. */
  static final int MOST_REVOKED = 1_000;

  private final Store store;
  private final SigningKeys keys;
  private final Ids ids;
  private final WatchedClock clock;

  /** One factory: a new one per call would parse keys anew each time. */
  private final DefaultJWTCallerPrincipalFactory parser = new DefaultJWTCallerPrincipalFactory();

  /**
   * Verifying a signature costs more than everything else of a request; what was verified stays so
   * until it expires.
   */
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(Duration.ofHours(1)).build();

  private record Verified(
      UserId user, int epoch, String tokenId, String keyId, Instant expiresAt) {}

  public Tokens(Store store, SigningKeys keys, Ids ids, InstantSource clock) {
    this.store = store;
    this.keys = keys;
    this.ids = ids;
    this.clock = WatchedClock.of(clock);
  }

  public String issue(User user) {
    SigningKeys.Signer signer = keys.signer();
    Instant now = clock.instant();
    Set<String> groups = new HashSet<>();
    for (Role role : user.roles()) groups.add(role.name());
    return Jwt.issuer(ISSUER)
        .audience(AUDIENCE)
        .subject(user.id().value())
        .upn(user.username())
        .groups(groups)
        .claim(EPOCH, user.epoch())
        .claim("jti", ids.next("tok"))
        .issuedAt(now)
        .expiresAt(now.plus(LIFETIME))
        .jws()
        .algorithm(SignatureAlgorithm.RS256)
        .keyId(signer.kid())
        .sign(signer.key());
  }

  /**
   * The caller, if the token is ours, not expired, not revoked, and its user is still as it was.
   */
  public Optional<Principal> verify(String token) {
    Verified known = token.length() > LONGEST ? null : parse(token);
    if (known == null) return Optional.empty();
    verified.put(token, known);
    return current(known);
  }

  /** The same for a token whose signature was verified before; empty for any other. */
  public Optional<Principal> recall(String token) {
    Verified known = token.length() > LONGEST ? null : verified.getIfPresent(token);
    return known == null ? Optional.empty() : current(known);
  }

  /**
   * What can change after a token was signed is looked up each time, so that it takes effect with
   * the next request.
   */
  private Optional<Principal> current(Verified token) {
    keys.settle();
    State state = store.state();
    if (state.find(Tables.SIGNING_KEYS, token.keyId()).isEmpty()) return Optional.empty();
    if (state.find(Tables.REVOCATIONS, token.tokenId()).isPresent()) return Optional.empty();
    keys.requireSet();
    if (!clock.instant().isBefore(token.expiresAt())) return Optional.empty();
    return state
        .find(Tables.USERS, token.user().value())
        .filter(user -> !user.disabled() && user.epoch() == token.epoch())
        .map(user ->
            new Principal(
                user.id(),
                user.username(),
                user.organization(),
                Set.copyOf(user.roles()),
                token.tokenId(),
                token.keyId(),
                token.expiresAt()));
  }

  private @Nullable Verified parse(String token) {
    String kid = kid(token).orElse("");
    Optional<RSAPublicKey> key = keys.verifier(kid);
    if (key.isEmpty()) return null;
    JWTAuthContextInfo wanted = new JWTAuthContextInfo(key.get(), ISSUER);
    wanted.setExpectedAudience(Set.of(AUDIENCE));
    wanted.setSignatureAlgorithm(Set.of(SignatureAlgorithm.RS256));
    try {
      JWTCallerPrincipal claims = parser.parse(token, wanted);
      Object epoch = claims.getClaim(EPOCH);
      return new Verified(
          new UserId(claims.getSubject()),
          Integer.parseInt(String.valueOf(epoch)),
          claims.getTokenID(),
          kid,
          Instant.ofEpochSecond(claims.getExpirationTime()));
    } catch (ParseException | IllegalArgumentException notOurs) {
      return null;
    }
  }

  private record Header(@Nullable String kid) {}

  private static Optional<String> kid(String token) {
    int dot = token.indexOf('.');
    if (dot <= 0) return Optional.empty();
    try {
      String header =
          new String(
              Base64.getUrlDecoder().decode(token.substring(0, dot)), StandardCharsets.UTF_8);
      return Optional.ofNullable(
          Json.read(header.getBytes(StandardCharsets.UTF_8), Header.class).kid());
    } catch (IllegalArgumentException | java.io.UncheckedIOException notAToken) {
      return Optional.empty();
    }
  }

  /**
   * Revokes the token at once and for good. Whoever logs out so often that all that would grow long
   * is logged out everywhere instead, which one number says.
   */
  void revoke(Principal principal) {
    store.<Boolean>write(t -> {
      t.put(
          Tables.REVOCATIONS,
          new Revocation(
              principal.tokenId(), principal.expiresAt(), principal.keyId(), principal.user()));
      List<Revocation> all =
          t.rows(Tables.REVOCATIONS).where("user", principal.user().value()).toList();
      Optional<User> user = t.find(Tables.USERS, principal.user().value());
      if (all.size() <= MOST_REVOKED || user.isEmpty()) return true;
      t.put(Tables.USERS, user.get().withNextEpoch());
      for (Revocation covered : all) t.remove(Tables.REVOCATIONS, covered.tokenId());
      return true;
    });
  }
}
