package dev.steward.activities.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.EmulatedAws;
import dev.steward.activities.EmulatedAws.Connected;
import dev.steward.aws.AwsAccess;
import dev.steward.aws.AwsSettings;
import dev.steward.aws.CallLimiter;
import dev.steward.aws.Connection;
import dev.steward.estate.PriceBook;
import dev.steward.model.Coverage;
import dev.steward.model.Ids;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.storage.Tables;
import dev.steward.testing.Fault;
import dev.steward.workflows.discovery.ListingActivities.Regions;
import java.nio.file.Path;
import java.time.InstantSource;
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
}
