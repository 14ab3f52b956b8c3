package dev.steward.estate.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.PriceBook;
import dev.steward.estate.price.Item.Family;
import dev.steward.estate.price.Item.LicensedHour;
import dev.steward.estate.price.Item.LicensedSystem;
import dev.steward.estate.price.Item.LinuxHour;
import dev.steward.estate.price.Item.Unit;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PriceMergeTest {
  private static final LocalDate TODAY = LocalDate.of(2027, 1, 2);
  private static final PriceQuery NAT = PriceQueries.find("nat-gateway").orElseThrow();

  private static PriceLine nat(String region) {
    return new PriceLine(Family.UNIT, Unit.NAT_GATEWAY_HOUR.key(), region);
  }

  private static Map<PriceLine, BigDecimal> prices(Object... lines) {
    Map<PriceLine, BigDecimal> prices = new TreeMap<>();
    for (int i = 0; i < lines.length; i += 2)
      prices.put((PriceLine) lines[i], new BigDecimal((String) lines[i + 1]));
    return prices;
  }

  private static PriceMerge merge(PriceEdition before) {
    return new PriceMerge(before, true, TODAY);
  }

  @Test
  void aPriceThatWasAskedLiesOverTheOneThatCame() {
    PriceMerge merge = merge(PriceEdition.EMPTY);
    merge.take(NAT, prices(nat("eu-west-1"), "0.05", nat("ca-west-1"), "0.051"));
    PriceBook book = PriceBook.of("2027-01-02.01", merge.edition());
    assertThat(book.version()).isEqualTo(Prices.VERSION + "+2027-01-02.01");
    assertThat(book.price("eu-west-1", Unit.NAT_GATEWAY_HOUR).orElseThrow().row())
        .isEqualTo(
            "unit nat_gateway_hour eu-west-1 0.05 USD/hour, 2027-01-02, AWS Price List API"
                + " AmazonEC2");
    assertThat(book.price("ca-west-1", Unit.NAT_GATEWAY_HOUR)).isPresent();
    assertThat(book.price("us-east-2", Unit.NAT_GATEWAY_HOUR))
        .isEqualTo(PriceBook.current().price("us-east-2", Unit.NAT_GATEWAY_HOUR));
    assertThat(merge.changes())
        .containsExactly("unit nat_gateway_hour eu-west-1: 0.048 is 0.05 USD now");
    assertThat(merge.doubts())
        .singleElement()
        .asString()
        .startsWith("nat-gateway: no answer about ap-east-1");
  }

  @Test
  void aPriceThatMovedTenfoldIsNotBelieved() {
    PriceMerge merge = merge(PriceEdition.EMPTY);
    PriceMerge.Counts counts =
        merge.take(NAT, prices(nat("eu-west-1"), "0.49", nat("us-east-1"), "0.0044"));
    assertThat(counts.changed() + counts.added() + counts.same()).isZero();
    assertThat(merge.doubts())
        .contains(
            "unit nat_gateway_hour eu-west-1: 0.048 would be 0.49 USD",
            "unit nat_gateway_hour us-east-1: 0.045 would be 0.0044 USD");
    assertThat(merge.edition().size()).isZero();
    assertThat(merge.isNew()).isFalse();
  }

  @Test
  void whatIsNotAnsweredTheSecondTimeStays() {
    PriceMerge first = merge(PriceEdition.EMPTY);
    first.take(NAT, prices(nat("eu-west-1"), "0.05", nat("ca-west-1"), "0.051"));
    PriceMerge second = new PriceMerge(first.edition(), true, TODAY.plusDays(30));
    second.take(NAT, prices(nat("eu-west-1"), "0.05"));
    PriceBook book = PriceBook.of("2027-02-01.01", second.edition());
    assertThat(book.price("ca-west-1", Unit.NAT_GATEWAY_HOUR).orElseThrow().date())
        .isEqualTo(TODAY);
    assertThat(book.price("eu-west-1", Unit.NAT_GATEWAY_HOUR).orElseThrow().date())
        .isEqualTo(TODAY.plusDays(30));
    assertThat(second.changes()).isEmpty();
  }

  @Test
  void anOlderPriceThatWasAskedDoesNotHideANewerOneThatCame() {
    PriceMerge merge = new PriceMerge(PriceEdition.EMPTY, false, LocalDate.of(2020, 1, 1));
    merge.take(NAT, prices(nat("eu-west-1"), "0.04"));
    assertThat(
            PriceBook.of("old", merge.edition())
                .price("eu-west-1", Unit.NAT_GATEWAY_HOUR)
                .orElseThrow()
                .usd())
        .isEqualTo(0.048);
  }

  @Test
  void anEditionIsReadAsItWasWritten() {
    PriceMerge merge = merge(PriceEdition.EMPTY);
    merge.take(NAT, prices(nat("eu-west-1"), "0.05", nat("ca-west-1"), "0.051"));
    LicensedHour windows = new LicensedHour(LicensedSystem.WINDOWS, "m5.large");
    LinuxHour linux = new LinuxHour("m5.large");
    for (Item item : new Item[] {windows, linux})
      merge.take(
          PriceQueries.find("ec2-" + (item == linux ? "linux" : "windows")).orElseThrow(),
          prices(new PriceLine(item.family(), item.key(), "eu-west-1"), "0.1234567"));
    PriceEdition again = PriceEdition.read(merge.edition().text());
    assertThat(again.text()).isEqualTo(merge.edition().text());
    assertThat(again.size()).isEqualTo(4);
    assertThat(again.find(windows, "eu-west-1").orElseThrow().usd()).isEqualTo(0.1234567);
    assertThat(again.find(windows, "eu-west-2")).isEmpty();
    assertThat(again.sources()).hasSize(3);
  }

  @Test
  void aBookThatFollowsIsTheNewestAndOneThatIsSettledStays() {
    PriceBook[] newest = {PriceBook.current()};
    PriceBook following = PriceBook.following(() -> newest[0]);
    PriceBook settled = following.settled();
    PriceMerge merge = merge(PriceEdition.EMPTY);
    merge.take(NAT, prices(nat("eu-west-1"), "0.05"));
    newest[0] = PriceBook.of("2027-01-02.01", merge.edition());
    assertThat(following.price("eu-west-1", Unit.NAT_GATEWAY_HOUR).orElseThrow().usd())
        .isEqualTo(0.05);
    assertThat(following.version()).endsWith("+2027-01-02.01");
    assertThat(settled.price("eu-west-1", Unit.NAT_GATEWAY_HOUR).orElseThrow().usd())
        .isEqualTo(0.048);
    assertThat(settled.version()).isEqualTo(Prices.VERSION);
  }
}
