package dev.steward.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.Resource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** What is kept of AWS's answers. */
final class DataListersTest {
  @Test
  void theSpeedOfADatabaseIsListed() {
    Resource database =
        DataListers.database(
            "eu-west-1",
            DBInstance.builder()
                .dbInstanceIdentifier("db")
                .storageType("gp3")
                .iops(13_000)
                .storageThroughput(600)
                .build());
    assertThat(database.attributes())
        .containsEntry("iops", "13000")
        .containsEntry("storage_throughput", "600");
  }
}
