package dev.steward.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Partition;
import dev.steward.model.Ids;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.costexplorer.endpoints.CostExplorerEndpointProvider;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/** China and GovCloud are asked at endpoints of their own. */
final class PartitionsTest {
  private static Connection connection(@Nullable String role) {
    return new Connection("acc_1", "org_1", role, null, null, List.of(), Rank.BULK);
  }

  private static String role(Partition partition) {
    return "arn:" + partition.id() + ":iam::123456789012:role/steward";
  }

  @Test
  void aRoleIsOfThePartitionOfItsArnAndKeysOfThePlatforms() {
    for (Partition partition : Partition.values())
      assertThat(connection(role(partition)).partition("us-east-1")).isEqualTo(partition);
    assertThat(connection(null).partition("cn-northwest-1")).isEqualTo(Partition.CHINA);
    assertThat(connection(null).partition("us-gov-east-1")).isEqualTo(Partition.US_GOV);
    assertThat(connection(null).partition("eu-west-1")).isEqualTo(Partition.AWS);
  }

  @Test
  void whatLiesInNoRegionAndWhatItCostsIsAskedInThePartition(@TempDir Path folder)
      throws Exception {
    Map<Partition, List<String>> places =
        Map.of(
            Partition.AWS, List.of("us-east-1", "us-east-1"),
            Partition.CHINA, List.of("cn-north-1", "cn-northwest-1"),
            Partition.US_GOV, List.of("us-gov-west-1"));
    try (Store store = Store.open(folder.resolve("data"));
        AwsAccess access =
            new AwsAccess(
                store,
                new Secrets(MasterKey.at(folder.resolve("key"), false), Ids.random()),
                AwsSettings.DEFAULTS,
                new CallLimiter(1))) {
      for (Partition partition : Partition.values()) {
        RegionClients global = RegionClients.global(access, connection(role(partition)));
        List<String> expected = places.getOrDefault(partition, List.of());
        assertThat(global.region()).isEqualTo(expected.getFirst());
        assertThat(global.costs().map(c -> c.serviceClientConfiguration().region().id()).stream())
            .as("Cost Explorer of " + partition)
            .containsExactlyElementsOf(expected.subList(1, expected.size()));
      }
    }
  }

  /** As the SDK has them from AWS. */
  @Test
  void theseEndpointsAreThePartitions() {
    for (Partition partition : Partition.values()) {
      URI buckets =
          S3EndpointProvider.defaultProvider()
              .resolveEndpoint(p -> p.region(Region.of(partition.globalRegion())))
              .join()
              .url();
      assertThat(buckets.getHost()).endsWith(partition.host());
      partition
          .costRegion()
          .ifPresent(region ->
              assertThat(
                      CostExplorerEndpointProvider.defaultProvider()
                          .resolveEndpoint(p -> p.region(Region.of(region)))
                          .join()
                          .url()
                          .getHost())
                  .isEqualTo(
                      partition == Partition.AWS
                          ? "ce.us-east-1.amazonaws.com"
                          : "ce." + region + "." + partition.host()));
    }
  }
}
