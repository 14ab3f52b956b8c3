package dev.steward.api.auth;

import dev.steward.model.ClockReading;
import dev.steward.model.Ids;
import dev.steward.model.Problem;
import dev.steward.model.Revocation;
import dev.steward.model.SigningKey;
import dev.steward.storage.ClockLog;
import dev.steward.storage.DataKeys;
import dev.steward.storage.Events;
import dev.steward.storage.Secrets;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.storage.WatchedClock;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sign tokens: a new one each month; an old one verifies until every token it signed
 * has expired. When the clock goes back all of them go: what they signed might seem young again.
 */
public final class SigningKeys {
  private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
  static final Duration SIGNS_FOR = Duration.ofDays(30);
  private static final Duration VERIFIES_FOR = SIGNS_FOR.plus(Tokens.LIFETIME).plusHours(1);

  private final Store store;
  private final Secrets secrets;
  private final Ids ids;
  private final WatchedClock clock;
  private final Map<String, RSAPublicKey> verifying = new ConcurrentHashMap<>();
  private final Map<String, PrivateKey> signing = new ConcurrentHashMap<>();
  private volatile boolean toldUnset;

  public SigningKeys(Store store, Secrets secrets, Ids ids, InstantSource clock) {
    this.store = store;
    this.secrets = secrets;
    this.ids = ids;
    this.clock = WatchedClock.of(clock);
    this.clock.saw(ClockLog.latest(store.state()));
  }

  /**
   * Draws the consequences if the clock went back: every token is void, for those that had expired
   * cannot be told from those that had not. A clock that is not set yet has not gone back: once it
   * is set, everything is as it was.
   */
  public void settle() {
    boolean unset = clock.isUnset();
    if (unset && !toldUnset)
      LOG.warn("the clock of this machine is not set yet: nobody is let in until it is");
    toldUnset = unset;
    if (!unset && clock.wentBack().isPresent()) endAll();
  }

  private synchronized void endAll() {
    boolean ended =
        store.write(t -> {
          Optional<Duration> back = clock.wentBack();
          if (back.isEmpty() || clock.isUnset()) return false;
          LOG.warn(
              "the clock of this machine went back by {}: everybody has to log in again",
              back.get());
          Instant now = clock.instant();
          remove(t, key -> true);
          Events.append(
              t,
              DataKeys.INSTALLATION,
              "clock.went_back",
              "clock",
              "by " + back.get().toSeconds() + " s",
              now);
          // From here on the store tells of the time as it is now.
          t.rows(Tables.CLOCK)
              .last()
              .ifPresent(r ->
                  t.put(
                      Tables.CLOCK,
                      new ClockReading(r.number(), r.seconds(), earlier(r.lowest(), now), now)));
          return true;
        });
    if (ended) clock.settled();
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /** A key that signs. */
  record Signer(String kid, PrivateKey key) {}

  /** Whether somebody may be let in cannot be told without the time, and soon can be. */
  void requireSet() {
    if (clock.isUnset())
      throw Problem.of(Problem.Type.UNAVAILABLE, "the clock of this machine is not set yet");
  }

  Signer signer() {
    settle();
    requireSet();
    SigningKey newest =
        newest(store.state())
            .filter(k -> clock.instant().isBefore(k.createdAt().plus(SIGNS_FOR)))
            .orElseGet(this::rotate);
    return new Signer(
        newest.kid(), signing.computeIfAbsent(newest.kid(), kid -> privateKey(newest)));
  }

  /**
   * Makes a new key; tokens signed with the old ones stay valid. Old keys that verify nothing any
   * more are removed.
   */
  public SigningKey rotate() {
    KeyPair pair = generate();
    return store.write(transaction -> {
      Optional<SigningKey> fresh =
          newest(transaction.state())
              .filter(k -> k.createdAt().plusSeconds(60).isAfter(clock.instant()));
      // Two log-ins that both find no key make one.
      if (fresh.isPresent()) return fresh.get();
      removeExpired(transaction);
      SigningKey key =
          new SigningKey(
              ids.next("kid"),
              Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()),
              secrets.seal(transaction, DataKeys.INSTALLATION, pair.getPrivate().getEncoded()),
              clock.instant());
      return transaction.put(Tables.SIGNING_KEYS, key);
    });
  }

  private void removeExpired(Transaction transaction) {
    Instant oldest = clock.instant().minus(VERIFIES_FOR);
    remove(transaction, key -> key.createdAt().isBefore(oldest));
  }

  /** Removes keys, and the revocations of the tokens that they signed: nothing verifies those. */
  private static void remove(Transaction t, Predicate<SigningKey> which) {
    for (SigningKey key : t.rows(Tables.SIGNING_KEYS).stream().filter(which).toList()) {
      t.uproot(Tables.SIGNING_KEYS, key.kid());
    }
    for (Revocation gone :
        t.rows(Tables.REVOCATIONS).stream().filter(r -> !isVerified(t.state(), r)).toList())
      t.remove(Tables.REVOCATIONS, gone.tokenId());
  }

  /** Whether a key is left that may have signed the token. */
  private static boolean isVerified(State state, Revocation revocation) {
    String kid = revocation.kid();
    return kid == null
        ? state.rows(Tables.SIGNING_KEYS).stream()
            .anyMatch(k -> k.createdAt().isBefore(revocation.expiresAt()))
        : state.find(Tables.SIGNING_KEYS, kid).isPresent();
  }

  Optional<RSAPublicKey> verifier(String kid) {
    return store
        .state()
        .find(Tables.SIGNING_KEYS, kid)
        .map(key -> verifying.computeIfAbsent(kid, k -> publicKey(key)));
  }

  /** The public keys as a JSON Web Key Set (RFC 7517). */
  public List<Map<String, String>> jwks() {
    return store.state().rows(Tables.SIGNING_KEYS).stream()
        .map(key -> {
          RSAPublicKey rsa = publicKey(key);
          return Map.of(
              "kty",
              "RSA",
              "use",
              "sig",
              "alg",
              "RS256",
              "kid",
              key.kid(),
              "n",
              base64Url(rsa.getModulus().toByteArray()),
              "e",
              base64Url(rsa.getPublicExponent().toByteArray()));
        })
        .toList();
  }

  private static Optional<SigningKey> newest(State state) {
    return state.rows(Tables.SIGNING_KEYS).stream()
        .max(Comparator.comparing(SigningKey::createdAt));
  }

  /** Unsigned: BigInteger's sign byte is no part of the number. */
  private static String base64Url(byte[] number) {
    int from = number.length > 1 && number[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(java.util.Arrays.copyOfRange(number, from, number.length));
  }

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAPublicKey publicKey(SigningKey key) {
    try {
      return (RSAPublicKey)
          KeyFactory.getInstance("RSA")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key.publicKey())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the signing key " + key.kid() + " is damaged", e);
    }
  }

  private PrivateKey privateKey(SigningKey key) {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePrivate(new PKCS8EncodedKeySpec(secrets.open(store.state(), key.privateKey())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the signing key " + key.kid() + " is damaged", e);
    }
  }
}
