package dev.steward.activities.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.EmulatedAws;
import dev.steward.activities.EmulatedAws.Connected;
import dev.steward.aws.AwsAccess;
import dev.steward.aws.AwsSettings;
import dev.steward.aws.CallLimiter;
import dev.steward.aws.Connection;
import dev.steward.aws.Rank;
import dev.steward.estate.PriceBook;
import dev.steward.model.Coverage;
import dev.steward.model.Ids;
import dev.steward.model.Json;
import dev.steward.model.OrganizationId;
import dev.steward.model.SecretId;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.testing.Fault;
import dev.steward.workflows.discovery.ListingActivities.Regions;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The platform may run in a region that an account has not enabled. */
final class HomeRegionTest {
  private static final String HOME = "eu-south-1";

  @Test
  void anAccountIsAskedWhereItCannotBeDisabled(@TempDir Path folder) throws Exception {
    try (EmulatedAws aws = new EmulatedAws(folder);
        Connected at = aws.connect();
        AwsAccess access =
            new AwsAccess(
                aws.store,
                new Secrets(MasterKey.at(folder.resolve("key"), false), Ids.random()),
                new AwsSettings(aws.proxy.endpoint(), HOME, 100, 10_000),
                new CallLimiter(10_000))) {
      aws.store.write(t -> t.put(Tables.ACCOUNTS, at.account()));
      // Of credentials of an account that has not enabled it a region says that they are wrong.
      aws.proxy.when(
          c -> c.region().equals(HOME) && !c.action().equals("AssumeRole"),
          new Fault.Refuse(401, "AuthFailure"));
      Regions regions =
          new AwsListingActivities(
                  aws.store,
                  access,
                  new Inventory(aws.store, PriceBook.current(), InstantSource.system()))
              .regions(at.account().id());
      assertThat(regions.coverage()).isEqualTo(Coverage.ANSWERED);
      assertThat(regions.names()).contains("us-east-1");
      Connection connection = Connection.of(at.account());
      assertThat(access.accountOf(connection, access.assume(connection)))
          .isEqualTo(at.account().awsAccount().value());
    }
  }

  /** China's keys are refused everywhere else. */
  @Test
  void accessKeysAreOfThePartWhereTheyAreUsed(@TempDir Path folder) {
    Ids ids = Ids.random();
    try (Store store = Store.open(folder.resolve("data"))) {
      Secrets secrets = new Secrets(MasterKey.at(folder.resolve("key"), false), ids);
      try (AwsAccess access =
          new AwsAccess(
              store,
              secrets,
              new AwsSettings(URI.create("http://127.0.0.1:1"), HOME, 100, 10_000),
              new CallLimiter(10_000))) {
        Map<String, String> keys =
            Map.of("access_key_id", "AKIA", "secret_access_key", "s", "region", "cn-northwest-1");
        assertThat(access.certainRegion(by(store, secrets, ids, keys))).isEqualTo("cn-north-1");
        Map<String, String> older = Map.of("access_key_id", "AKIA", "secret_access_key", "s");
        assertThat(access.certainRegion(by(store, secrets, ids, older))).isEqualTo("us-east-1");
      }
    }
  }

  private static Connection by(Store store, Secrets secrets, Ids ids, Map<String, String> keys) {
    SecretId sealed = store.write(t -> secrets.seal(t, OrganizationId.from(ids), Json.bytes(keys)));
    return new Connection("acc_1", "org_1", null, null, sealed, List.of(), Rank.BULK);
  }
}
