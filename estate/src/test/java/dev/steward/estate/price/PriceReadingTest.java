package dev.steward.estate.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.price.Item.Family;
import dev.steward.estate.price.Item.Unit;
import dev.steward.estate.price.PriceReading.Ignored;
import dev.steward.model.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries in the form of the Price List API reference, GetProducts. */
final class PriceReadingTest {
  private static final Set<String> REGIONS = Set.of("us-east-1", "eu-west-1", "eu-central-1");

  private static String entry(String usage, String region, Object dimensions, String... more) {
    Map<String, String> attributes =
        new TreeMap<>(
            Map.of("usagetype", usage, "regionCode", region, "locationType", "AWS Region"));
    for (int i = 0; i < more.length; i += 2) attributes.put(more[i], more[i + 1]);
    return Json.text(
        Map.of(
            "product",
            Map.of("productFamily", "Any", "attributes", attributes),
            "terms",
            Map.of(
                "OnDemand",
                Map.of(
                    "X.Y",
                    Map.of(
                        "effectiveDate", "2026-11-01T00:00:00Z", "priceDimensions", dimensions)))));
  }

  private static Map<String, Object> tier(String from, String unit, String currency, String price) {
    return Map.of("beginRange", from, "unit", unit, "pricePerUnit", Map.of(currency, price));
  }

  private static Map<String, Object> hours(String usd) {
    return Map.of("X.Y.1", tier("0", "Hrs", "USD", usd));
  }

  private static PriceReading reading(String query, String... entries) {
    PriceReading reading = new PriceReading(PriceQueries.find(query).orElseThrow(), REGIONS);
    for (String entry : entries) reading.read(entry);
    return reading;
  }

  private static PriceLine line(Unit unit, String region) {
    return new PriceLine(Family.UNIT, unit.key(), region);
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1, NatGateway-Hours",
    "us-east-1, USE1-NatGateway-Hours",
    "eu-west-1, EU-NatGateway-Hours",
    "eu-central-1, EUC1-NatGateway-Hours"
  })
  void knowsAUsageTypeWhateverStandsThereForTheRegion(String region, String usage) {
    assertThat(reading("nat-gateway", entry(usage, region, hours("0.0450000000"))).prices())
        .isEqualTo(Map.of(line(Unit.NAT_GATEWAY_HOUR, region), new BigDecimal("0.0450000000")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TS-LoadBalancerUsage",
        "EU-TS-LoadBalancerUsage",
        "EUC1-Outposts-LoadBalancerUsage",
        "LoadBalancerUsageX",
        "LCUUsage"
      })
  void takesNothingElseForIt(String usage) {
    PriceReading reading =
        reading("balancer-application", entry(usage, "eu-central-1", hours("0.01")));
    assertThat(reading.prices()).isEmpty();
    assertThat(reading.ignored()).isEqualTo(Map.of(Ignored.OTHER, 1));
  }

  @Test
  void takesTheFirstTierThatIsPaid() {
    Map<String, Object> tiers =
        Map.of(
            "X.Y.2", tier("25", "GB-Mo", "USD", "0.25"),
            "X.Y.3", tier("1000", "GB-Mo", "USD", "0.1"),
            "X.Y.1", tier("0", "GB-Mo", "USD", "0.0000000000"));
    assertThat(
            reading("dynamodb-storage", entry("TimedStorage-ByteHrs", "us-east-1", tiers)).prices())
        .containsValue(new BigDecimal("0.25"));
  }

  @Test
  void turnsGibibytesASecondIntoMebibytes() {
    Map<String, Object> throughput = Map.of("X.Y.1", tier("0", "GiBps-mo", "USD", "40.96"));
    assertThat(
            reading(
                    "ebs-throughput",
                    entry("EUC1-EBS:VolumeP-Throughput.gp3", "eu-central-1", throughput))
                .prices()
                .get(line(Unit.GP3_THROUGHPUT, "eu-central-1")))
        .isEqualByComparingTo("0.04");
  }

  @Test
  void countsWhatItDoesNotUnderstandAndGuessesNothing() {
    PriceReading reading =
        reading(
            "nat-gateway",
            "no JSON",
            "{}",
            entry("EU-NatGateway-Hours", "eu-west-9", hours("0.05")),
            entry(
                "LAX1-NatGateway-Hours",
                "us-west-2-lax-1",
                hours("0.05"),
                "locationType",
                "AWS Local Zone"),
            entry("NatGateway-Hours", "us-east-1", Map.of("1", tier("0", "GB", "USD", "0.05"))),
            entry("NatGateway-Hours", "us-east-1", Map.of("1", tier("0", "Hrs", "CNY", "0.05"))),
            entry("NatGateway-Hours", "us-east-1", hours("-0.05")),
            entry("NatGateway-Hours", "us-east-1", hours("0")),
            entry("NatGateway-Hours", "us-east-1", Map.of()));
    assertThat(reading.prices()).isEmpty();
    assertThat(reading.products()).isEqualTo(9);
    assertThat(reading.ignored())
        .isEqualTo(
            Map.of(
                Ignored.UNREADABLE, 2,
                Ignored.UNKNOWN_REGION, 1,
                Ignored.OUTSIDE_REGIONS, 1,
                Ignored.UNKNOWN_UNIT, 1,
                Ignored.OTHER_CURRENCY, 1,
                Ignored.NEGATIVE, 1,
                Ignored.FREE, 2));
  }

  @Test
  void takesNeitherOfTwoPricesOfOneThing() {
    PriceReading reading =
        reading(
            "nat-gateway",
            entry("NatGateway-Hours", "us-east-1", hours("0.045")),
            entry("USE1-NatGateway-Hours", "us-east-1", hours("0.046")),
            entry("EU-NatGateway-Hours", "eu-west-1", hours("0.048")),
            entry("EU-NatGateway-Hours", "eu-west-1", hours("0.0480")));
    assertThat(reading.prices().keySet()).containsExactly(line(Unit.NAT_GATEWAY_HOUR, "eu-west-1"));
    assertThat(reading.ignored()).isEqualTo(Map.of(Ignored.AMBIGUOUS, 1));
  }

  @Test
  void knowsZonesOfDatabasesButNoClusterOfReadableStandbys() {
    String[] attributes = {"instanceType", "db.m5.large", "deploymentOption", ""};
    String[] entries =
        List.of("Single-AZ", "Multi-AZ", "Multi-AZ (readable standbys)").stream()
            .map(deployment -> {
              String[] with = attributes.clone();
              with[3] = deployment;
              String usage = deployment.startsWith("Multi") ? "Multi-AZUsage" : "InstanceUsage";
              return entry("EUC1-" + usage + ":db.m5.large", "eu-central-1", hours("0.2"), with);
            })
            .toArray(String[]::new);
    assertThat(reading("rds-postgres", entries).prices().keySet())
        .extracting(PriceLine::key)
        .containsExactly("postgres multi-az db.m5.large", "postgres single-az db.m5.large");
  }

  @Test
  void everyQuestionHasANameOfItsOwnAndTellsSomething() {
    assertThat(PriceQueries.ALL).extracting(PriceQuery::id).doesNotHaveDuplicates();
    assertThat(PriceQueries.ALL).allMatch(query -> !query.matches().isEmpty());
    assertThat(PriceQueries.ALL).allMatch(query -> !query.covers().isEmpty());
  }
}
