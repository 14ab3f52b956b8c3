package dev.steward.activities.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.AwsAccountId;
import dev.steward.model.ConnectionMethod;
import dev.steward.model.CostDay;
import dev.steward.model.Money;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CostAnomaliesTest {
  private static final Account ACCOUNT =
      new Account(
          new AccountId("acc_costs00000"),
          new OrganizationId("org_costs00000"),
          new AwsAccountId("123456789012"),
          "",
          "",
          ConnectionMethod.ROLE,
          Account.Status.CONNECTED,
          new OnboardingId("onb_costs00000"),
          null,
          null,
          null,
          List.of(),
          Map.of(),
          List.of(),
          List.of(),
          Instant.EPOCH);

  @TempDir Path folder;

  private Optional<String> after(double... monthly) {
    try (Store store = Store.open(folder)) {
      store.write(t -> {
        for (int i = 0; i < monthly.length; i++)
          t.put(
              Tables.COST_DAYS,
              new CostDay(
                  ACCOUNT.id(),
                  ACCOUNT.organization(),
                  LocalDate.of(2026, 10, 1).plusDays(i),
                  Money.usd(monthly[i]),
                  Map.of("instance", Money.usd(monthly[i])),
                  Map.of(),
                  0));
        return true;
      });
      return CostAnomalies.today(store.state(), ACCOUNT);
    }
  }

  private static double[] steady(int days, double last) {
    double[] monthly = new double[days];
    for (int i = 0; i < days; i++) monthly[i] = 300 + 6 * (i % 7);
    monthly[days - 1] = last;
    return monthly;
  }

  @Test
  void aCostThatTriplesIsOneIncident() {
    assertThat(after(steady(60, 900)))
        .hasValueSatisfying(why ->
            assertThat(why)
                .contains("the account: $29.57 a day (change), usual are $9.86 to $11.04")
                .contains("; instance: "));
  }

  @Test
  void theUsualIsNone() {
    assertThat(after(steady(60, 312))).isEmpty();
  }

  @Test
  void twoWeeksHaveToBeKnown() {
    assertThat(after(steady(13, 900))).isEmpty();
  }

  @Test
  void centsWakeNobody() {
    double[] cents = new double[60];
    cents[59] = 20;
    assertThat(after(cents)).isEmpty();
  }
}
