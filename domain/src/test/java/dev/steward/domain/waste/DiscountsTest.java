package dev.steward.domain.waste;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.AccountId;
import dev.steward.model.Discount;
import dev.steward.model.Fact;
import dev.steward.model.Finding;
import dev.steward.model.FindingBuilder;
import dev.steward.model.FindingId;
import dev.steward.model.Money;
import dev.steward.model.OrganizationId;
import dev.steward.model.ScanId;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiscountsTest {
  private static final OrganizationId OURS = new OrganizationId("org_discount00");
  private static final OrganizationId THEIRS = new OrganizationId("org_others0000");
  private static final AccountId SHOP = new AccountId("acc_shop000000");
  private static final AccountId LAB = new AccountId("acc_lab0000000");
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private static Finding finding(
      String id, OrganizationId organization, AccountId account, @Nullable Money saving) {
    return FindingBuilder.builder()
        .id(new FindingId("fnd_" + id))
        .organization(organization)
        .account(account)
        .scan(new ScanId("scn_discount00"))
        .check("unattached_volume")
        .kind("ebs_volume")
        .region("us-east-1")
        .resource(id)
        .resourceName(null)
        .state(Finding.State.OPEN)
        .saving(saving)
        .confidence(Finding.Confidence.HIGH)
        .evidence(Map.of("size_gb", Fact.of(100)))
        .priceBook("book")
        .ruleVersion(1)
        .firstSeen(NOW)
        .lastSeen(NOW)
        .resolvedAt(null)
        .judgement(null)
        .unobserved(null)
        .actions(List.of())
        .build();
  }

  private static Discount discount(@Nullable AccountId account, double percent) {
    return new Discount(OURS, account, percent, "client", NOW);
  }

  private static Finding at(Store store, String id) {
    return store.state().find(Tables.FINDINGS, "fnd_" + id).orElseThrow();
  }

  private static Store filled(Path folder) {
    Store store = Store.open(folder);
    store.write(t -> {
      t.put(Tables.FINDINGS, finding("shop000000", OURS, SHOP, Money.usd(8)));
      t.put(Tables.FINDINGS, finding("lab0000000", OURS, LAB, Money.usd(10)));
      t.put(Tables.FINDINGS, finding("unpriced00", OURS, LAB, null));
      t.put(Tables.FINDINGS, finding("others0000", THEIRS, SHOP, Money.usd(8)));
      return true;
    });
    return store;
  }

  @Test
  void takesItOffWhatWasFoundAndKeepsTheListPriceBesideIt(@TempDir Path folder) {
    try (Store store = filled(folder)) {
      store.write(t -> Discounts.set(t, discount(null, 12.5)));
      assertThat(at(store, "shop000000").saving()).isEqualTo(Money.usd(7));
      assertThat(at(store, "shop000000").evidence())
          .isEqualTo(
              Map.of(
                  "size_gb",
                  Fact.of(100),
                  "list_saving",
                  Fact.of(8),
                  "discount_percent",
                  Fact.of(12.5)));
      assertThat(at(store, "unpriced00")).isEqualTo(finding("unpriced00", OURS, LAB, null));
      assertThat(at(store, "others0000").saving()).isEqualTo(Money.usd(8));
    }
  }

  @Test
  void anotherOneIsOfTheListPriceAndNotOfTheOneBefore(@TempDir Path folder) {
    try (Store store = filled(folder)) {
      store.write(t -> Discounts.set(t, discount(null, 50)));
      store.write(t -> Discounts.set(t, discount(null, 25)));
      assertThat(at(store, "shop000000").saving()).isEqualTo(Money.usd(6));
      store.write(t -> {
        Discounts.remove(t, discount(null, 25));
        return true;
      });
      assertThat(at(store, "shop000000"))
          .isEqualTo(finding("shop000000", OURS, SHOP, Money.usd(8)));
    }
  }

  @Test
  void anAccountsOwnGoesBeforeThatOfAll(@TempDir Path folder) {
    try (Store store = filled(folder)) {
      store.write(t -> Discounts.set(t, discount(LAB, 0)));
      store.write(t -> Discounts.set(t, discount(null, 25)));
      assertThat(at(store, "shop000000").saving()).isEqualTo(Money.usd(6));
      assertThat(at(store, "lab0000000").saving()).isEqualTo(Money.usd(10));
      assertThat(at(store, "lab0000000").evidence()).doesNotContainKey("list_saving");
      store.write(t -> {
        Discounts.remove(t, discount(LAB, 0));
        return true;
      });
      assertThat(at(store, "lab0000000").saving()).isEqualTo(Money.usd(7.5));
    }
  }
}
