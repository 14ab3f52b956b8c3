package dev.steward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.instancio.Instancio.gen;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.instancio.junit.InstancioExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dollars: nothing is lost, and what nobody knows is never nothing. */
@ExtendWith(InstancioExtension.class)
final class MoneyProperties {
  private static final int CASES = 500;

  /** In millionths: the ends, and what lies between. */
  private static long[] drawn() {
    return LongStream.concat(
            LongStream.of(0, 1, -1, 49, 50, 51, 99, 1_000_000, -1_000_000, 90_000_000_000_000_000L),
            LongStream.generate(
                    gen().longs().range(-90_000_000_000_000_000L, 90_000_000_000_000_000L)::get)
                .limit(CASES))
        .toArray();
  }

  @Test
  void anAmountInJsonIsWithinHalfOfAHundredthOfACent() {
    for (long micros : drawn()) {
      Money back = Json.read(Json.bytes(new Money(micros)), Money.class);
      assertThat(Math.abs(back.micros() - micros)).as("%s", micros).isLessThanOrEqualTo(50);
      assertThat(Json.read(Json.bytes(back), Money.class)).isEqualTo(back);
    }
  }

  @Test
  void sumsDoNotDependOnTheirOrderAndOrderIsThatOfAmounts() {
    long[] all = drawn();
    for (int i = 1; i < all.length; i++) {
      Money a = new Money(all[i - 1] / 2);
      Money b = new Money(all[i] / 2);
      assertThat(a.plus(b)).isEqualTo(b.plus(a)).isEqualTo(new Money(a.micros() + b.micros()));
      assertThat(Integer.signum(a.compareTo(b))).isEqualTo(Long.compare(a.micros(), b.micros()));
    }
  }

  /** Written out, the first has as many digits as there is memory for. */
  @ParameterizedTest
  @ValueSource(strings = {"1e2000000000", "-1e2000000000", "9300000000000", "1e13"})
  void whatIsTooLargeIsRefusedBeforeItIsWrittenOut(String dollars) {
    assertThatThrownBy(() -> Money.usd(new BigDecimal(dollars)))
        .isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-2000000000", "0e2000000000", "0e-2000000000", "1e-7"})
  void whatIsTooSmallIsNothing(String dollars) {
    assertThat(Money.usd(new BigDecimal(dollars))).isEqualTo(Money.ZERO);
  }

  @Test
  void aSumThatIsTooLargeIsNoOtherSum() {
    Money most = new Money(Long.MAX_VALUE);
    assertThatThrownBy(() -> most.plus(new Money(1))).isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0000005, 1",
    "0.0000004, 0",
    "-0.0000005, -1",
    "1.9999995, 2000000",
    "0.1, 100000"
  })
  void halfAMillionthIsRoundedAway(BigDecimal dollars, long micros) {
    assertThat(Money.usd(dollars).micros()).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e11, Double.MAX_VALUE, Double.POSITIVE_INFINITY})
  void whatIsTooLargeIsTheLargestThereIs(double dollars) {
    assertThat(Money.usd(dollars)).isEqualTo(new Money(90_000_000_000_000_000L));
    assertThat(Money.usd(-dollars)).isEqualTo(new Money(-90_000_000_000_000_000L));
  }

  /** Not a number of dollars is no amount, and so not zero. */
  @Test
  void whatIsNoNumberIsNoMoney() {
    assertThatThrownBy(() -> Money.usd(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Money.usd(1).times(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAmountTimesANumberIsThatManyTimesTheAmount() {
    for (long micros : drawn()) {
      Money amount = new Money(micros / 1_000);
      assertThat(amount.times(1)).isEqualTo(amount);
      assertThat(amount.times(0)).isEqualTo(Money.ZERO);
      assertThat(amount.times(730)).isEqualTo(new Money(amount.micros() * 730));
      assertThat(amount.times(-1)).isEqualTo(new Money(-amount.micros()));
    }
  }

  @Test
  void textIsInCents() {
    assertThat(Money.usd(1234.567)).hasToString("$1234.57");
    assertThat(Money.usd(-0.005)).hasToString("$-0.01");
  }

  /** Some amounts, of which some are not known. */
  private static List<@Nullable Money> some() {
    List<@Nullable Money> some = new ArrayList<>();
    int size = gen().ints().range(0, 12).get();
    for (int i = 0; i < size; i++)
      some.add(
          gen().ints().range(0, 3).get() == 0
              ? null
              : new Money(gen().longs().range(-5_000_000L, 5_000_000L).get()));
    return some;
  }

  private static MoneySum sum(List<@Nullable Money> all) {
    return MoneySum.of(all.stream().map(Known::new), Known::amount);
  }

  private record Known(@Nullable Money amount) {}

  @Test
  void aSumIsWholeOnlyWhereEveryPartIsKnown() {
    for (int i = 0; i < CASES; i++) {
      List<@Nullable Money> all = some();
      long unknown = all.stream().filter(java.util.Objects::isNull).count();
      long known = all.stream().filter(java.util.Objects::nonNull).mapToLong(Money::micros).sum();
      MoneySum sum = sum(all);
      assertThat(sum).as("%s", all).isEqualTo(new MoneySum(new Money(known), (int) unknown));
      if (unknown == 0) assertThat(sum.whole()).isEqualTo(new Money(known));
      else assertThat(sum.whole()).as("%s", all).isNull();
      if (!all.isEmpty() && unknown == all.size()) assertThat(sum.known()).isNull();
    }
  }

  @Test
  void aSumDoesNotDependOnItsOrderOrItsParts() {
    for (int i = 0; i < CASES; i++) {
      List<@Nullable Money> all = some();
      MoneySum sum = sum(all);
      int cut = all.isEmpty() ? 0 : gen().ints().range(0, all.size()).get();
      MoneySum parts = sum(all.subList(0, cut)).plus(sum(all.subList(cut, all.size())));
      Collections.shuffle(all, new Random(i));
      assertThat(sum(all)).as("%s", all).isEqualTo(sum).isEqualTo(parts);
    }
  }

  @Test
  void ofNothingNothingIsWanting() {
    assertThat(MoneySum.NONE.whole()).isEqualTo(Money.ZERO);
    assertThat(MoneySum.NONE.plus((Money) null).known()).isNull();
    assertThat(MoneySum.NONE.plus((Money) null).monthly())
        .isEqualTo("$0.00 a month and 1 without a price");
  }
}
