package dev.steward.app;

import dev.steward.api.auth.Passwords;
import dev.steward.api.auth.SigningKeys;
import dev.steward.api.auth.Tokens;
import dev.steward.api.auth.Users;
import dev.steward.aws.AwsAccess;
import dev.steward.aws.CallLimiter;
import dev.steward.domain.discovery.Discoveries;
import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.domain.governance.desk.Auditor;
import dev.steward.domain.governance.desk.Desks;
import dev.steward.domain.governance.desk.Office;
import dev.steward.domain.governance.desk.TemporalDoor;
import dev.steward.domain.governance.desk.TemporalTokens;
import dev.steward.domain.governance.desk.Witness;
import dev.steward.domain.onboarding.Verifications;
import dev.steward.domain.prices.PriceRefreshes;
import dev.steward.domain.prices.PriceShelf;
import dev.steward.domain.serve.Champions;
import dev.steward.domain.waste.Scans;
import dev.steward.domain.work.Work;
import dev.steward.model.Ids;
import dev.steward.model.Problem;
import dev.steward.storage.Blobs;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import dev.steward.storage.WatchedClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every feature stands on, in the order in which it opens. */
final class House {
  private static final Logger LOG = LoggerFactory.getLogger(House.class);

  final Settings settings;
  final Running running;
  final Ids ids = Ids.random();
  final WatchedClock clock = WatchedClock.of(InstantSource.system());
  final Path folder;
  final Store store;
  final Secrets secrets;
  final Work work = new Work(ids, clock);
  final Verifications verifications = new Verifications(work);
  final Discoveries discoveries = new Discoveries(work, ids, clock);
  final Scans scans = new Scans(work, ids, clock);
  final Blobs blobs;
  final Witness witness;
  final Auditor auditor;
  final AuditBook audit;
  final PriceShelf shelf;
  final PriceRefreshes refreshes = new PriceRefreshes(work, ids, clock);
  final Desks desks;
  final Lab lab;
  final CallLimiter limiter;
  final AwsAccess aws;
  final Passwords passwords = new Passwords();
  final Users users;
  final SigningKeys keys;
  final Tokens tokens;
  final SealedPayloadCodec codec;
  final TemporalTokens proofs;
  final TemporalDoor door;

  private volatile @Nullable String principal;
  private volatile String url = "";

  /**
   * @throws StartException or {@link dev.steward.storage.StoreOpenException} with a message for the
   *     operator
   */
  House(Settings settings, Running running) {
    this.settings = settings;
    this.running = running;
    folder = Configured.folder(settings);
    String named = settings.text(Setting.AWS_PRINCIPAL);
    principal = named.isEmpty() ? null : named;

    MasterKey master =
        MasterKey.at(Configured.keyFile(settings, folder), Files.exists(folder.resolve("state")));
    store = opened(Store.open(folder));
    store.onFailure(failure -> stopAtOnce());
    secrets = new Secrets(master, ids);
    secrets.requireSameKey(store.state());
    blobs = new Blobs(folder.resolve("blobs"));
    witness = new Witness(Configured.witnessFile(settings, folder));
    auditor = new Auditor(blobs, witness, master);
    auditor.requireEnds(store.state());
    audit = new AuditBook(master);
    audit.open(store, witness, clock.instant());

    shelf = new PriceShelf(store, blobs);
    desks = Desks.of(new Office(work, ids, clock, shelf.book(), audit));
    lab = Lab.of(store, blobs, desks, opened(new Champions(store, blobs, clock)));
    limiter = new CallLimiter(settings.number(Setting.AWS_RATE));
    aws = opened(new AwsAccess(store, secrets, Configured.aws(settings), limiter));

    users = new Users(store, passwords, audit, ids, clock);
    new FirstUsers(users, settings.isOn(Setting.DEMO_USERS)).ensure();
    keys = new SigningKeys(store, secrets, ids, clock);
    tokens = new Tokens(store, keys, ids, clock);
    codec = new SealedPayloadCodec(master, Milestones.unbound(store, clock));
    proofs = new TemporalTokens(master, ids, clock);
    door = new TemporalDoor(desks.office(), proofs);
  }

  /** It stops with the rest. */
  <T extends AutoCloseable> T opened(T part) {
    return running.add(part);
  }

  /** What is on disk is right and what is in memory may not be: only a new start can tell. */
  private static void stopAtOnce() {
    LOG.error("stopping, because the store cannot write");
    Runtime.getRuntime().halt(70);
  }

  /** The platform's own identity in AWS: asked once it is needed, and kept once it is known. */
  Optional<String> principal() {
    String known = principal;
    if (known == null) {
      known = aws.principal();
      principal = known;
    }
    return Optional.ofNullable(known);
  }

  void reachedAt(String address) {
    url = address;
  }

  /** Where the API is reached from this machine; empty before it is. */
  String url() {
    return url;
  }

  /**
   * Where it is reached from elsewhere.
   *
   * @throws dev.steward.model.ProblemException UNAVAILABLE in the moment before that is known
   */
  String publicUrl() {
    String configured = settings.text(Setting.HTTP_PUBLIC_URL);
    if (!configured.isEmpty()) return configured;
    if (url.isEmpty()) throw Problem.of(Problem.Type.UNAVAILABLE, "the platform is starting");
    return url;
  }
}
