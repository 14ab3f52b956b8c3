package dev.steward.estate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.price.Item;
import dev.steward.estate.price.Item.DatabaseHour;
import dev.steward.estate.price.Item.Deployment;
import dev.steward.estate.price.Item.LinuxHour;
import dev.steward.estate.price.Item.NodeHour;
import dev.steward.estate.price.Item.NodeService;
import dev.steward.estate.price.Item.Unit;
import dev.steward.estate.price.Price;
import dev.steward.estate.price.Quote;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Prices as AWS publishes them, asked by what is priced. */
final class PriceBookTest {
  private static final PriceBook BOOK = PriceBook.current();

  private static void costs(@Nullable Double usd, String region, Item item) {
    assertThat(BOOK.price(region, item).map(Price::usd))
        .as(item + " in " + region)
        .isEqualTo(Optional.ofNullable(usd));
  }

  private static DatabaseHour database(String engine, Deployment deployment, String type) {
    return new DatabaseHour(engine, deployment, type);
  }

  @Test
  void eachRegionHasItsOwnPrice() {
    costs(0.096, "us-east-1", new LinuxHour("m5.large"));
    costs(0.115, "eu-central-1", new LinuxHour("m5.large"));
    costs(0.153, "sa-east-1", new LinuxHour("m5.large"));
    costs(0.121, "us-gov-west-1", new LinuxHour("m5.large"));
    costs(0.08, "us-east-1", Unit.EBS_GP3);
    costs(0.0952, "eu-central-1", Unit.EBS_GP3);
    costs(0.152, "sa-east-1", Unit.EBS_GP3);
    costs(0.052, "eu-central-1", Unit.NAT_GATEWAY_HOUR);
    costs(0.062, "ap-northeast-1", Unit.NAT_GATEWAY_HOUR);
  }

  @Test
  void eachEngineAndDeploymentHasItsOwnPrice() {
    costs(0.24, "us-east-1", database("mysql", Deployment.SINGLE_AZ, "db.r5.large"));
    costs(0.25, "us-east-1", database("postgres", Deployment.SINGLE_AZ, "db.r5.large"));
    costs(0.29, "us-east-1", database("aurora-mysql", Deployment.SINGLE_AZ, "db.r5.large"));
    costs(0.305, "eu-central-1", database("postgres", Deployment.SINGLE_AZ, "db.r5.large"));
    costs(0.018, "us-east-1", database("postgres", Deployment.SINGLE_AZ, "db.t3.micro"));
    costs(0.017, "us-east-1", database("mysql", Deployment.SINGLE_AZ, "db.t3.micro"));
    // Twice 0.187 would be 0.374.
    costs(0.187, "us-east-1", database("mysql", Deployment.SINGLE_AZ, "db.m6gd.large"));
    costs(0.373, "us-east-1", database("mysql", Deployment.MULTI_AZ, "db.m6gd.large"));
    // Editions and licences have prices of their own, and the sources mix them.
    for (String engine : new String[] {"oracle-ee", "sqlserver-se", "db2-se", "custom-oracle-ee"})
      costs(null, "us-east-1", database(engine, Deployment.SINGLE_AZ, "db.r5.large"));
  }

  @Test
  void nodesHavePricesByService() {
    costs(0.068, "us-east-1", new NodeHour(NodeService.ELASTICACHE, "cache.t3.medium"));
    costs(null, "us-east-1", new NodeHour(NodeService.REDSHIFT, "cache.t3.medium"));
  }

  /** Never another region's, but for what AWS publishes as the same in all of them. */
  @Test
  void aRegionWithoutAPriceIsUnknown() {
    for (Unit unit :
        new Unit[] {Unit.LOAD_BALANCER_HOUR, Unit.RDS_STORAGE, Unit.LOGS_STORAGE, Unit.S3_STANDARD})
      costs(null, "eu-central-1", unit);
    costs(null, "af-south-1", Unit.NAT_GATEWAY_HOUR);
    costs(null, "mx-central-1", Unit.EBS_GP3);
    costs(0.005, "mx-central-1", Unit.PUBLIC_IPV4_HOUR);
    costs(0.005, "eu-central-1", Unit.PUBLIC_IPV4_HOUR);
    for (String region : new String[] {"cn-north-1", "cn-northwest-1", "us-gov-west-1"})
      costs(null, region, Unit.PUBLIC_IPV4_HOUR);
    for (String region : new String[] {"cn-north-1", "cn-northwest-1"}) {
      costs(null, region, new LinuxHour("m5.large"));
      for (Unit unit : Unit.values()) costs(null, region, unit);
    }
  }

