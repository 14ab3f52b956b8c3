package dev.steward.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.api.client.OverviewOperations.Costs;
import dev.steward.api.client.OverviewOperations.Day;
import dev.steward.api.client.OverviewOperations.UnpricedCosts;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a spreadsheet makes of what clients take away. */
final class ExportsTest {
  private static List<String> resources(Resource... resources) {
    return Exports.resources(Stream.of(resources)).lines().toList();
  }

  private static Resource resource(
      @Nullable String name, @Nullable Instant createdAt, Map<String, String> tags) {
    return new Resource("vol-1", "ebs_volume", "us-east-1", name, null, createdAt, tags, Map.of());
  }

  @Test
  void nothingIsAHeaderOnly() {
    assertThat(resources()).containsExactly("kind,region,id,name,state,created_at,tags,attributes");
  }

  @Test
  void whatIsNotKnownIsAnEmptyCell() {
    assertThat(resources(resource(null, null, Map.of())).get(1))
        .isEqualTo("ebs_volume,us-east-1,vol-1,,,,{},{}");
  }

  @Test
  void aNameIsNoFormulaAndNoTwoCells() {
    Instant at = Instant.parse("2026-01-31T12:00:00Z");
    assertThat(resources(resource("=cmd|' /C calc'!A0", at, Map.of("b", "2", "a", "1"))).get(1))
        .isEqualTo(
            "ebs_volume,us-east-1,vol-1,'=cmd|' /C calc'!A0,,2026-01-31T12:00:00Z,\"{a=1, b=2}\",{}");
    assertThat(resources(resource("a,\"b\"", at, Map.of())).get(1)).contains(",\"a,\"\"b\"\"\",");
    assertThat(resources(resource("two\nlines", at, Map.of()))).hasSize(3);
  }

  @Test
  void aCostThatIsNotKnownIsNotZero() {
    Costs costs =
        new Costs(
            "list prices",
            "USD",
            List.of(
                new Day(LocalDate.parse("2026-01-30"), Money.usd(12.5), null),
                new Day(LocalDate.parse("2026-01-31"), Money.ZERO, 3)),
            Map.of("ec2", Money.usd(10), "=s3", Money.usd(2.5)),
            Map.of("us-east-1", Money.usd(12.5)),
            Map.of(),
            new UnpricedCosts(Map.of("rds", 2), Map.of(), Map.of("111122223333", 2)),
            null);
    assertThat(Exports.costs(costs).lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("dimension,name,usd_month,unpriced_resources,basis"),
            line -> assertThat(line).matches("day,2026-01-30,12\\.50*,,list prices"),
            line -> assertThat(line).matches("day,2026-01-31,0(\\.0*)?,3,list prices"),
            line -> assertThat(line).matches("service,'=s3,2\\.50*,0,list prices"),
            line -> assertThat(line).matches("service,ec2,10(\\.0*)?,0,list prices"),
            line -> assertThat(line).isEqualTo("service,rds,,2,list prices"),
            line -> assertThat(line).matches("region,us-east-1,12\\.50*,0,list prices"),
            line -> assertThat(line).isEqualTo("account,111122223333,,2,list prices"));
  }

  @Test
  void whereNobodyCountedTheUnpricedThereIsNoCountOfThem() {
    Costs costs =
        new Costs(
            "list prices",
            "USD",
            List.of(),
            Map.of("ec2", Money.usd(1)),
            Map.of(),
            Map.of(),
            null,
            null);
    assertThat(Exports.costs(costs).lines().toList().get(1))
        .matches("service,ec2,1(\\.0*)?,,list prices");
  }
}
