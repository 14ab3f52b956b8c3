package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Account;
import dev.steward.model.CostDay;
import dev.steward.model.Money;
import dev.steward.storage.Tables;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The cost page looks ahead once it has seen two weeks. */
final class CostOutlookTest {
  @Test
  void costsAreForecastOnceTwoWeeksAreKnown() {
    try (WithoutTemporal platform = new WithoutTemporal()) {
      Account account = platform.account(platform.organization("test"), "888877776666", 2);
      days(platform, account, 13);
      assertThat(platform.as("test").get("/client/costs").ok().path("forecast").isNull()).isTrue();
      days(platform, account, 30);
      JsonNode forecast = platform.as("test").get("/client/costs").ok().path("forecast");
      assertThat(forecast.path("days")).hasSize(28);
      assertThat(forecast.at("/days/0/day").asText()).isEqualTo("2026-10-31");
      // 300 dollars a month, and 600 on Sundays.
      assertThat(forecast.at("/days/0/median").asDouble()).isBetween(9.0, 13.0);
      assertThat(forecast.at("/days/1/median").asDouble()).isBetween(16.0, 22.0);
      for (JsonNode day : forecast.path("days")) {
        assertThat(day.path("low").asDouble()).isLessThanOrEqualTo(day.path("median").asDouble());
        assertThat(day.path("high").asDouble())
            .isGreaterThanOrEqualTo(day.path("median").asDouble());
      }
    }
  }

  private static void days(WithoutTemporal platform, Account account, int count) {
    platform
        .platform
        .store()
        .write(t -> {
          for (int i = 0; i < count; i++) {
            LocalDate day = LocalDate.of(2026, 10, 1).plusDays(i);
            Money money = Money.usd(day.getDayOfWeek().getValue() == 7 ? 600.0 : 300.0);
            t.put(
                Tables.COST_DAYS,
                new CostDay(
                    account.id(), account.organization(), day, money, Map.of(), Map.of(), 0));
          }
          return true;
        });
  }
}