  private static Resource in(String region, String kind, String... attributes) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < attributes.length; i += 2) values.put(attributes[i], attributes[i + 1]);
    return new Resource("x", kind, region, null, "running", null, Map.of(), values);
  }

  private static Optional<Money> instance(String region, String... more) {
    String[] linux = {
      "instance_type",
      "m5.large",
      "platform",
      "Linux/UNIX",
      "tenancy",
      "default",
      "lifecycle",
      "on-demand"
    };
    String[] all = java.util.Arrays.copyOf(linux, linux.length + more.length);
    System.arraycopy(more, 0, all, linux.length, more.length);
    return BOOK.instanceHours(in(region, "ec2_instance", all)).map(Quote::money);
  }

  @Test
  void onlyWhatPaysTheBooksPriceHasIt() {
    assertThat(instance("us-west-2")).contains(Money.usd(0.096 * 730));
    assertThat(instance("us-west-2", "zone", "us-west-2b")).contains(Money.usd(0.096 * 730));
    for (String zone : new String[] {"us-west-2-lax-1a", "us-west-2-wl1-las-wlz-1", "us-east-1a"})
      assertThat(instance("us-west-2", "zone", zone)).as(zone).isEmpty();
    for (String platform :
        new String[] {
          "Windows", "Red Hat Enterprise Linux", "SUSE Linux", "Linux with SQL Server Standard"
        }) assertThat(instance("us-west-2", "platform", platform)).as(platform).isEmpty();
    assertThat(instance("us-west-2", "lifecycle", "spot")).isEmpty();
    assertThat(instance("us-west-2", "lifecycle", "capacity-block")).isEmpty();
    assertThat(instance("us-west-2", "tenancy", "dedicated")).isEmpty();
    assertThat(instance("us-west-2", "tenancy", "host")).isEmpty();
  }

  private static Optional<Money> volume(String region, String type, String... more) {
    String[] all = java.util.Arrays.copyOf(more, more.length + 4);
    System.arraycopy(new String[] {"volume_type", type, "size_gb", "100"}, 0, all, more.length, 4);
    return BOOK.volume(in(region, "ebs_volume", all)).map(Quote::money);
  }

  @Test
  void volumesByTypeTierAndRegion() {
    assertThat(volume("eu-central-1", "gp2")).contains(Money.usd(11.9));
    assertThat(volume("eu-central-1", "gp3", "iops", "4000", "throughput", "225"))
        .contains(Money.usd(9.52 + 1_000 * 0.006 + 100 * 0.0476));
    assertThat(volume("us-east-1", "io2", "iops", "70000"))
        .contains(Money.usd(12.5 + 32_000 * 0.065 + 32_000 * 0.0455 + 6_000 * 0.03185));
    assertThat(volume("us-east-1", "io1", "iops", "70000")).contains(Money.usd(12.5 + 4_550));
    for (String untold : new String[] {"gp3", "io1", "io2", "io3", "GP2"})
      assertThat(volume("us-east-1", untold)).as(untold).isEmpty();
    assertThat(volume("us-east-1", "gp2", "zone", "us-east-1-bos-1a")).isEmpty();
  }

  @Test
  void aQuoteNamesItsRows() {
    Quote quote =
        BOOK.volume(
                in(
                    "sa-east-1",
                    "ebs_volume",
                    "volume_type",
                    "gp3",
                    "size_gb",
                    "100",
                    "iops",
                    "4000",
                    "throughput",
                    "125"))
            .orElseThrow();
    assertThat(quote.source())
        .isEqualTo(
            "unit ebs_gp3 sa-east-1 0.152 USD/GB-month, 2024-07-18, yeo/ec2.shop@74c9fd8; "
                + "unit gp3_iops sa-east-1 0.0095 USD/IOPS-month above 3000, 2024-07-18, yeo/ec2.shop@74c9fd8");
  }
}
