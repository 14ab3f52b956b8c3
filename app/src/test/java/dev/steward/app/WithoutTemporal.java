package dev.steward.app;

import dev.steward.api.auth.Passwords;
import dev.steward.api.auth.SigningKeys;
import dev.steward.api.auth.Tokens;
import dev.steward.api.auth.Users;
import dev.steward.model.Account;
import dev.steward.model.AccountFeature;
import dev.steward.model.AccountId;
import dev.steward.model.AwsAccountId;
import dev.steward.model.ConnectionMethod;
import dev.steward.model.Coverage;
import dev.steward.model.DiscoveryId;
import dev.steward.model.Fact;
import dev.steward.model.Finding;
import dev.steward.model.FindingId;
import dev.steward.model.Ids;
import dev.steward.model.Listing;
import dev.steward.model.Money;
import dev.steward.model.Onboarding;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.model.Resource;
import dev.steward.model.Role;
import dev.steward.model.ScanId;
import dev.steward.model.User;
import dev.steward.model.UserId;
import dev.steward.storage.Chunks;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The whole platform in this process, with a Temporal that cannot be reached: reads and writes must
 * go on all the same.
 */
final class WithoutTemporal implements AutoCloseable {
  private final Path folder;
  final Platform platform;
  final ApiClient anybody;
  private final Ids ids = Ids.random();
  private final Map<String, ApiClient> users = new ConcurrentHashMap<>();

  WithoutTemporal() {
    this(Map.of());
  }

  WithoutTemporal(Map<String, String> more) {
    try {
      folder = Files.createTempDirectory("steward-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> options =
        new HashMap<>(
            Map.of(
                "data.folder",
                folder.toString(),
                "http.port",
                "0",
                "admin.port",
                "0",
                "temporal.address",
                "127.0.0.1:1",
                "demo.users",
                "true",
                "aws.endpoint",
                "http://127.0.0.1:1",
                "aws.principal",
                "arn:aws:iam::123456789012:role/platform"));
    options.putAll(more);
    platform = Platform.start(Settings.load(Path.of("none"), Map.of(), options));
    anybody = Held.at(URI.create(platform.url()));
  }

  /** One of the first users, who logs in once: to hash a password takes a fifth of a second. */
  ApiClient as(String user) {
    return users.computeIfAbsent(user, name -> anybody.as(name, name));
  }

  /** A user made for the test, who is in without a password. */
  ApiClient someone(OrganizationId organization, String username, Role... roles) {
    User user =
        new User(
            UserId.from(ids),
            organization,
            username,
            null,
            "",
            List.of(roles),
            0,
            false,
            Instant.now());
    Store store = platform.store();
    store.write(t -> t.put(Tables.USERS, user));
    MasterKey master = MasterKey.at(folder.resolve("master.key"), true);
    SigningKeys keys =
        new SigningKeys(store, new Secrets(master, ids), ids, InstantSource.system());
    return anybody.withToken(new Tokens(store, keys, ids, InstantSource.system()).issue(user));
  }

  /** The admin port, with the token of the data folder. */
  ApiClient admin() {
    String bearer = AdminToken.read(folder).orElseThrow().bearer();
    return ApiClient.at(URI.create("http://127.0.0.1:" + platform.adminPort()))
        .withToken(bearer.substring("Bearer ".length()));
  }

  Path folder() {
    return folder;
  }

  /** A client of another organization. */
  ApiClient stranger() {
    new Users(platform.store(), new Passwords(), platform.audit(), ids, InstantSource.system())
        .register("Other", "stranger", null, "stranger", List.of(Role.values()));
    return as("stranger");
  }

  OrganizationId organization(String username) {
    return platform.store().state().rows(Tables.USERS).stream()
        .filter(u -> u.username().equals(username))
        .map(User::organization)
        .findFirst()
        .orElseThrow();
  }

  /** A connected account with this many volumes, each of them a finding. */
  Account account(OrganizationId organization, String awsAccount, int volumes) {
    OnboardingId onboarding = OnboardingId.from(ids);
    Account account =
        new Account(
            AccountId.from(ids),
            organization,
            new AwsAccountId(awsAccount),
            "account " + awsAccount,
            "production",
            ConnectionMethod.ROLE,
            Account.Status.CONNECTED,
            onboarding,
            "arn:aws:iam::" + awsAccount + ":role/steward",
            "ext_secret",
            null,
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            Instant.now());
    List<Resource> resources = new ArrayList<>();
    for (int i = 0; i < volumes; i++)
      resources.add(
          new Resource(
              "vol-" + i,
              "ebs_volume",
              "us-east-1",
              "=cmd|' /C calc'!A" + i,
              "available",
              Instant.now(),
              Map.of("team", "a" + i % 2),
              Map.of("size_gb", "10", "volume_type", "gp2")));
    platform
        .store()
        .write(t -> {
          t.put(
              Tables.ONBOARDINGS,
              new Onboarding(
                  onboarding,
                  organization,
                  "x",
                  "production",
                  List.of(AccountFeature.READ, AccountFeature.ACT),
                  "ext_secret",
                  Onboarding.Status.CONNECTED,
                  account.roleArn(),
                  null,
                  account.id(),
                  List.of(),
                  List.of(),
                  null,
                  1,
                  Instant.now(),
                  Instant.now(),
                  null));
          t.put(
              Tables.LISTINGS,
              new Listing(
                  account.id(),
                  new DiscoveryId("dsc_test00"),
                  "us-east-1",
                  "ebs_volume",
                  Coverage.ANSWERED,
                  1,
                  volumes,
                  Money.usd(10),
                  null,
                  null,
                  Instant.now(),
                  0));
          t.put(
              Tables.LISTINGS,
              new Listing(
                  account.id(),
                  new DiscoveryId("dsc_test00"),
                  "eu-west-1",
                  "ebs_volume",
                  Coverage.DENIED,
                  1,
                  0,
                  Money.ZERO,
                  null,
                  "UnauthorizedOperation",
                  Instant.now(),
                  0));
          Chunks.packResources(
                  Chunks.inventoryKey(account.id(), "us-east-1", "ebs_volume"),
                  account.id(),
                  "dsc_test00",
                  resources,
                  Money.usd(10))
              .put(t);
          for (int i = 0; i < volumes; i++)
            t.put(
                Tables.FINDINGS,
                new Finding(
                    FindingId.from(ids),
                    organization,
                    account.id(),
                    new ScanId("scn_test00"),
                    "unattached_volume",
                    "ebs_volume",
                    "us-east-1",
                    "vol-" + i,
                    null,
                    Finding.State.OPEN,
                    Money.usd(i % 7),
                    Finding.Confidence.HIGH,
                    Map.of("age_days", Fact.of(60)),
                    "2026-11",
                    1,
                    Instant.now(),
                    Instant.now(),
                    null,
                    null,
                    null,
                    null));
          return t.put(Tables.ACCOUNTS, account);
        });
    return account;
  }

  @Override
  public void close() {
    anybody.close();
    platform.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
